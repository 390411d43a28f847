// Strokes on their way to the canvas worker, and what is said where one did nothing or did more than is seen.
import { watch } from 'vue';
import type { Change } from '../../src-main/contract/changes.ts';
import type { DocumentRecord, GlazeStyle } from '../../src-main/contract/document.ts';
import type { EntryId } from '../../src-main/contract/history.ts';
import type { GalleryStyle } from '../../src-main/contract/studio-records.ts';
import type { useDocument } from '../document/document-store.ts';
import { hideEverywhere } from '../layers/glaze/glaze-changes.ts';
import { pageLanguage, titleOf } from '../panels/gallery/style-words.ts';
import type { useNotices } from '../shell/notices-store.ts';
import { isPaintedAsOne } from './painted-as-one.ts';
import type { FromWorker, PenPoint, StrokeStart, ToWorker } from './worker/protocol.ts';

type StrokeMessage = Extract<ToWorker, { kind: 'stroke' | 'points' | 'lift' | 'abandon' }>;

interface Stroke {
  readonly start: StrokeStart;
  readonly points: PenPoint[];
}

export interface StrokeNotices {
  /** Hands on what the pen does. */
  send(message: StrokeMessage): void;
  unchanged(news: Extract<FromWorker, { kind: 'unchanged' }>): void;
  /** A stroke or the like has become a step. */
  committed(entry: EntryId): void;
}

export interface StrokeNoticesParts {
  readonly studio: ReturnType<typeof useDocument>;
  readonly notices: ReturnType<typeof useNotices>;
  readonly styles: { readonly byName: ReadonlyMap<string, GalleryStyle> };
  send(message: StrokeMessage): void;
}

export function createStrokeNotices({ studio, notices, styles, send }: StrokeNoticesParts): StrokeNotices {
  let last: Stroke | undefined;
  /** An offer that holds for the state it was made in. */
  let offered: number | undefined;

  const withdraw = (): void => {
    if (offered !== undefined) notices.close(offered);
    offered = undefined;
  };
  watch(() => studio.head, withdraw, { flush: 'sync' });
  studio.onOpen(withdraw);

  /** Hides what a stroke brings in, then draws the stroke again. */
  function offerOnlyHere(words: string, stroke: Stroke, first: () => void = () => undefined, details?: Readonly<Record<string, string>>): void {
    const { layer, part } = stroke.start.target;
    offered = notices.tell(words, details, {
      words: 'canvas.styleBrush.onlyHere',
      run: () => {
        first();
        const changes = studio.record ? hideEverywhere(studio.record, layer, typeof part === 'object' ? part.style : undefined) : [];
        if (studio.commit({ key: 'canvas.styleHidden' }, changes) === undefined) return;
        send({ kind: 'stroke', start: stroke.start });
        send({ kind: 'points', points: stroke.points });
        send({ kind: 'lift' });
      },
    });
  }

  const brushedIn = (mix: readonly GlazeStyle[], { target: { part } }: StrokeStart): string => {
    const name = typeof part === 'object' ? (mix[part.style]?.style ?? '') : '';
    const known = styles.byName.get(name);
    return known ? titleOf(known, pageLanguage()) : name;
  };

  return {
    send: (message) => {
      if (message.kind === 'stroke') last = { start: message.start, points: [] };
      if (message.kind === 'points') last?.points.push(...message.points);
      send(message);
    },
    unchanged: ({ target, isPaint, isBare }) => {
      if (isBare) return void notices.tell('canvas.hints.alphaLockedBare');
      const stroke = last;
      if (isPaint && stroke && isUnmasked(studio.record, stroke.start) && stroke.start.target.layer === target.layer) offerOnlyHere('canvas.hints.styleEverywhere', stroke);
    },
    committed: (entry) => {
      const stroke = last;
      const mix = stroke?.start.effect === 'paint' ? mixJoined(studio.entries.get(entry)?.changes ?? [], stroke.start) : undefined;
      if (stroke && mix) offerOnlyHere(`canvas.hints.styleShares${isPaintedAsOne(mix, styles.byName) ? 'Parted' : ''}${gainsWeight(mix, stroke.start) ? 'Moved' : ''}`, stroke, () => studio.undo(), { style: brushedIn(mix, stroke.start) });
    },
  };
}

/** Whether a stroke brings in a glaze, or a style of one, that has no mask. */
function isUnmasked(record: DocumentRecord | undefined, { target: { layer: id, part } }: StrokeStart): boolean {
  const layer = record?.layers[id];
  if (layer?.kind !== 'glaze' || part === 'pixels') return false;
  return part === 'mask' ? layer.mask === undefined : layer.settings.styles[part.style]?.mask === undefined;
}

/** The mix as it was before a step that gives one of its styles its first mask. */
function mixJoined(changes: readonly Change[], { target: { layer, part } }: StrokeStart): readonly GlazeStyle[] | undefined {
  if (typeof part !== 'object') return undefined;
  const change = changes.find(({ path }) => path[1] === layer && path[2] === 'settings' && path[3] === 'styles');
  const [before, after] = [change?.before, change?.after] as unknown as readonly (readonly GlazeStyle[] | undefined)[];
  return before !== undefined && before.length > 1 && before[part.style]?.mask === undefined && after?.[part.style]?.mask !== undefined ? before : undefined;
}

/** Whether a style gets more weight with its first mask: the shares that are shown are other ones then, the picture elsewhere is not. */
function gainsWeight(mix: readonly GlazeStyle[], { target: { part } }: StrokeStart): boolean {
  return typeof part === 'object' && mix.some(({ weight }) => weight > (mix[part.style]?.weight ?? 0));
}

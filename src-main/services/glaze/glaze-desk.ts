// The open documents of the engine process: takes their changes in turn, paints their glazes piece by piece, tells what is new.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { applyChanges, type Change } from '../../contract/changes.ts';
import type { DocumentId, DocumentRecord, LayerId } from '../../contract/document.ts';
import type { EngineEvent } from '../../contract/engine-api.ts';
import { faultOf, StudioError, type Fault } from '../../contract/fault.ts';
import type { EntryId } from '../../contract/history.ts';
import type { SmallPaintNews } from '../../contract/small-paint.ts';
import type { CompositeOptions } from '../../raster/composite.ts';
import { bytesOfSamples } from '../../raster/tiles.ts';
import { shownGlazes } from './glaze-changes.ts';
import type { GlazeDocument, LayerNews } from './glaze-document.ts';
import type { GlazeScene } from './glaze-scene.ts';
import { decodeStatistics, statisticsDrift } from './glaze-statistics.ts';

export interface GlazeDesk {
  /** Replaces the document where it is open already; `state`: of its history. */
  open(document: GlazeDocument, state: EntryId): Promise<void>;
  /** Answers once the change, which leads to a state, is in its place in the line. Throws document.missing | document.conflict. */
  change(id: DocumentId, changes: readonly Change[], state: EntryId): void;
  close(id: DocumentId): Promise<void>;
  has(id: DocumentId): boolean;
  /** Throws document.missing, also where it is closed meanwhile, and the fault of one of `layers` that cannot be painted. */
  rest(id: DocumentId, layers?: readonly LayerId[]): Promise<void>;
  /** The present state with all its paint, once it is at rest. Throws document.missing, the fault of a glaze that is `shown` and cannot be painted. */
  scene(id: DocumentId, shown: CompositeOptions): Promise<GlazeScene>;
  /** Throws document.missing and what measuring throws. */
  measure(id: DocumentId, layer: LayerId): Promise<Uint8Array | undefined>;
  /** Settles when no open document has anything to paint: for work that should not hold up the pen. */
  calm(): Promise<void>;
  closeAll(): Promise<void>;
}

/** Settles once it is on its way: the next piece of work must not hold it up. */
export type TellGlaze = (event: EngineEvent) => Promise<void>;

/** The picture rests for so long before its statistics are looked at again. */
const restsAfterMs = 1500;
/** Drift (statisticsDrift) from which statistics are renewed: about a fifth of a picture painted over with one colour (0.05 to 0.09). */
const driftBound = 0.08;

/** Who waits for a document to be at rest. */
interface Waiting {
  resolve(): void;
  reject(reason: StudioError): void;
}

interface Place {
  readonly document: GlazeDocument;
  /** The record with the changes that are not taken in yet. */
  ahead: DocumentRecord;
  waiting: { readonly record: DocumentRecord; readonly state: EntryId } | undefined;
  /** Of the history, as far as it is taken in. */
  state: EntryId;
  /** By layer. */
  readonly sequences: Map<LayerId, number>;
  readonly resting: Waiting[];
  readonly closed: AbortController;
  changedAt: number;
  /** Changed since the statistics were last looked at. */
  isUnchecked: boolean;
  /** Changed since it was last told to be at rest. */
  isUnrested: boolean;
}

export function glazeDesk(tell: TellGlaze): GlazeDesk {
  const places = new Map<DocumentId, Place>();
  let loop: Promise<void> | undefined;
  /** Asked to work since it last looked for some. */
  let isWoken = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What must not run while a piece of work is done. */
  let line: Promise<unknown> = Promise.resolve();
  const inLine = <T>(action: () => Promise<T>): Promise<T> => {
    const turn = line.then(action);
    line = turn.catch(() => undefined);
    return turn;
  };
  const find = (id: DocumentId): Place => {
    const place = places.get(id);
    if (!place) throw new StudioError('document.missing', { document: id });
    return place;
  };
  const wake = (): void => {
    isWoken = true;
    loop ??= work();
  };
  /** The document touched last comes first. */
  const inOrder = (): Place[] => [...places.values()].sort((a, b) => b.changedAt - a.changedAt);
  const work = async (): Promise<void> => {
    for (let busy = true; busy || isWoken; ) {
      [busy, isWoken] = [false, false];
      for (const place of inOrder()) {
        const isBusy = await inLine(() => workOn(place, tell)).catch(async (thrown: unknown) => {
          await tellFailure(place, faultOf(thrown), tell);
          return false;
        });
        if (isBusy) {
          busy = true;
          break;
        }
        const resting = place.resting.splice(0); // who asks while this is told may mean a change that is not taken in yet
        await tellRest(place, tell);
        for (const { resolve } of resting) resolve();
        await inLine(() => place.document.warm());
      }
      await nextTurn(); // changes that have arrived come before the next piece
    }
    loop = undefined;
    lookLater();
  };
  /** Looks for drift once everything has rested for a while. */
  const lookLater = (): void => {
    clearTimeout(timer);
    if (![...places.values()].some(({ isUnchecked }) => isUnchecked)) return;
    timer = setTimeout(() => void look(), restsAfterMs);
    timer.unref();
  };
  const look = async (): Promise<void> => {
    for (const place of places.values()) {
      if (loop || !place.isUnchecked) continue;
      place.isUnchecked = false;
      // a measurement that fails tells nothing: the paint there is stays
      await inLine(() => lookForDrift(place, tell, () => loop !== undefined)).catch(() => undefined);
    }
  };
  const rest = async (id: DocumentId, layers: readonly LayerId[] = []): Promise<void> => {
    const place = find(id);
    await new Promise<void>((resolve, reject) => {
      place.resting.push({ resolve, reject });
      wake();
    });
    throwFault(find(id).document, layers);
  };
  const close = async (id: DocumentId): Promise<void> => {
    const place = places.get(id);
    if (!place) return;
    places.delete(id);
    place.closed.abort();
    for (const { reject } of place.resting.splice(0)) reject(new StudioError('document.missing', { document: id }));
    await inLine(() => place.document.close());
  };

  return {
    async open(document, state) {
      const { id } = document.record;
      const before = places.get(id);
      // who waits for rest waits on: the document is the same, taken anew
      const resting = before?.resting.splice(0) ?? [];
      places.set(id, { document, ahead: document.record, waiting: undefined, state, sequences: new Map(), resting, closed: new AbortController(), changedAt: performance.now(), isUnchecked: true, isUnrested: true });
      before?.closed.abort();
      if (before) await inLine(() => before.document.close());
      wake();
    },
    change(id, changes, state) {
      const place = find(id);
      place.ahead = applyChanges(place.ahead, changes);
      place.waiting = { record: place.ahead, state };
      place.changedAt = performance.now();
      place.isUnchecked = true;
      place.isUnrested = true;
      clearTimeout(timer);
      wake();
    },
    close,
    has: (id) => places.has(id),
    rest,
    async scene(id, shown) {
      await rest(id);
      const { document } = find(id);
      throwFault(document, shownGlazes(document.record, shown).map((glaze) => glaze.id));
      return document.scene();
    },
    measure: (id, layer) => inLine(async () => find(id).document.layers.get(layer)?.remeasure()),
    async calm() {
      while (loop) await loop;
    },
    async closeAll() {
      clearTimeout(timer);
      for (const id of [...places.keys()]) await close(id);
    },
  };
}

/** Of layers that cannot be painted. */
function throwFault({ layers }: GlazeDocument, ids: readonly LayerId[]): void {
  for (const { code, details } of ids.flatMap((id) => layers.get(id)?.fault ?? [])) throw new StudioError(code, details);
}

/** What holds up a whole document, such as a tile that cannot be read. */
async function tellFailure({ document }: Place, fault: Fault, tell: TellGlaze): Promise<void> {
  for (const { id } of shownGlazes(document.record)) await tell({ kind: 'glaze.failed', document: document.record.id, layer: id, fault });
}

/** Takes in what has changed, then does one piece of work; false where the document is at rest. */
async function workOn(place: Place, tell: TellGlaze): Promise<boolean> {
  if (place.closed.signal.aborted) return false;
  const { waiting } = place;
  if (waiting) {
    place.waiting = undefined;
    await place.document.change(waiting.record);
    place.state = waiting.state;
  }
  const news = await place.document.step();
  if (!news) return waiting !== undefined || place.waiting !== undefined; // a change may have come meanwhile
  if (!place.closed.signal.aborted) await tellNews(place, news, tell);
  return true;
}

async function tellNews(place: Place, { fault, ...news }: LayerNews, tell: TellGlaze): Promise<void> {
  await tellPaint(place, news, tell);
  if (fault) await tell({ kind: 'glaze.failed', document: place.document.record.id, layer: news.layer, fault }); // Last: paint that is told means that all is well.
}

async function tellPaint({ document, sequences, state }: Place, { layer, tiles, coarse, small, painted, measured }: LayerNews, tell: TellGlaze): Promise<void> {
  const at = { document: document.record.id, layer };
  if (measured) return tell({ kind: 'glaze.measured', ...at, statistics: measured, drift: false });
  const atRest = document.layers.get(layer)?.atRest() ?? true;
  if (tiles.size === 0 && painted.length === 0 && !atRest) return;
  const sequence = (sequences.get(layer) ?? 0) + 1;
  sequences.set(layer, sequence);
  await tell({ kind: 'glaze', ...at, sequence, whole: sequence === 1, tiles: Object.fromEntries(tiles), ...(small && { small: asSent(small) }), coarse, atRest, state, painted });
}

function asSent({ width, height, shrink, pixels, places }: NonNullable<LayerNews['small']>): SmallPaintNews {
  return { width, height, shrink, bytes: bytesOfSamples(pixels.data), places };
}

/** Also what a change left as it was is at rest: a page that waits for its paint hears so. */
async function tellRest(place: Place, tell: TellGlaze): Promise<void> {
  if (!place.isUnrested || place.waiting || place.closed.signal.aborted) return;
  place.isUnrested = false;
  for (const { id } of shownGlazes(place.document.record)) {
    const layer = place.waiting ? undefined : place.document.layers.get(id);
    if (layer?.atRest()) await tellNews(place, { layer: id, tiles: new Map(), coarse: false, painted: [], ...(layer.fault ? { fault: layer.fault } : {}) }, tell);
  }
}

async function lookForDrift({ document }: Place, tell: TellGlaze, isWoken: () => boolean): Promise<void> {
  for (const { id, statisticsLocked } of shownGlazes(document.record)) {
    const layer = document.layers.get(id);
    if (isWoken()) return;
    if (statisticsLocked || !layer?.painter || (await layer.painter.drift()) <= driftBound || isWoken()) continue;
    const statistics = await layer.remeasure();
    if (!statistics || statisticsDrift(decodeStatistics(layer.painter.statistics).first, decodeStatistics(statistics).first) <= driftBound) continue;
    await tell({ kind: 'glaze.measured', document: document.record.id, layer: id, statistics, drift: true });
  }
}

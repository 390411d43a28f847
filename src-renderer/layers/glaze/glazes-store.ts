// Glazes of the open document: adding and editing them, how their painting stands, and the statistics the host measures.
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { rootId, type GlazeSettings, type GlazeStyle, type LayerId } from '../../../src-main/contract/document.ts';
import { faultOf, type Fault } from '../../../src-main/contract/fault.ts';
import { useHost } from '../../client/host-store.ts';
import { useDocument } from '../../document/document-store.ts';
import { addAbove, setProp } from '../../document/layer-changes.ts';
import { glazeNameFor } from '../../document/made-names.ts';
import { pageLanguage, titleOf } from '../../panels/gallery/style-words.ts';
import { useStyles } from '../../panels/gallery/styles-store.ts';
import { glazeOf, newGlaze, setSettings, withOnly, withStyle } from './glaze-changes.ts';
import { createStatisticsKeeper } from './glaze-statistics.ts';
import { isThere, placeAbove, stylePlace, type StylePlace } from './style-place.ts';
import { createLiveEdit } from '../../document/live-edit.ts';

/** `fine`: nothing waits to be painted. */
export interface GlazeState {
  readonly painting: 'waiting' | 'coarse' | 'fine';
  readonly fault?: Fault;
}

interface NewGlazeOptions {
  readonly above?: LayerId;
  readonly settings?: Partial<GlazeSettings>;
  /** In place of the one style, which then only names the glaze. */
  readonly mix?: readonly GlazeStyle[];
}

/** Parts of a layer that no paint depends on. */
const unpainted: ReadonlySet<string> = new Set(['name', 'locked', 'statisticsLocked', 'statistics']);

export const useGlazes = defineStore('glazes', () => {
  const host = useHost();
  const document = useDocument();
  const styles = useStyles();
  const states = shallowRef<ReadonlyMap<LayerId, GlazeState>>(new Map());
  const measuring = shallowRef<ReadonlySet<LayerId>>(new Set());
  const live = createLiveEdit(document);
  const statistics = createStatisticsKeeper(document);

  /** The glaze the panel shows. */
  const active = computed(() => (document.activeLayer?.kind === 'glaze' ? document.activeLayer : undefined));

  const setState = (layer: LayerId, state: GlazeState): void => void (states.value = new Map(states.value).set(layer, state));

  function named(style: string): GlazeStyle {
    const known = styles.byName.get(style);
    return { style, weight: 1, ...(known && /^[0-9a-f]{64}$/.test(known.id) ? { id: known.id } : {}) };
  }

  function titleIn(name: string): string {
    const known = styles.byName.get(name);
    return known ? titleOf(known, pageLanguage()) : name;
  }

  /** A glaze of one style, or of a mix, above a layer: directly above the active one where none is given, on top where there is none or it is the root. */
  function addGlaze(style: string, options: NewGlazeOptions = {}): LayerId | undefined {
    const { record } = document;
    if (!record) return undefined;
    const made = newGlaze(titleIn(style), options.mix ?? [named(style)], options.settings);
    const below = options.above ?? placeAbove(record, document.chosen[0] ?? rootId).above;
    const entry = document.commit({ key: 'glaze.add', details: { style: made.name } }, addAbove(record, made, below === rootId ? undefined : below));
    if (entry === undefined) return undefined;
    document.chosen = [made.id];
    return made.id;
  }

  /** A style where the rule wants it, or where it was tried before. */
  function apply(style: string, place?: StylePlace, settings?: Partial<GlazeSettings>): void {
    const { record } = document;
    if (!record) return;
    const { glaze, above } = place && isThere(record, place) ? place : stylePlace(record, document.chosen);
    const own = glazeOf(record, glaze)?.settings;
    if (!own) return void addGlaze(style, { above: above ?? rootId, ...(settings ? { settings } : {}) });
    change(glaze!, 'glaze.style', withOnly(own, named(style)), { style: titleIn(style) });
    document.chosen = [glaze!];
  }

  /** Another style joins the active glaze; without one it becomes a glaze of its own. */
  function mixIn(style: string): void {
    const glaze = active.value;
    if (!glaze) return void addGlaze(style);
    change(glaze.id, 'glaze.mix', withStyle(glaze.settings, named(style)), { style: titleIn(style) });
  }

  /** One step of history, however many settings change. */
  function change(layer: LayerId, key: string, wanted: Partial<GlazeSettings>, details?: Readonly<Record<string, string | number>>): void {
    live.finish();
    if (!document.record) return;
    const glaze = glazeOf(document.record, layer);
    const name = glaze && wanted.styles && glazeNameFor(glaze.name, glaze.settings.styles, wanted.styles, styles.byName, pageLanguage());
    document.commit({ key, ...(details ? { details } : {}) }, [...setSettings(document.record, layer, wanted), ...(name === undefined ? [] : setProp(document.record, layer, ['name'], name))]);
  }

  /** Seen while it goes on; `finish` ends the step. */
  function edit(layer: LayerId, key: string, wanted: Partial<GlazeSettings>): void {
    live.set(`${layer}/${key}`, { key }, (record) => setSettings(record, layer, wanted));
  }

  async function measure(layer: LayerId): Promise<void> {
    const record = document.record;
    if (!record) return;
    measuring.value = new Set([...measuring.value, layer]);
    try {
      await document.settled();
      const answer = await host.studio.ask('glaze.measure', { document: record.id, layer });
      if (document.record?.id === record.id) document.commit({ key: 'glaze.measure' }, setProp(document.record, layer, ['statistics'], answer.statistics));
    } catch (thrown) {
      setState(layer, { painting: 'fine', fault: faultOf(thrown) });
    } finally {
      measuring.value = new Set([...measuring.value].filter((id) => id !== layer));
    }
  }

  function lockStatistics(layer: LayerId, locked: boolean): void {
    if (document.record) document.commit({ key: locked ? 'glaze.lock' : 'glaze.unlock' }, setProp(document.record, layer, ['statisticsLocked'], locked));
  }

  host.transport.onEvent((event) => {
    if (event.kind === 'glaze.measured') statistics.take(event);
    else if (event.kind === 'glaze.failed' && event.document === document.record?.id) setState(event.layer, { painting: 'fine', fault: event.fault });
    else if (event.kind === 'glaze.tiles' && event.paint.document === document.record?.id) {
      const { layer, coarse, atRest } = event.paint;
      setState(layer, { painting: coarse ? 'coarse' : atRest ? 'fine' : 'waiting' });
    }
  });

  document.onOpen(() => {
    states.value = new Map();
    statistics.forget();
  });
  document.onChange((changes) => {
    queueMicrotask(statistics.retry); // The store is in the middle of its change.
    if (!changes.some(({ path }) => path[0] !== 'layers' || !unpainted.has(path[2] ?? ''))) return;
    for (const [id, { fault }] of states.value) if (!fault) setState(id, { painting: 'waiting' }); // Told to be at rest soon where it is.
    for (const { path } of changes) if (path[2] === 'settings') setState(path[1]!, { painting: 'waiting' });
  });

  return { active, states, measuring, styleTitle: titleIn, named, apply, addGlaze, mixIn, change, edit, finishEdit: () => live.finish(), measure, lockStatistics };
});

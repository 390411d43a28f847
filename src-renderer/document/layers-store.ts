// What is done to layers by hand: every act is one step of history and chooses what it made.
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { rootId, type Colour, type Layer, type LayerId, type Mask } from '../../src-main/contract/document.ts';
import { useCanvas } from '../canvas/canvas-store.ts';
import { languageNow, wordsNow } from '../locales/words.ts';
import { useDocument } from './document-store.ts';
import { addAbove, addLayer, childrenOf, envelope, paintLayer, setProp } from './layer-changes.ts';
import { duplicateLayers, groupLayers, moveLayers, removeLayers, shiftLayers, ungroupLayers, type LayerEdit } from './layer-edits.ts';
import { nextName } from './made-names.ts';
import { createLayerPixels } from './layer-pixels.ts';

/** What of a layer is on or off. */
export type LayerSwitch = 'visible' | 'locked' | 'alphaLocked' | 'clip';

export const useLayers = defineStore('layers', () => {
  const [document, canvas] = [useDocument(), useCanvas()];
  /** Layer whose name is being written. */
  const renaming = ref<LayerId>();
  /** Groups that are folded in the panel. */
  const folded = shallowRef<ReadonlySet<LayerId>>(new Set());

  const nameOf = (id: LayerId | undefined): string => (id === undefined ? '' : (document.record?.layers[id]?.name ?? ''));
  const newName = (key: 'paint' | 'fill' | 'group'): string => nextName(key, languageNow(), Object.values(document.record?.layers ?? {}).map(({ name }) => name));
  const label = (key: string, id = document.chosen[0]) => ({ key: `layer.${key}`, details: { name: nameOf(id) } });

  function perform(key: string, { changes, chosen }: LayerEdit, subject?: LayerId): void {
    if (changes.length > 0 && document.commit(label(key, subject), changes) === undefined) return;
    document.chosen = chosen;
  }

  /** Into the active group where it is open, else above the active layer. */
  function add(layer: Layer): void {
    const { record, activeLayer } = document;
    if (!record) return;
    const intoGroup = activeLayer?.kind === 'group' && !folded.value.has(activeLayer.id) && activeLayer.id !== rootId;
    const changes = intoGroup ? addLayer(record, layer, activeLayer.id) : addAbove(record, layer, activeLayer?.id);
    if (document.commit({ key: 'layer.add', details: { name: layer.name } }, changes) !== undefined) document.chosen = [layer.id];
  }

  function edit(key: string, make: (record: NonNullable<typeof document.record>) => LayerEdit): void {
    if (document.record) perform(key, make(document.record));
  }

  /** Sets one property of every chosen layer. */
  function set(key: string, path: readonly string[], value: unknown, ids: readonly LayerId[] = document.chosen): void {
    const { record } = document;
    if (record) document.commit(label(key, ids[0]), ids.flatMap((id) => setProp(record, id, path, value)));
  }

  function toggle(prop: LayerSwitch, id: LayerId | undefined = document.chosen[0]): void {
    const layer = id === undefined ? undefined : document.record?.layers[id];
    if (!layer || id === undefined) return;
    const key = { visible: ['show', 'hide'], locked: ['lock', 'unlock'], alphaLocked: ['lockAlpha', 'unlockAlpha'], clip: ['clip', 'unclip'] }[prop][layer[prop] ? 1 : 0];
    const ids = document.chosen.includes(id) ? document.chosen : [id];
    const having = prop === 'alphaLocked' ? ids.filter((each) => document.record?.layers[each]?.kind === 'raster') : ids;
    set(key ?? prop, [prop], !layer[prop], having);
  }

  /** Paint on its way to what is taken away comes before it in the history, or would find nothing to land on. */
  async function afterStrokes(act: () => void): Promise<void> {
    await canvas.settled();
    act();
  }

  const setMask = (key: string, mask: Mask | undefined): void => set(key, ['mask'], mask, document.chosen.slice(0, 1));

  return {
    ...createLayerPixels({ perform, label, setMask }),
    renaming, folded, set, toggle,
    addPaint: () => add(paintLayer(newName('paint'), document.record?.depth ?? 8)),
    addFill: (colour: Colour) => add({ ...envelope(newName('fill')), kind: 'fill', fill: { type: 'solid', colour } }),
    addGroup: () => add({ ...envelope(newName('group')), kind: 'group', children: [] }),
    add,
    remove: () => {
      const ids = document.chosen;
      return afterStrokes(() => edit('remove', (record) => removeLayers(record, ids.filter((id) => record.layers[id]))));
    },
    duplicate: () => edit('duplicate', (record) => duplicateLayers(record, document.chosen, (name) => wordsNow('layers.names.copy', { name }))),
    group: () => edit('group', (record) => groupLayers(record, document.chosen, newName('group'))),
    ungroup: () => edit('ungroup', (record) => ungroupLayers(record, document.chosen)),
    shift: (by: 1 | -1) => edit('move', (record) => shiftLayers(record, document.chosen, by)),
    move: (group: LayerId, index: number) => edit('move', (record) => moveLayers(record, document.chosen, group, index)),
    addMask: () => setMask('addMask', { x: 0, y: 0, depth: 8, tiles: {}, outside: 255, enabled: true }),
    removeMask: () => {
      const ids = document.chosen.slice(0, 1);
      return afterStrokes(() => set('removeMask', ['mask'], undefined, ids.filter((id) => document.record?.layers[id]?.mask)));
    },
    toggleMask: (id: LayerId | undefined = document.chosen[0]) => {
      const mask = id === undefined ? undefined : document.record?.layers[id]?.mask;
      if (mask && id !== undefined) set(mask.enabled ? 'maskOff' : 'maskOn', ['mask', 'enabled'], !mask.enabled, [id]);
    },
    startRename: (id: LayerId | undefined = document.chosen[0]) => void (renaming.value = id),
    rename: (id: LayerId, name: string) => {
      renaming.value = undefined;
      if (name.trim() !== '') set('rename', ['name'], name.trim(), [id]);
    },
    toggleFold: (id: LayerId) => {
      const next = new Set(folded.value);
      if (!next.delete(id)) next.add(id);
      folded.value = next;
    },
    isEmptyGroup: (id: LayerId) => document.record !== undefined && childrenOf(document.record, id).length === 0,
  };
});

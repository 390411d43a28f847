// Edits of layers as changes to the record.
import type { Change, Json } from '../../src-main/contract/changes.ts';
import { rootId, type DocumentRecord, type Layer, type LayerId, type LayerOf } from '../../src-main/contract/document.ts';

const json = (value: unknown): Json | undefined => value as Json | undefined;

/** One property of a layer, or a part of it, set to another value. */
export function setProp(record: DocumentRecord, id: LayerId, path: readonly string[], after: unknown): Change[] {
  let before: unknown = record.layers[id];
  for (const key of path) before = (before as Readonly<Record<string, unknown>> | undefined)?.[key];
  if (before === after) return [];
  return [{ path: ['layers', id, ...path], before: json(before), after: json(after) }];
}

/** The group that holds a layer; undefined for the root. */
export function groupOf(record: DocumentRecord, id: LayerId): LayerId | undefined {
  return Object.values(record.layers).find((layer) => layer.kind === 'group' && layer.children.includes(id))?.id;
}

export function childrenOf(record: DocumentRecord, group: LayerId = rootId): readonly LayerId[] {
  const layer = record.layers[group];
  return layer?.kind === 'group' ? layer.children : [];
}

/** A new layer in a group at an index from the bottom; on top where none is given. */
export function addLayer(record: DocumentRecord, layer: Layer, group: LayerId = rootId, index?: number): Change[] {
  const children = childrenOf(record, group);
  const at = index ?? children.length;
  return [
    { path: ['layers', layer.id], after: json(layer) },
    { path: ['layers', group, 'children'], before: json(children), after: [...children.slice(0, at), layer.id, ...children.slice(at)] },
  ];
}

/** Above a layer in its group; on top of everything where there is none. */
export function addAbove(record: DocumentRecord, layer: Layer, below: LayerId | undefined): Change[] {
  const group = below === undefined ? undefined : groupOf(record, below);
  if (below === undefined || group === undefined) return addLayer(record, layer);
  return addLayer(record, layer, group, childrenOf(record, group).indexOf(below) + 1);
}

/** An empty layer of paint. */
export function paintLayer(name: string, depth: 8 | 16): LayerOf<'raster'> {
  return { ...envelope(name), kind: 'raster', pixels: { x: 0, y: 0, depth, tiles: {} } };
}

/** The layer of paint that lies where addBeside would put one, where there is one that takes paint. */
export function paintBeside(record: DocumentRecord, beside: Layer): LayerId | undefined {
  const siblings = childrenOf(record, groupOf(record, beside.id));
  const neighbour = record.layers[siblings[siblings.indexOf(beside.id) + (beside.kind === 'glaze' ? -1 : 1)] ?? ''];
  return neighbour?.kind === 'raster' && neighbour.visible && !neighbour.locked && !neighbour.alphaLocked ? neighbour.id : undefined;
}

/** A layer above another in its group, or beneath it where that is a glaze, which then restyles it. */
export function addBeside(record: DocumentRecord, layer: Layer, beside: Layer): Change[] {
  const group = groupOf(record, beside.id);
  if (beside.kind !== 'glaze' || group === undefined) return addAbove(record, layer, beside.id);
  return addLayer(record, layer, group, childrenOf(record, group).indexOf(beside.id));
}

/** What every new layer has. */
export function envelope(name: string) {
  return { id: crypto.randomUUID(), name, visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
}

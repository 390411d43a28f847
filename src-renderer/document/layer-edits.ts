// Edits of several layers at once, as changes: removing, doubling, moving, grouping, merging.
import type { Change } from '../../src-main/contract/changes.ts';
import { rootId, type DocumentRecord, type Layer, type LayerId, type Raster } from '../../src-main/contract/document.ts';
import { childrenOf, envelope, groupOf } from './layer-changes.ts';
import { topmost, withDescendants } from './layer-tree.ts';
import { editRecord, type RecordEdit } from './record-edit.ts';

/** Changes, and the layers to be chosen after them. */
export interface LayerEdit {
  readonly changes: readonly Change[];
  readonly chosen: readonly LayerId[];
}

const setChildren = (edit: RecordEdit, group: LayerId, children: readonly LayerId[]): void => edit.set(['layers', group, 'children'], children);

function takeOut(edit: RecordEdit, id: LayerId): void {
  const group = groupOf(edit.record(), id);
  if (group !== undefined) setChildren(edit, group, childrenOf(edit.record(), group).filter((child) => child !== id));
}

function putIn(edit: RecordEdit, id: LayerId, group: LayerId, index: number): void {
  const children = childrenOf(edit.record(), group);
  setChildren(edit, group, [...children.slice(0, index), id, ...children.slice(index)]);
}

/** Layers with all they hold; the nearest one left is chosen. */
export function removeLayers(record: DocumentRecord, ids: readonly LayerId[]): LayerEdit {
  const edit = editRecord(record);
  const tops = topmost(record, ids);
  const [lowest] = tops;
  const group = lowest === undefined ? rootId : (groupOf(record, lowest) ?? rootId);
  const index = lowest === undefined ? 0 : childrenOf(record, group).indexOf(lowest);
  for (const id of tops) {
    const gone = withDescendants(edit.record(), id);
    takeOut(edit, id);
    gone.forEach((one) => edit.set(['layers', one], undefined));
  }
  const left = childrenOf(edit.record(), group);
  const next = left[index - 1] ?? left[index] ?? (group === rootId ? undefined : group);
  return { changes: edit.changes(), chosen: next === undefined ? [] : [next] };
}

/** A copy of each layer above it, with all it holds. `nameOf` names the copies. */
export function duplicateLayers(record: DocumentRecord, ids: readonly LayerId[], nameOf: (name: string) => string): LayerEdit {
  const edit = editRecord(record);
  const copy = (id: LayerId, isTop: boolean): LayerId => {
    const layer = record.layers[id] as Layer;
    const made = { ...layer, id: crypto.randomUUID(), name: isTop ? nameOf(layer.name) : layer.name };
    if (made.kind === 'group') made.children = made.children.map((child) => copy(child, false));
    edit.set(['layers', made.id], made);
    return made.id;
  };
  const chosen = topmost(record, ids).map((id) => {
    const made = copy(id, true);
    const group = groupOf(record, id) ?? rootId;
    putIn(edit, made, group, childrenOf(edit.record(), group).indexOf(id) + 1);
    return made;
  });
  return { changes: edit.changes(), chosen: chosen.reverse() };
}

/** Layers into a group at an index from its bottom, counted before they move. Nothing where the group lies in one of them. */
export function moveLayers(record: DocumentRecord, ids: readonly LayerId[], group: LayerId, index: number): LayerEdit {
  const edit = editRecord(record);
  const moved = topmost(record, ids);
  if (moved.some((id) => withDescendants(record, id).includes(group))) return { changes: [], chosen: [...ids] };
  const after = childrenOf(record, group).slice(index).find((id) => !moved.includes(id));
  const children = childrenOf(record, group).filter((id) => !moved.includes(id));
  const at = after === undefined ? children.length : children.indexOf(after);
  const next = [...children.slice(0, at), ...moved, ...children.slice(at)];
  if (next.join() === childrenOf(record, group).join()) return { changes: [], chosen: [...ids] };
  moved.filter((id) => groupOf(record, id) !== group).forEach((id) => takeOut(edit, id));
  setChildren(edit, group, next);
  return { changes: edit.changes(), chosen: [...ids] };
}

/** One place up (1) or down (-1) in the group, or out of it where there is no further place. */
export function shiftLayers(record: DocumentRecord, ids: readonly LayerId[], by: 1 | -1): LayerEdit {
  const tops = topmost(record, ids);
  const first = by > 0 ? tops.at(-1) : tops[0];
  const group = first === undefined ? undefined : groupOf(record, first);
  if (first === undefined || group === undefined) return { changes: [], chosen: [...ids] };
  const siblings = childrenOf(record, group);
  const index = siblings.indexOf(first);
  const beyond = by > 0 ? index === siblings.length - 1 : index === 0;
  if (!beyond) return moveLayers(record, ids, group, by > 0 ? index + 2 : index - 1);
  const holder = group === rootId ? undefined : groupOf(record, group);
  if (holder === undefined) return { changes: [], chosen: [...ids] };
  return moveLayers(record, ids, holder, childrenOf(record, holder).indexOf(group) + (by > 0 ? 1 : 0));
}

/** Layers under one new group that stands where the topmost of them stood. */
export function groupLayers(record: DocumentRecord, ids: readonly LayerId[], name: string): LayerEdit {
  const tops = topmost(record, ids);
  const highest = tops.at(-1);
  if (highest === undefined) return { changes: [], chosen: [] };
  const edit = editRecord(record);
  const group: Layer = { ...envelope(name), kind: 'group', children: [] };
  const holder = groupOf(record, highest) ?? rootId;
  edit.set(['layers', group.id], group);
  putIn(edit, group.id, holder, childrenOf(record, holder).indexOf(highest) + 1);
  tops.forEach((id) => takeOut(edit, id));
  setChildren(edit, group.id, tops);
  return { changes: edit.changes(), chosen: [group.id] };
}

/** What groups hold takes their place. */
export function ungroupLayers(record: DocumentRecord, ids: readonly LayerId[]): LayerEdit {
  const edit = editRecord(record);
  const chosen: LayerId[] = [];
  for (const id of topmost(record, ids)) {
    const holder = groupOf(record, id);
    if (record.layers[id]?.kind !== 'group' || holder === undefined) continue;
    const children = childrenOf(record, id);
    setChildren(edit, holder, childrenOf(edit.record(), holder).flatMap((child) => (child === id ? children : [child])));
    edit.set(['layers', id], undefined);
    chosen.push(...children);
  }
  return { changes: edit.changes(), chosen: chosen.length > 0 ? chosen.reverse() : [...ids] };
}

/** One layer of paint in the place of the lowest of these; what they held goes with them. `made` brings name and envelope. */
export function replaceByPaint(record: DocumentRecord, ids: readonly LayerId[], made: ReturnType<typeof envelope>, pixels: Raster): LayerEdit {
  const tops = topmost(record, ids);
  const [lowest] = tops;
  if (lowest === undefined) return { changes: [], chosen: [] };
  const edit = editRecord(record);
  const layer: Layer = { ...made, kind: 'raster', pixels };
  const group = groupOf(record, lowest) ?? rootId;
  edit.set(['layers', layer.id], layer);
  putIn(edit, layer.id, group, childrenOf(record, group).indexOf(lowest));
  for (const id of tops) {
    const gone = withDescendants(record, id);
    takeOut(edit, id);
    gone.forEach((one) => edit.set(['layers', one], undefined));
  }
  return { changes: edit.changes(), chosen: [layer.id] };
}

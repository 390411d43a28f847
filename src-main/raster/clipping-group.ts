// Children of a group as clipping groups: a base and the layers clipped to it; and which of them a request means.
import { rootId, type DocumentRecord, type Layer, type LayerId } from '../contract/document.ts';
import { StudioError } from '../contract/fault.ts';

/**
 * A layer and those clipped to it, bottom to top. The clipped layers are blended onto the base where it has paint (its mask counts),
 * without changing its alpha; the result is blended with what lies beneath by the base's opacity and blend mode. A hidden base hides
 * them all. A clipped layer that has no base beneath it stands for itself. This is Photoshop's "blend clipped layers as group".
 */
export interface ClippingGroup {
  readonly base: Layer;
  readonly clipped: readonly Layer[];
}

/** A stretch of a group's layers. `beneath`, `above` and `only` name a layer of the group; `group` may then be left out. */
export interface Stretch {
  readonly group?: LayerId;
  /** Only what lies beneath this layer; beneath a clipped one: its base and what is clipped lower, too. */
  readonly beneath?: LayerId;
  /** Only what lies above this layer's clipping group. */
  readonly above?: LayerId;
  /** Only this layer with what is clipped to it; a clipped one alone, unclipped. */
  readonly only?: LayerId;
}

/**
 * The clipping groups of a stretch, bottom to top. `beneath`, then `only`, then `above` the same layer give the whole where that layer
 * is no clipped one: split at clippingBase. Throws document.corrupt when a layer is named that is not there.
 */
export function stretchOf(record: DocumentRecord, { group, beneath, above, only }: Stretch): ClippingGroup[] {
  const named = beneath ?? above ?? only;
  const children = childrenOf(record, group ?? (named === undefined ? rootId : parentOf(record, named)));
  if (only !== undefined) {
    const groups = clippingGroups(children);
    return groups.filter(({ base }) => base.id === only).concat(groups.flatMap(({ clipped }) => clipped.filter(({ id }) => id === only).map(alone)));
  }
  const end = beneath === undefined ? children.length : indexOf(record, children, beneath);
  const groups = clippingGroups(children.slice(0, end));
  if (above === undefined) return groups;
  indexOf(record, children, above);
  return groups.slice(1 + groups.findIndex(({ base, clipped }) => base.id === above || clipped.some(({ id }) => id === above)));
}

/** The layer to whose paint a layer is clipped; itself where it is not clipped. */
export function clippingBase(record: DocumentRecord, id: LayerId): LayerId {
  const groups = clippingGroups(childrenOf(record, parentOf(record, id)));
  return groups.find(({ clipped }) => clipped.some((layer) => layer.id === id))?.base.id ?? id;
}

/** The group that a layer stands in. Throws document.corrupt when there is none. */
export function parentOf(record: DocumentRecord, id: LayerId): LayerId {
  for (const layer of Object.values(record.layers)) if (layer.kind === 'group' && layer.children.includes(id)) return layer.id;
  throw missing(record, id);
}

function clippingGroups(children: readonly Layer[]): ClippingGroup[] {
  const groups: { base: Layer; clipped: Layer[] }[] = [];
  for (const layer of children) {
    const last = groups.at(-1);
    if (layer.clip && last) last.clipped.push(layer);
    else groups.push(alone(layer));
  }
  return groups;
}

function alone(layer: Layer): { base: Layer; clipped: Layer[] } {
  return { base: layer, clipped: [] };
}

function childrenOf(record: DocumentRecord, id: LayerId): Layer[] {
  const group = record.layers[id];
  if (group?.kind !== 'group') throw missing(record, id);
  return group.children.map((child) => record.layers[child] ?? raise(missing(record, child)));
}

function indexOf(record: DocumentRecord, children: readonly Layer[], id: LayerId): number {
  const index = children.findIndex((child) => child.id === id);
  if (index < 0) throw missing(record, id);
  return index;
}

function missing(record: DocumentRecord, id: LayerId): StudioError {
  return new StudioError('document.corrupt', { document: record.name, reason: `layer ${id} is missing` });
}

function raise(fault: StudioError): never {
  throw fault;
}

// The tree of layers as panels and commands read it: rows from top to bottom, what holds what.
import { rootId, type DocumentRecord, type Layer, type LayerId } from '../../src-main/contract/document.ts';
import { childrenOf, groupOf } from './layer-changes.ts';

export interface LayerRow {
  readonly layer: Layer;
  /** 0 at the root. */
  readonly depth: number;
  readonly group: LayerId;
  /** From the bottom of its group. */
  readonly index: number;
}

/** Rows as a panel shows them, topmost layer first; what lies in a folded group is left out. */
export function layerRows(record: DocumentRecord, folded: ReadonlySet<LayerId> = new Set(), group: LayerId = rootId, depth = 0): LayerRow[] {
  const rows: LayerRow[] = [];
  for (const [index, id] of [...childrenOf(record, group).entries()].reverse()) {
    const layer = record.layers[id];
    if (!layer) continue;
    rows.push({ layer, depth, group, index });
    if (layer.kind === 'group' && !folded.has(id)) rows.push(...layerRows(record, folded, id, depth + 1));
  }
  return rows;
}

/** A layer and all it holds. */
export function withDescendants(record: DocumentRecord, id: LayerId): LayerId[] {
  return [id, ...childrenOf(record, id).flatMap((child) => withDescendants(record, child))];
}

/** Groups that hold a layer, nearest first, the root left out. */
function holdersOf(record: DocumentRecord, id: LayerId): LayerId[] {
  const holders: LayerId[] = [];
  for (let group = groupOf(record, id); group !== undefined && group !== rootId; group = groupOf(record, group)) holders.push(group);
  return holders;
}

/** Layers without those that lie in another of them, bottom to top. */
export function topmost(record: DocumentRecord, ids: readonly LayerId[]): LayerId[] {
  const wanted = new Set(ids);
  return layerRows(record)
    .filter(({ layer: { id } }) => wanted.has(id) && !holdersOf(record, id).some((holder) => wanted.has(holder)))
    .map(({ layer }) => layer.id)
    .reverse();
}

/** The layer beneath another in its group. */
export function beneath(record: DocumentRecord, id: LayerId): Layer | undefined {
  const group = groupOf(record, id);
  const siblings = group === undefined ? [] : childrenOf(record, group);
  const below = siblings[siblings.indexOf(id) - 1];
  return below === undefined ? undefined : record.layers[below];
}

/** Hidden itself, or in a hidden group. */
export function isHidden(record: DocumentRecord, id: LayerId): boolean {
  return [id, ...holdersOf(record, id)].some((one) => record.layers[one]?.visible === false);
}

/** Locked itself, or in a locked group. */
export function isLocked(record: DocumentRecord, id: LayerId): boolean {
  return [id, ...holdersOf(record, id)].some((one) => record.layers[one]?.locked);
}

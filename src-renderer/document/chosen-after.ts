// Which layers stay chosen after a change of the record: there is always one to go on with, near where the artist was.
import type { DocumentRecord, LayerId } from '../../src-main/contract/document.ts';
import { layerRows, topmost } from './layer-tree.ts';

/** Those that are left; else the topmost layer that came; else the nearest one beneath, then above. */
export function chosenAfter(before: DocumentRecord, next: DocumentRecord, chosen: readonly LayerId[]): readonly LayerId[] {
  const left = chosen.filter((id) => id in next.layers);
  if (left.length > 0) return left;
  const come = topmost(next, Object.keys(next.layers).filter((id) => !(id in before.layers))).at(-1);
  if (come !== undefined) return [come];
  const rows = layerRows(before).map(({ layer }) => layer.id);
  const at = rows.indexOf(chosen[0] ?? '');
  const nearest = [...rows.slice(at + 1), ...rows.slice(0, Math.max(0, at)).reverse()].find((id) => id in next.layers);
  return nearest === undefined ? layerRows(next).slice(0, 1).map(({ layer }) => layer.id) : [nearest];
}

// A state as it would be without some of its layers: what is painted from them is painted anew.
import type { DocumentRecord, LayerId } from '../../contract/document.ts';
import { seesAny, shownGlazes } from './glaze-changes.ts';

/**
 * The record with these layers hidden, where a glaze that is then shown sees any of them: its paint is no longer the desk's own, and its
 * statistics, unless locked, are measured again. Undefined where every glaze that is shown keeps its paint.
 */
export function withoutLayers(record: DocumentRecord, hidden: ReadonlySet<LayerId>): DocumentRecord | undefined {
  const anew = new Set(shownGlazes(record, { hidden }).flatMap(({ id }) => (seesAny(record, id, hidden) ? [id] : [])));
  if (anew.size === 0) return undefined;
  const layers = Object.entries(record.layers).map(([id, layer]) => {
    if (hidden.has(id)) return [id, { ...layer, visible: false }] as const;
    if (layer.kind !== 'glaze' || layer.statisticsLocked || !anew.has(id)) return [id, layer] as const;
    const { statistics: _, ...unmeasured } = layer;
    return [id, unmeasured] as const;
  });
  return { ...record, layers: Object.fromEntries(layers) };
}

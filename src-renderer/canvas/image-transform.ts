// Placed pictures under another transform: their files are resampled by the engine, never what was resampled before.
import type { Change } from '../../src-main/contract/changes.ts';
import type { LayerId, Matrix } from '../../src-main/contract/document.ts';
import { useHost } from '../client/host-store.ts';
import { useDocument } from '../document/document-store.ts';
import { setProp } from '../document/layer-changes.ts';

/** The matrix that does `first`, then `second`. */
export function product(second: Matrix, first: Matrix): Matrix {
  const [a, b, c, d, e, f] = second;
  const [p, q, r, s, t, u] = first;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

/** Changes that put image layers under `matrix` on top of their own transform. Throws the host's fault. */
export async function transformImages(ids: readonly LayerId[], matrix: Matrix): Promise<Change[]> {
  const { studio } = useHost();
  const documents = useDocument();
  const changes: Change[] = [];
  for (const id of ids) {
    const { record } = documents;
    const layer = record?.layers[id];
    if (!record || layer?.kind !== 'image') continue;
    const transform = product(matrix, layer.transform);
    const pixels = await studio.ask('pictures.transform', { document: record.id, source: layer.source, transform });
    changes.push(...setProp(record, id, ['transform'], transform), ...setProp(record, id, ['pixels'], pixels));
  }
  return changes;
}

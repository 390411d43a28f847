// Placed pictures and text under another transform: drawn anew by the engine from what they are made of, never from their pixels.
import type { Change } from '../../src-main/contract/changes.ts';
import type { LayerId, Matrix } from '../../src-main/contract/document.ts';
import { StudioError } from '../../src-main/contract/fault.ts';
import { multiply } from '../../src-main/raster/transform.ts';
import { useHost } from '../client/host-store.ts';
import { useDocument } from '../document/document-store.ts';
import { setProp } from '../document/layer-changes.ts';
import { setText, settingsOf, textUnder } from '../layers/text/text-changes.ts';

/** Changes that put image and text layers under `matrix` on top of their own transform. Throws the host's fault. */
export async function transformSources(ids: readonly LayerId[], matrix: Matrix): Promise<Change[]> {
  const { studio } = useHost();
  const documents = useDocument();
  const changes: Change[] = [];
  for (const id of ids) {
    const { record } = documents;
    const layer = record?.layers[id];
    if (!record || !layer) continue;
    if (layer.kind === 'image') {
      const transform = multiply(matrix, layer.transform);
      const { pixels } = await studio.ask('pictures.transform', { document: record.id, source: layer.source, ...(layer.page ? { page: layer.page } : {}), transform });
      changes.push(...setProp(record, id, ['transform'], transform), ...setProp(record, id, ['pixels'], pixels));
    } else if (layer.kind === 'text') {
      const settings = textUnder(settingsOf(layer), matrix);
      if (!settings) throw new StudioError('usage.invalid', { reason: 'the transform flattens the text' });
      const { pixels } = await studio.ask('text.render', { document: record.id, layer: id, settings });
      changes.push(...setText(record, id, settings, pixels));
    }
  }
  return changes;
}

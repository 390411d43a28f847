// What is asked of a PSD file before anything of it is decoded, and how it is refused.
import { inflateSync } from 'node:zlib';
import type { Layer as PsdLayer } from 'ag-psd';
import { largestSidePx, mostLayers } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import { deepestNesting } from '../documents/document-check.ts';

/** Pixels of one layer in memory. */
export const largestLayerBytes = 2 ** 30;

/** Runs an action of the library; what it complains of refuses the file. Throws file.not-a-document. */
export function guarded<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    if (thrown instanceof StudioError) throw thrown;
    throw refused(file, thrown instanceof Error ? thrown.message.slice(0, 200) : String(thrown));
  }
}

export function refused(file: string, reason: string): StudioError {
  return new StudioError('file.not-a-document', { file, reason });
}

/** Layers and groups at all depths. Throws file.not-a-document. */
export function countLayers(layers: readonly PsdLayer[], file: string, depth = 0): number {
  if (depth > deepestNesting) throw refused(file, 'its groups are nested too deep');
  const count = layers.reduce((sum, layer) => sum + 1 + (layer.children ? countLayers(layer.children, file, depth + 1) : 0), 0);
  if (count > mostLayers) throw refused(file, `it has more than ${mostLayers} layers`);
  return count;
}

/** Limits before anything is decoded: sides, bytes, and what packed channels unpack to. Throws file.not-a-document. */
export function requireDecodable(psdLayer: PsdLayer, file: string): void {
  const bytesPerSample = (psdLayer.rawData?.bitsPerChannel ?? 8) / 8;
  for (const box of [psdLayer, psdLayer.mask ?? {}]) {
    const [width, height] = [(box.right ?? 0) - (box.left ?? 0), (box.bottom ?? 0) - (box.top ?? 0)];
    const isFar = Math.max(Math.abs(box.left ?? 0), Math.abs(box.top ?? 0)) > 900_000;
    if (isFar || width > largestSidePx || height > largestSidePx || width * height * 4 * bytesPerSample > largestLayerBytes) {
      throw refused(file, `a layer is ${width} × ${height} px`);
    }
  }
  const isMask = (id: number): boolean => id <= -2;
  for (const { id, compression, data } of psdLayer.rawData?.channels ?? []) {
    if (!data || compression < 2) continue;
    const box = (isMask(id) ? psdLayer.mask : psdLayer) ?? {};
    const most = ((box.right ?? 0) - (box.left ?? 0)) * ((box.bottom ?? 0) - (box.top ?? 0)) * bytesPerSample;
    guarded(file, () => inflateSync(data, { maxOutputLength: Math.max(1, most) + 1024 }));
  }
}

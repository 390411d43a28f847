// Every tile that a record names.
import type { AssetId, DocumentRecord, Mask, Raster } from '../../../src-main/contract/document.ts';

export function referencedAssets(record: DocumentRecord, derived: readonly Raster[]): Set<AssetId> {
  const found = new Set<AssetId>();
  const add = (raster: Raster | Mask | undefined): void => {
    if (raster) for (const id of Object.values(raster.tiles)) found.add(id);
  };
  for (const layer of Object.values(record.layers)) {
    add(layer.mask);
    if ('pixels' in layer) add(layer.pixels as Raster);
    if (layer.kind === 'glaze') for (const { mask } of layer.settings.styles) add(mask);
  }
  derived.forEach(add);
  return found;
}

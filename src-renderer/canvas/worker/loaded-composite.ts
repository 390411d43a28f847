// Composites of any part of the document for other uses than the screen: what is missing is loaded first.
import type { LayerId } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import { compositeGroup, layerSurface, neededAssets, type CompositeOptions } from '../../../src-main/raster/composite.ts';
import type { Surface } from '../../../src-main/raster/surface.ts';
import type { DeskParts } from './desk-parts.ts';

/** Throws the host's fault where pixels cannot be read. */
export async function loadedComposite({ easel, line }: DeskParts, region: Region, options: CompositeOptions = {}): Promise<Surface | undefined> {
  const { record } = easel;
  if (!record) return undefined;
  await line.load(neededAssets(record, region, easel.access.raster, options));
  return compositeGroup(record, region, easel.access, options);
}

/** A layer's own paint with its mask. Throws the host's fault where pixels cannot be read. */
export async function loadedLayer({ easel, line }: DeskParts, id: LayerId, region: Region): Promise<Surface | undefined> {
  const { record } = easel;
  const layer = record?.layers[id];
  if (!record || !layer) return undefined;
  const shown = { ...record, layers: { ...record.layers, [id]: { ...layer, visible: true, opacity: 1 } } };
  await line.load(neededAssets(shown, region, easel.access.raster, { only: id }));
  return layerSurface(record, id, region, easel.access);
}

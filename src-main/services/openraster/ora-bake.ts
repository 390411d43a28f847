// One layer as pixels of its own for programs that know no masks, no clipping and no glazes.
import type { AssetId, DocumentRecord, Layer, LayerId, Mask, Raster } from '../../contract/document.ts';
import type { PixelBuffer, Region } from '../../contract/image.ts';
import { clippingBase } from '../../raster/clipping-group.ts';
import { layerSurface, neededAssets, type PixelAccess } from '../../raster/composite.ts';
import { maskSurface, pixelsOf } from '../../raster/pixels.ts';
import { isEmpty } from '../../raster/region.ts';
import type { Surface } from '../../raster/surface.ts';
import { readRaster, tiledRegion, tilesIn } from '../../raster/tiles.ts';
import type { GlazeScene } from '../glaze/glaze-scene.ts';
import { loadPixels } from '../documents/load-pixels.ts';

export interface BakedLayer {
  /** Where its pixels stand in the document; 1 × 1 px where it has none. */
  readonly region: Region;
  readonly depth: 8 | 16;
  /** The layer's own tiles can be cut from its pixels again, bit for bit. */
  readonly isExact: boolean;
  /** Straight RGBA. */
  read(part: Region): Promise<PixelBuffer>;
}

/** `masks`: of the groups around it, whose masks it takes on. */
export function bakeLayer(scene: GlazeScene, layer: Layer, masks: readonly Mask[]): BakedLayer {
  const { record } = scene;
  const raster = scene.raster(layer);
  const base = clippingBase(record, layer.id);
  const isPlain = base === layer.id && !layer.mask?.enabled && masks.length === 0;
  const region = regionOf(record, layer, raster);
  if (raster && isPlain) {
    const read = async (part: Region): Promise<PixelBuffer> => readRaster(raster, part, await loadPixels(scene, tilesIn(raster, part).map(({ id }) => id)));
    return { region, depth: raster.depth, isExact: layer.kind !== 'glaze', read };
  }
  const depth = raster?.depth ?? record.depth;
  return {
    region,
    depth,
    isExact: false,
    async read(part) {
      const needed = [...assetsOf(scene, layer.id, part), ...(base === layer.id ? [] : assetsOf(scene, base, part)), ...masks.flatMap((mask) => tilesIn(mask, part).map(({ id }) => id))];
      const access: PixelAccess = { raster: scene.raster, bytes: await loadPixels(scene, needed) };
      const surface = layerSurface(record, layer.id, part, access);
      if (base !== layer.id) multiplyByAlpha(surface, layerSurface(record, base, part, access));
      for (const mask of masks) maskSurface(surface, mask, access.bytes);
      return pixelsOf(surface, depth);
    },
  };
}

function regionOf({ width, height }: DocumentRecord, layer: Layer, raster: Raster | undefined): Region {
  const region = layer.kind === 'fill' ? { x: 0, y: 0, width, height } : raster ? tiledRegion(raster) : undefined;
  return region && !isEmpty(region) ? region : { x: 0, y: 0, width: 1, height: 1 };
}

/** Of a layer whether it is shown or not. */
function assetsOf({ record, raster }: GlazeScene, id: LayerId, part: Region): AssetId[] {
  const layer = record.layers[id];
  if (!layer) return [];
  const own = raster(layer);
  const inside = layer.kind === 'group' ? neededAssets(record, part, raster, { group: id }) : [];
  return [...inside, ...(own ? tilesIn(own, part).map((tile) => tile.id) : []), ...(layer.mask ? tilesIn(layer.mask, part).map((tile) => tile.id) : [])];
}

function multiplyByAlpha(surface: Surface, base: Surface): void {
  for (let i = 0; i < surface.data.length; i += 4) {
    const alpha = base.data[i + 3]!;
    for (let c = 0; c < 4; c++) surface.data[i + c]! *= alpha;
  }
}

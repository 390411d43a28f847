// The brushed masks of a glaze's styles over its document, read tile by tile and kept up to date.
import type { AssetId, DocumentRecord, GlazeSettings, Mask } from '../../contract/document.ts';
import type { Region } from '../../contract/image.ts';
import { tensor, type Tensor } from '../../engine/tensor/tensor.ts';
import type { PlaneSource } from '../../engine/tiling/window.ts';
import { readRaster } from '../../raster/tiles.ts';
import type { GlazeAssets } from './glaze-assets.ts';
import { placeMasks, type PlacedMasks } from '../stylize/stylize-masks.ts';

export interface GlazeMasks {
  readonly placed: PlacedMasks;
  /** Takes masks with other tiles; their number and places in the mix are the same. Throws asset.corrupt | disk.*. */
  update(settings: GlazeSettings): Promise<void>;
}

/** Nothing where no style has a mask that counts. Throws asset.corrupt | disk.*. */
export async function glazeMasks(settings: GlazeSettings, { width, height }: DocumentRecord, assets: GlazeAssets): Promise<GlazeMasks | undefined> {
  let masks = masksOf(settings);
  if (masks.every((mask) => mask === undefined)) return undefined;
  const frame = { width, height };
  let bytes = await assets.load(assetsOf(masks));
  const source = (index: number): PlaneSource => ({
    frame,
    read: (region) => ({ place: region, planes: planeOf(masks[index]!, region, bytes) }),
  });
  return {
    placed: placeMasks(masks.map((mask, index) => mask && source(index)), settings.styles.map(({ weight }) => weight)),
    async update(next) {
      const fresh = masksOf(next);
      bytes = await assets.load(assetsOf(fresh));
      masks = fresh;
    },
  };
}

/** One for each style of some weight; nothing for a style that is everywhere. */
export function masksOf({ styles }: GlazeSettings): (Mask | undefined)[] {
  return styles.filter(({ weight }) => weight > 0).map(({ mask }) => (mask?.enabled ? mask : undefined));
}

function assetsOf(masks: readonly (Mask | undefined)[]): AssetId[] {
  return masks.flatMap((mask) => Object.values(mask?.tiles ?? {}));
}

/** [1,1,h,w] in [0,1]. */
function planeOf(mask: Mask, region: Region, bytes: ReadonlyMap<AssetId, Uint8Array>): Tensor {
  const { data } = readRaster(mask, region, (id) => bytes.get(id));
  return tensor([1, 1, region.height, region.width], Float32Array.from(data, (value) => value / 255));
}

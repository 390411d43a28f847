// A document that shows every blend mode, opaque and see-through, over a picture, and a masked layer in a group.
import { blendModes, type DocumentRecord, type Layer, type Mask, type Raster } from '../../src-main/contract/document.ts';
import type { Region } from '../../src-main/contract/image.ts';
import { createRandom } from '../../src-main/engine/tensor/random.ts';
import { createPixels, withTiles, writeRaster } from '../../src-main/raster/tiles.ts';
import type { GlazeAssets } from '../../src-main/services/glaze/glaze-assets.ts';
import { emptyMask, paintedDocument, rasterLayerOf } from './painted-document.ts';

const sidePx = 100;
const columns = 6;
/** Rows of a swatch from here on are see-through. */
const opaqueRows = 70;

export interface BlendChart {
  readonly record: DocumentRecord;
  readonly assets: GlazeAssets;
  /** Where a mode's swatch stands, in document px. */
  readonly swatches: readonly { readonly name: (typeof blendModes)[number] | 'masked group'; readonly region: Region }[];
}

export function blendChart(): BlendChart {
  const size = { width: columns * (sidePx + 18) + 12, height: (Math.ceil((blendModes.length + 1) / columns)) * (sidePx + 18) + 8 };
  const { record, assets, put } = paintedDocument(size, [], createRandom(3));
  const raster = (region: Region): Raster => {
    const pixels = createPixels(region, 4, 8);
    for (let i = 0; i < sidePx * sidePx; i++) pixels.data.set(colourAt(i % sidePx, Math.floor(i / sidePx)), 4 * i);
    const changed = writeRaster(blank, region, pixels, () => undefined);
    return withTiles(blank, new Map([...changed].map(([place, bytes]) => [place, bytes && put(bytes)])));
  };
  const regionAt = (index: number): Region => ({ x: (index % columns) * (sidePx + 18) + 8, y: Math.floor(index / columns) * (sidePx + 18) + 8, width: sidePx, height: sidePx });
  const swatches: Layer[] = blendModes.map((blend, index) => ({ ...rasterLayerOf(blend, raster(regionAt(index))), blend, opacity: index % 2 === 0 ? 0.8 : 1 }));
  const last = regionAt(blendModes.length);
  const mask: Mask = { ...emptyMask, x: last.x, y: last.y, tiles: { '0,0': put(Uint8Array.from({ length: 256 * 256 }, (_, i) => i & 255)) } };
  const masked: Layer = { ...rasterLayerOf('masked', raster(last)), mask };
  const root = record.layers['root'] as Extract<Layer, { kind: 'group' }>;
  const group: Layer = { ...root, id: 'group', name: 'group', opacity: 0.7, children: ['masked'] };
  const layers = [...swatches, masked, group];
  return {
    record: {
      ...record,
      layers: {
        ...record.layers,
        ...Object.fromEntries(layers.map((layer) => [layer.id, layer])),
        root: { ...root, children: [...root.children, ...blendModes, 'group'] },
      },
    },
    assets,
    swatches: [...blendModes.map((name, index) => ({ name, region: regionAt(index) })), { name: 'masked group', region: last }],
  };
}

const blank: Raster = { x: 0, y: 0, depth: 8, tiles: {} };

function colourAt(x: number, y: number): readonly [number, number, number, number] {
  return [x * 2.5, y * 2.5, 128, y < opaqueRows ? 255 : x < sidePx / 2 ? 160 : 60];
}

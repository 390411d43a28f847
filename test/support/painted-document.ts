// Documents of random paint with glazes, in memory, and strokes over them.
import type { AssetId, DocumentRecord, GlazeSettings, Layer, LayerOf, Mask, Raster } from '../../src-main/contract/document.ts';
import type { Region } from '../../src-main/contract/image.ts';
import type { Random } from '../../src-main/engine/tensor/random.ts';
import { createPixels, writeRaster, withTiles } from '../../src-main/raster/tiles.ts';
import { assetIdOf } from '../../src-main/services/documents/asset-files.ts';
import type { GlazeAssets } from '../../src-main/services/glaze/glaze-assets.ts';

export interface PaintedDocument {
  record: DocumentRecord;
  readonly assets: GlazeAssets;
  /** Keeps bytes under their hash. */
  put(bytes: Uint8Array): AssetId;
  /** The record with another layer. */
  with(layer: Layer): DocumentRecord;
  /** A raster with a rectangle of one colour (or a mask with one of one value) painted on it. */
  painted<R extends Raster | Mask>(raster: R, region: Region, value: readonly number[]): R;
}

const envelope = { visible: true, locked: false, opacity: 1, blend: 'normal', clip: false } as const;

export const plainSettings: GlazeSettings = { styles: [{ style: 'test', weight: 1 }], strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 0.5 };

export function glazeLayerOf(id: string, changes: Partial<GlazeSettings> = {}): LayerOf<'glaze'> {
  return { ...envelope, id, name: id, kind: 'glaze', settings: { ...plainSettings, ...changes }, statisticsLocked: false };
}

export function rasterLayerOf(id: string, pixels: Raster): LayerOf<'raster'> {
  return { ...envelope, id, name: id, kind: 'raster', pixels };
}

export const emptyMask: Mask = { x: 0, y: 0, depth: 8, tiles: {}, outside: 0, enabled: true };

/** A background of noise and rectangles beneath the given layers, which stand in order. */
export function paintedDocument(size: { readonly width: number; readonly height: number; readonly depth?: 8 | 16 }, layers: readonly Layer[], random: Random): PaintedDocument {
  const shelf = new Map<AssetId, Uint8Array>();
  const put = (bytes: Uint8Array): AssetId => {
    const id = assetIdOf(bytes);
    shelf.set(id, bytes);
    return id;
  };
  const write = <R extends Raster | Mask>(raster: R, region: Region, pixels: ReturnType<typeof createPixels>): R => {
    const changed = writeRaster(raster, region, pixels, (id) => shelf.get(id));
    return withTiles(raster, new Map([...changed].map(([place, bytes]) => [place, bytes && put(bytes)])));
  };
  const painted = <R extends Raster | Mask>(raster: R, region: Region, value: readonly number[]): R => {
    const pixels = createPixels(region, 'outside' in raster ? 1 : 4, raster.depth);
    pixels.data.forEach((_, i) => (pixels.data[i] = value[i % value.length]! * (raster.depth === 8 ? 255 : 65535)));
    return write(raster, region, pixels);
  };
  const depth = size.depth ?? 8;
  const whole = { x: 0, y: 0, width: size.width, height: size.height };
  const noise = createPixels(whole, 4, depth);
  const top = depth === 8 ? 255 : 65535;
  noise.data.forEach((_, i) => (noise.data[i] = i % 4 === 3 ? top : (0.5 + 0.4 * Math.sin(i / 97) * random.uniform()) * top));
  let background: Raster = write({ x: 0, y: 0, depth, tiles: {} }, whole, noise);
  for (let i = 0; i < 6; i++) background = painted(background, randomRegion(whole, random), [random.uniform(), random.uniform(), random.uniform(), 1]);
  const all = [rasterLayerOf('background', background), ...layers];
  const record: DocumentRecord = {
    formatVersion: 1,
    id: 'test',
    name: 'test',
    width: size.width,
    height: size.height,
    dpi: 300,
    depth,
    layers: { root: { ...envelope, id: 'root', name: '', kind: 'group', children: all.map(({ id }) => id) }, ...Object.fromEntries(all.map((layer) => [layer.id, layer])) },
  };
  return {
    record,
    assets: { load: async (ids) => new Map([...new Set(ids)].flatMap((id) => (shelf.has(id) ? [[id, shelf.get(id)!] as const] : []))) },
    put,
    with(layer) {
      this.record = { ...this.record, layers: { ...this.record.layers, [layer.id]: layer } };
      return this.record;
    },
    painted,
  };
}

/** A rectangle inside another. */
export function randomRegion({ width, height }: Region, random: Random): Region {
  const x = random.integer(width - 1);
  const y = random.integer(height - 1);
  return { x, y, width: 1 + random.integer(Math.min(140, width - x - 1) + 1), height: 1 + random.integer(Math.min(140, height - y - 1) + 1) };
}

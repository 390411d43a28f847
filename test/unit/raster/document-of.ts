// A document of made-up layers with tiles in memory, and ways to look at its composite.
import { rootId, type AssetId, type DocumentRecord, type Layer, type LayerId, type Mask, type Raster } from '../../../src-main/contract/document.ts';
import type { PixelAccess } from '../../../src-main/raster/composite.ts';
import type { BytesOf, ChangedTiles } from '../../../src-main/raster/tiles.ts';
import { createPixels, withTiles, writeRaster } from '../../../src-main/raster/tiles.ts';
import type { Region } from '../../../src-main/contract/image.ts';

export type Straight = readonly [number, number, number, number];

/** Tiles by invented names. */
export class TileShelf {
  readonly tiles = new Map<AssetId, Uint8Array>();
  readonly bytes: BytesOf = (id) => this.tiles.get(id);

  /** Names changed tiles and puts them into a raster. */
  put<R extends Raster | Mask>(raster: R, changed: ChangedTiles): R {
    const named = new Map<string, AssetId | null>();
    for (const [place, bytes] of changed) {
      const id = bytes && this.tiles.size.toString(16).padStart(64, '0');
      if (bytes && id) this.tiles.set(id, bytes);
      named.set(place, id);
    }
    return withTiles(raster, named);
  }

  /** A raster that is painted in a region: straight samples of its depth by position. */
  raster(region: Region, colour: (x: number, y: number) => Straight, depth: 8 | 16 = 8, at = { x: 0, y: 0 }): Raster {
    const pixels = createPixels(region, 4, depth);
    for (let i = 0; i < region.width * region.height; i++) pixels.data.set(colour(region.x + (i % region.width), region.y + Math.floor(i / region.width)), i * 4);
    const raster: Raster = { ...at, depth, tiles: {} };
    return this.put(raster, writeRaster(raster, region, pixels, this.bytes));
  }

  mask(region: Region, grey: (x: number, y: number) => number, outside: 0 | 255): Mask {
    const pixels = createPixels(region, 1, 8);
    for (let i = 0; i < region.width * region.height; i++) pixels.data[i] = grey(region.x + (i % region.width), region.y + Math.floor(i / region.width));
    const mask: Mask = { x: 0, y: 0, depth: 8, tiles: {}, outside, enabled: true };
    return this.put(mask, writeRaster(mask, region, pixels, this.bytes));
  }

  /** Glazes have no paint here. */
  get access(): PixelAccess {
    return { bytes: this.bytes, raster: (layer) => ('pixels' in layer ? (layer.pixels as Raster) : undefined) };
  }
}

type Envelope = Partial<Pick<Layer, 'visible' | 'opacity' | 'blend' | 'clip' | 'mask'>>;

function envelope(id: LayerId, given: Envelope): Omit<Layer, 'kind'> {
  return { id, name: id, visible: true, locked: false, opacity: 1, blend: 'normal', clip: false, ...given };
}

export function painted(id: LayerId, pixels: Raster, given: Envelope = {}): Layer {
  return { ...envelope(id, given), kind: 'raster', pixels } as Layer;
}

export function filled(id: LayerId, colour: Straight, given: Envelope = {}): Layer {
  return { ...envelope(id, given), kind: 'fill', fill: { type: 'solid', colour: [...colour] } } as Layer;
}

export function grouped(id: LayerId, children: LayerId[], given: Envelope = {}): Layer {
  return { ...envelope(id, given), kind: 'group', children } as Layer;
}

/** A document whose root holds the layers named, or all that are given, bottom to top. */
export function documentOf(layers: Layer[], children: LayerId[] = layers.map(({ id }) => id)): DocumentRecord {
  const all = [...layers, grouped(rootId, children)];
  return {
    formatVersion: 1, id: 'd', name: 'd', width: 600, height: 600, dpi: 300, depth: 8,
    layers: Object.fromEntries(all.map((layer) => [layer.id, layer])),
  };
}

/** Repeatable numbers in [0,1). */
export function noise(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32;
}

// Pixels of any source as tiles among a document's assets.
import { tileSidePx, type AssetId, type Mask, type Raster } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { JobProgress } from '../../contract/job.ts';
import type { PixelBuffer, Region } from '../../contract/image.ts';
import { placesIn, writeRaster } from '../../raster/tiles.ts';
import { assetIdOf, eachOf, readAsset, writeAsset } from './asset-files.ts';

export interface TileWatch {
  readonly signal?: AbortSignal | undefined;
  progress?(state: JobProgress): void;
}

/** Of several pieces of work, the one at an index: its progress is that of the whole. */
export function partOf(watch: TileWatch, index: number, count: number): TileWatch {
  return { signal: watch.signal, progress: (state) => watch.progress?.({ ...state, share: (index + state.done / state.total) / count }) };
}

/** Tiles whose sources are read at once; each takes half a megabyte. */
const atOnce = 16;

/**
 * Writes what `read` gives for a region (straight RGBA, or grey for masks, of the raster's depth) as tiles of `empty`, below the folder
 * `assets`; blank tiles are left out. Throws job.cancelled | disk.* and what `read` throws.
 */
export async function writeTiles<R extends Raster | Mask>(assets: string, empty: R, region: Region, read: (region: Region) => PixelBuffer | Promise<PixelBuffer>, watch: TileWatch = {}): Promise<R> {
  const tiles: Record<string, AssetId> = {};
  const places = placesIn(empty, region);
  for (let first = 0; first < places.length; first += atOnce) {
    if (watch.signal?.aborted) throw new StudioError('job.cancelled');
    await eachOf(places.slice(first, first + atOnce), async ({ place, region: tile }) => {
      const part = cut(tile, region);
      const bytes = writeRaster({ ...empty, tiles: {} }, part, await read(part), () => undefined).get(place);
      if (!bytes) return;
      const id = assetIdOf(bytes);
      await writeAsset(assets, id, bytes);
      tiles[place] = id;
    });
    watch.progress?.({ stage: 'tiles', done: Math.min(first + atOnce, places.length), total: places.length });
  }
  return { ...empty, tiles };
}

/** The part of a tile that lies in the region. */
function cut(tile: Region, region: Region): Region {
  const [x, y] = [Math.max(tile.x, region.x), Math.max(tile.y, region.y)];
  return { x, y, width: Math.min(tile.x + tileSidePx, region.x + region.width) - x, height: Math.min(tile.y + tileSidePx, region.y + region.height) - y };
}

/** One asset as it was put; for tiles that must be there. Throws asset.missing | asset.corrupt | disk.*. */
export async function requireAsset(assets: string, id: AssetId): Promise<Uint8Array> {
  const bytes = await readAsset(assets, id);
  if (!bytes) throw new StudioError('asset.missing', { asset: id.slice(0, 12) });
  return bytes;
}

// Raw tiles in memory: what is on disk may be dropped when room is needed, what is not yet there stays.
import type { AssetId } from '../../../src-main/contract/document.ts';
import { readSmallPaintTile } from '../../../src-main/contract/small-paint.ts';
import { enlargedTile } from '../../../src-main/raster/enlarged-tile.ts';
import { bytesOfSamples, pixelsOver } from '../../../src-main/raster/tiles.ts';

export interface AssetCache {
  get(id: AssetId): Uint8Array | undefined;
  has(id: AssetId): boolean;
  /** Tiles that can be read again. */
  put(id: AssetId, bytes: Uint8Array): void;
  /** Tiles that exist only here until `release`. */
  hold(id: string, bytes: Uint8Array): void;
  /** Held bytes are on disk under their hash now; who knows them by the former name still finds them. */
  release(id: string, as?: AssetId): void;
  /** The lasting name of what was held, the small picture of what is enlarged from one; other names as they are. */
  nameOf(id: string): AssetId;
  /** Drops the least recently used until the budget is kept. */
  trim(): void;
  /** Drops what can be read again and is not among these. */
  keepOnly(ids: ReadonlySet<AssetId>): void;
  clear(): void;
  budgetBytes: number;
  readonly bytes: number;
  readonly count: number;
}

/** Former names that are remembered: more than a few strokes leave. */
const mostReleased = 4096;

export function createAssetCache(budgetBytes: number): AssetCache {
  const kept = new Map<string, Uint8Array>();
  const held = new Map<string, Uint8Array>();
  const released = new Map<string, AssetId>();
  let keptBytes = 0;

  /** A tile of small paint; kept as others are, since it can be made again. */
  function enlarged(name: string): Uint8Array | undefined {
    const part = readSmallPaintTile(name);
    const small = part && cache.get(part.asset);
    if (!small) return undefined;
    const { width, height, shrink, column, row } = part;
    const pixels = pixelsOver({ width, height }, small);
    const tile = bytesOfSamples(enlargedTile(pixels, shrink, column, row).data);
    cache.put(name, tile);
    return tile;
  }

  const cache: AssetCache = {
    budgetBytes,
    get bytes() {
      let bytes = keptBytes;
      for (const tile of held.values()) bytes += tile.byteLength;
      return bytes;
    },
    get count() {
      return kept.size + held.size;
    },
    nameOf: (id) => released.get(id) ?? readSmallPaintTile(id)?.asset ?? id,
    has: (id) => kept.has(id) || kept.has(cache.nameOf(id)) || held.has(id),
    get: (name) => {
      const id = released.get(name) ?? name;
      const found = kept.get(id) ?? enlarged(id);
      if (!found) return held.get(id);
      kept.delete(id); // Re-inserted: a Map's order is the order of use.
      kept.set(id, found);
      return found;
    },
    put: (id, bytes) => {
      if (kept.has(id)) return;
      kept.set(id, bytes);
      keptBytes += bytes.byteLength;
    },
    hold: (id, bytes) => void held.set(id, bytes),
    release: (id, as) => {
      const bytes = held.get(id);
      held.delete(id);
      if (!bytes || as === undefined) return;
      cache.put(as, bytes);
      released.set(id, as);
      for (const oldest of released.keys()) {
        if (released.size <= mostReleased) break;
        released.delete(oldest);
      }
    },
    trim: () => {
      for (const [id, bytes] of kept) {
        if (keptBytes <= cache.budgetBytes) return;
        kept.delete(id);
        keptBytes -= bytes.byteLength;
      }
    },
    keepOnly: (ids) => {
      const named = new Set([...ids].map(cache.nameOf));
      for (const [id, bytes] of kept) {
        if (ids.has(id) || named.has(id)) continue;
        kept.delete(id);
        keptBytes -= bytes.byteLength;
      }
    },
    clear: () => {
      kept.clear();
      held.clear();
      released.clear();
      keptBytes = 0;
    },
  };
  return cache;
}

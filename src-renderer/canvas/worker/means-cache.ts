// Tiles at a fraction of their size, kept by hash: what pictures seen from afar and thumbnails are made of.
import type { AssetId } from '../../../src-main/contract/document.ts';
import type { KeptMeans } from '../../../src-main/raster/shrunk.ts';

export interface MeansCache extends KeptMeans {
  /** Whether means of squares of `shrink` px are kept of a tile. */
  has(id: AssetId, shrink: number): boolean;
  /** Drops the least recently used until no more than this is left. */
  trim(budgetBytes: number): void;
  /** Drops what is not of these tiles. */
  keepOnly(ids: ReadonlySet<AssetId>): void;
  clear(): void;
  readonly bytes: number;
}

/** `lasts`: whether a tile's pixels stay as they are. */
export function createMeansCache(lasts: (id: AssetId) => boolean): MeansCache {
  const kept = new Map<AssetId, Map<string, Uint8Array>>();
  let bytes = 0;

  function drop(id: AssetId): void {
    for (const means of kept.get(id)?.values() ?? []) bytes -= means.byteLength;
    kept.delete(id);
  }

  return {
    get bytes() {
      return bytes;
    },
    has: (id, shrink) => [...(kept.get(id)?.keys() ?? [])].some((taken) => taken.startsWith(`${shrink},`)),
    of: (id, taken, make) => {
      let ofTile = kept.get(id);
      const known = ofTile?.get(taken);
      const means = known ?? (lasts(id) ? make() : undefined);
      if (!means) return undefined;
      ofTile ??= new Map();
      kept.delete(id); // Re-inserted: a Map's order is the order of use.
      kept.set(id, ofTile);
      if (!known) {
        ofTile.set(taken, means);
        bytes += means.byteLength;
      }
      return means;
    },
    trim: (budgetBytes) => {
      for (const id of kept.keys()) {
        if (bytes <= budgetBytes) return;
        drop(id);
      }
    },
    keepOnly: (ids) => {
      for (const id of kept.keys()) if (!ids.has(id)) drop(id);
    },
    clear: () => {
      kept.clear();
      bytes = 0;
    },
  };
}

// Tiles at an eighth of their size, kept by hash: what thumbnails are drawn from.
import { tileSidePx, type AssetId } from '../../../src-main/contract/document.ts';
import { samplesOf } from '../../../src-main/raster/tiles.ts';

export const smallSidePx = 32;
const factor = tileSidePx / smallSidePx;
/** 4 kB each. */
const mostKept = 8192;

export interface SmallTiles {
  has(id: AssetId): boolean;
  /** Drawn from a tile's bytes where it is not known yet. */
  of(id: AssetId, bytes: () => Uint8Array | undefined, depth: 8 | 16): ImageData | undefined;
}

export function createSmallTiles(): SmallTiles {
  const kept = new Map<AssetId, ImageData>();
  return {
    has: (id) => kept.has(id),
    of: (id, bytes, depth) => {
      const known = kept.get(id);
      if (known) return known;
      const full = bytes();
      if (!full) return undefined;
      const made = shrunk(samplesOf(full, depth), depth === 8 ? 1 : 1 / 257);
      if (kept.size >= mostKept) kept.delete([...kept.keys()][0] ?? '');
      kept.set(id, made);
      return made;
    },
  };
}

/** Means of squares, weighted by alpha; every second px each way is enough for a thumbnail. */
function shrunk(samples: Uint8Array | Uint16Array, scale: number): ImageData {
  const small = new ImageData(smallSidePx, smallSidePx);
  const taken = (factor / 2) ** 2;
  for (let row = 0; row < smallSidePx; row++) {
    for (let column = 0; column < smallSidePx; column++) {
      let [r, g, b, a] = [0, 0, 0, 0];
      for (let y = row * factor; y < (row + 1) * factor; y += 2) {
        for (let x = column * factor; x < (column + 1) * factor; x += 2) {
          const at = (y * tileSidePx + x) * 4;
          const alpha = samples[at + 3];
          r += samples[at] * alpha;
          g += samples[at + 1] * alpha;
          b += samples[at + 2] * alpha;
          a += alpha;
        }
      }
      const to = (row * smallSidePx + column) * 4;
      if (a === 0) continue;
      small.data[to] = (r / a) * scale;
      small.data[to + 1] = (g / a) * scale;
      small.data[to + 2] = (b / a) * scale;
      small.data[to + 3] = (a / taken) * scale;
    }
  }
  return small;
}

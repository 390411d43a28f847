// The derived paint of glaze layers as the engine tells it: newest sequence wins.
import { tileSidePx, type AssetId, type LayerId, type Raster } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import type { GlazeTiles } from '../../../src-main/contract/studio-api.ts';
import { emptyRegion, unionOf } from '../../../src-main/raster/region.ts';

interface Paint {
  readonly sequence: number;
  readonly raster: Raster;
}

export interface GlazePaint {
  raster(layer: LayerId): Raster | undefined;
  /** What of the document looks different now; `depth` is the document's, and that of its paint. */
  apply(paint: GlazeTiles, depth: Raster['depth']): Region;
  all(): readonly Raster[];
  clear(): void;
}

function regionOf(place: string): Region {
  const [column = 0, row = 0] = place.split(',').map(Number);
  return { x: column * tileSidePx, y: row * tileSidePx, width: tileSidePx, height: tileSidePx };
}

export function createGlazePaint(): GlazePaint {
  const paints = new Map<LayerId, Paint>();
  return {
    raster: (layer) => paints.get(layer)?.raster,
    apply: ({ layer, sequence, whole, tiles }, depth) => {
      const known = paints.get(layer);
      if (known && sequence <= known.sequence) return emptyRegion;
      const before = known?.raster.tiles ?? {};
      const after: Record<string, AssetId> = whole ? {} : { ...before };
      for (const [place, id] of Object.entries(tiles)) {
        if (id === null) delete after[place];
        else after[place] = id;
      }
      paints.set(layer, { sequence, raster: { x: 0, y: 0, depth, tiles: after } });
      const places = new Set([...Object.keys(tiles), ...(whole ? Object.keys(before) : [])]);
      let changed = emptyRegion;
      for (const place of places) if (before[place] !== after[place]) changed = unionOf(changed, regionOf(place));
      return changed;
    },
    all: () => [...paints.values()].map(({ raster }) => raster),
    clear: () => paints.clear(),
  };
}

// The derived paint of glaze layers as the engine tells it: newest sequence wins.
import { tileSidePx, type AssetId, type LayerId, type Raster } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import type { GlazeTiles } from '../../../src-main/contract/glaze-tiles.ts';
import { emptyRegion, unionOf } from '../../../src-main/raster/region.ts';

interface Paint {
  readonly sequence: number;
  readonly raster: Raster;
}

/** By layer, as of GlazeTiles. */
export type PaintSequences = Readonly<Record<LayerId, number>>;

export interface GlazePaint {
  raster(layer: LayerId): Raster | undefined;
  /** What of the document looks different now; `depth` is the document's, and that of its paint. */
  apply(paint: GlazeTiles, depth: Raster['depth']): Region;
  all(): readonly Raster[];
  /** Resolves once the paint of every layer is of these sequences or later ones, or another document is open. */
  whenTold(sequences: PaintSequences): Promise<void>;
  /** Whether it is of these sequences. */
  isOf(sequences: PaintSequences): boolean;
  clear(): void;
}

function regionOf(place: string): Region {
  const [column = 0, row = 0] = place.split(',').map(Number);
  return { x: column * tileSidePx, y: row * tileSidePx, width: tileSidePx, height: tileSidePx };
}

export function createGlazePaint(): GlazePaint {
  const paints = new Map<LayerId, Paint>();
  let waiting: { readonly isTold: () => boolean; readonly resolve: () => void }[] = [];

  const sequenceOf = (layer: LayerId): number => paints.get(layer)?.sequence ?? 0;

  function tell(): void {
    const told = waiting.filter(({ isTold }) => isTold());
    waiting = waiting.filter((each) => !told.includes(each));
    for (const { resolve } of told) resolve();
  }

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
      tell();
      const places = new Set([...Object.keys(tiles), ...(whole ? Object.keys(before) : [])]);
      let changed = emptyRegion;
      for (const place of places) if (before[place] !== after[place]) changed = unionOf(changed, regionOf(place));
      return changed;
    },
    all: () => [...paints.values()].map(({ raster }) => raster),
    whenTold: (sequences) =>
      new Promise((resolve) => {
        waiting.push({ isTold: () => Object.entries(sequences).every(([layer, sequence]) => sequenceOf(layer) >= sequence), resolve });
        tell();
      }),
    isOf: (sequences) => Object.entries(sequences).every(([layer, sequence]) => sequenceOf(layer) === sequence),
    clear: () => {
      paints.clear();
      waiting.splice(0).forEach(({ resolve }) => resolve());
    },
  };
}

// Small paint that stands for the paint of places that have none of their own yet.
import type { AssetId, LayerId } from '../../contract/document.ts';
import { enlargedTile } from '../../raster/enlarged-tile.ts';
import { bytesOfSamples, withTiles } from '../../raster/tiles.ts';
import type { GlazeTilesState } from './glaze-scene.ts';
import type { SmallPixels } from './small-paint.ts';

export interface StandIn {
  /** Places of the document's grid for which it stands. */
  readonly places: ReadonlySet<string>;
  /** New small paint stands for these places, and for those that it stood for before. */
  take(small: SmallPixels, places: Iterable<string>): void;
  /** A place has paint of its own from now on; the enlarged tile that stood there, undefined where none did. */
  leave(place: string): (() => Uint8Array) | undefined;
  /** Paint as it is shown. */
  over(own: GlazeTilesState, layer: LayerId): GlazeTilesState;
  clear(): void;
}

export function standIn(): StandIn {
  const places = new Set<string>();
  let small: SmallPixels | undefined;

  const tileOf = ({ pixels, shrink }: SmallPixels, place: string): Uint8Array => {
    const [column = 0, row = 0] = place.split(',').map(Number);
    return bytesOfSamples(enlargedTile(pixels, shrink, column, row).data);
  };
  return {
    places,
    take(next, wanted) {
      small = next;
      for (const place of wanted) places.add(place);
    },
    leave(place) {
      const stood = small;
      return places.delete(place) && stood ? () => tileOf(stood, place) : undefined;
    },
    over(own, layer) {
      const shown = small;
      if (!shown || places.size === 0) return own;
      const named = new Map<AssetId, string>([...places].map((place) => [`${layer}/small/${place}`, place]));
      return {
        raster: withTiles(own.raster, new Map([...named].map(([id, place]) => [place, id]))),
        bytes: (id) => (named.has(id) ? tileOf(shown, named.get(id)!) : own.bytes(id)),
      };
    },
    clear() {
      small = undefined;
      places.clear();
    },
  };
}

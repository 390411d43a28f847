// A finger drawn through wet paint: along a stroke each dab lays down what the ones before it have taken up.
import type { AssetId, Mask, Raster } from '../contract/document.ts';
import type { Region } from '../contract/image.ts';
import { CarriedPaint } from './carried-paint.ts';
import { dabRegion, type Dab } from './dab.ts';
import { emptyRegion, grownBy, overlapOf, unionOf } from './region.ts';
import type { BytesOf } from './tiles.ts';
import { WorkingTiles } from './working-tiles.ts';

export interface SmudgeOptions {
  readonly raster: Raster | Mask;
  /** What may be painted, e.g. the document. */
  readonly within: Region;
  /** Half the size of the largest dab, px. */
  readonly mostRadius: number;
  /** Leaves the raster's alpha. */
  readonly lockAlpha?: boolean;
  readonly bytes: BytesOf;
}

/** Way after which a strength of 1/2 has lost half of what it carries, as a share of the dab's size. */
const keepingWay = 1 / 16;
/** Way after which dabs have gone once as far as their share says, as a share of their size. */
const coveringWay = 1 / 4;
/** Px around a dab that it takes paint from. */
const pickMarginPx = 3;
/** Steps of the way between dabs, so that equal ways are equal numbers. */
const waySteps = 1024;

/**
 * Smudges a raster. A dab's `limit` is its strength: the share of the carried paint that is left after a sixteenth of the
 * dab's size, whatever the distance of dabs; 0 changes nothing, 1 carries what the first dab took up to the end. Premultiplied
 * throughout, so that clear borders do not darken; a plain area keeps its bytes. Depends on the dabs alone, not on how they
 * were handed over.
 */
export class Smudge {
  readonly #options: SmudgeOptions;
  readonly #tiles: WorkingTiles;
  #queue: Dab[] = [];
  #carried: CarriedPaint | undefined;
  #last: Dab | undefined;

  constructor(options: SmudgeOptions) {
    this.#options = options;
    this.#tiles = new WorkingTiles(options.raster, options.within, options.bytes);
  }

  /** The raster as it is now, where `coverage` is not undefined. */
  readonly surface = (region: Region) => this.#tiles.surface(region);
  readonly coverage = (region: Region): Float32Array | undefined => this.#tiles.coverage(region);

  /** A dab that comes next. */
  add(dab: Dab): void {
    this.#queue.push(dab);
  }

  /** Smudges with dabs that wait, as far as the tiles beneath them are in memory; answers what may look different. */
  work(): Region {
    let changed = emptyRegion;
    let done = 0;
    for (; done < this.#queue.length && this.#tiles.missing(pickRegion(this.#queue[done])).length === 0; done++) {
      changed = unionOf(changed, this.#move(this.#queue[done]));
    }
    this.#queue = this.#queue.slice(done);
    return changed;
  }

  /** Tiles that dabs wait for. */
  missing(): AssetId[] {
    return [...new Set(this.#queue.flatMap((dab) => this.#tiles.missing(pickRegion(dab))))];
  }

  #move(dab: Dab): Region {
    const { within, mostRadius, lockAlpha = false } = this.#options;
    const last = this.#last;
    this.#carried ??= new CarriedPaint(this.#tiles, dab, mostRadius);
    this.#last = dab;
    const way = last ? Math.hypot(dab.x - last.x, dab.y - last.y) / (2 * dab.radius) : 0;
    const power = Math.max(1, Math.round((way / coveringWay) * waySteps)) / waySteps;
    const keeps = last ? Math.min(1, Math.max(0, dab.limit)) ** (way / keepingWay) : 0; // The first only takes up.
    this.#carried.move(dab, { keeps, power, within, lockAlpha });
    return keeps > 0 ? overlapOf(dabRegion(dab), within) : emptyRegion;
  }
}

function pickRegion(dab: Dab): Region {
  return grownBy(dabRegion(dab), pickMarginPx);
}

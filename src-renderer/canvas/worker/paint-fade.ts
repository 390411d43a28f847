// Renewed statistics change all of a glaze's paint: what the screen showed stays until the new paint of what is in sight is there, then fades out.
import type { Change } from '../../../src-main/contract/changes.ts';
import type { LayerId } from '../../../src-main/contract/document.ts';
import { createFirstSight, type FirstPicture } from './first-sight.ts';
import type { PaintSight } from './paint-sight.ts';
import type { GlazeTiles } from '../../../src-main/contract/glaze-tiles.ts';

/** From the former paint to the new, ms. */
const fadeMs = 300;
/** New paint that is silent for so long is not waited for: it may have failed. */
const silentMs = 5000;

/** What the screen showed before, laid over the picture; opacity 0..1. */
export interface Veil {
  readonly canvas: OffscreenCanvas;
  readonly opacity: number;
}

export interface PaintFade {
  readonly veil: Veil | undefined;
  readonly first: FirstPicture | undefined;
  /** A small picture of the document that was opened, shown until it is there itself. */
  showFirst(picture: ImageBitmap): void;
  /** Changes of the record: statistics alone are renewed, anything else is an edit and ends it. */
  change(changes: readonly Change[]): void;
  /** Paint of a glaze has come and is not shown yet. */
  told(paint: Pick<GlazeTiles, 'layer' | 'tiles' | 'coarse' | 'atRest'>): void;
  /** Before each drawing. */
  turn(): void;
  /** Another part of the document is in sight. */
  lookAway(): void;
  /** New paint is shown as it comes; `still`: always from now on. */
  end(still?: boolean): void;
}

export interface PaintFadeOptions {
  /** The screen as it is; one copy is kept at a time. */
  copy(): OffscreenCanvas;
  sight(): PaintSight;
  /** Another turn of drawing soon. */
  ask(): void;
  /** The same; the whole screen is to be drawn then. */
  drawAll(): void;
  now?(): number;
}

const isStatistics = ({ path }: Change): boolean => path[0] === 'layers' && path[2] === 'statistics';

export function createPaintFade({ copy, sight, ask, drawAll, now = () => performance.now() }: PaintFadeOptions): PaintFade {
  /** Glazes painted anew, with the places that have their new paint. */
  const awaited = new Map<LayerId, Set<string>>();
  const first = createFirstSight({ sight, drawAll, now });
  let former: OffscreenCanvas | undefined;
  let fadesSince: number | undefined;
  let toldAt = 0;
  let isStill = false;

  function drop(): void {
    if (former) drawAll();
    [former, fadesSince] = [undefined, undefined];
  }

  function end(): void {
    awaited.clear();
    drop();
  }

  const opacity = (): number => (fadesSince === undefined ? 1 : Math.max(0, 1 - (now() - fadesSince) / fadeMs));
  const isWhole = ({ places, hasPaint }: PaintSight): boolean => [...awaited].every(([layer, has]) => places.every((place) => has.has(place) || !hasPaint(layer, place)));

  return {
    get veil() {
      return former && { canvas: former, opacity: opacity() };
    },
    get first() {
      return first.shown;
    },
    showFirst: first.show,
    change: (changes) => {
      if (!changes.every(isStatistics)) return first.end(), end();
      if (isStill) return;
      for (const { path, before, after } of changes) if (before !== undefined && after !== undefined && before !== after) awaited.set(path[1]!, new Set());
    },
    told: ({ layer, tiles, coarse, atRest }) => {
      first.told();
      const has = awaited.get(layer);
      if (!has) return;
      const isNews = sight().places.some((place) => place in tiles && !has.has(place));
      if (isNews && (!former || fadesSince !== undefined)) [former, fadesSince] = [copy(), undefined]; // From what is seen, a fade's middle too.
      if (!coarse) for (const place of Object.keys(tiles)) has.add(place);
      if (atRest) awaited.delete(layer);
      toldAt = now();
      ask();
      setTimeout(ask, silentMs);
    },
    turn: () => {
      first.turn();
      if (!former) return;
      if (fadesSince === undefined) {
        const isSilent = now() - toldAt >= silentMs;
        const seen = sight();
        if (!seen.isFresh || !(isSilent || isWhole(seen))) return;
        if (isSilent) awaited.clear();
        fadesSince = now();
      }
      if (opacity() === 0) drop();
      else drawAll();
    },
    lookAway: drop,
    end: (still) => {
      if (still === undefined) first.end(); // Another look alone leaves it.
      isStill = still ?? isStill;
      end();
    },
  };
}

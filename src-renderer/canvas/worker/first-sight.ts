// The first sight of a document: a small picture of the state it is in, kept from before, until what is in sight is there itself.
import type { PaintSight } from './paint-sight.ts';

/** Paint of a glaze that is silent for so long is not waited for: it may have failed. */
const patienceMs = 15_000;

/** Stretched over the document: above the composite while it lacks paint of glazes, else beneath it. */
export interface FirstPicture {
  readonly picture: ImageBitmap;
  readonly isAbove: boolean;
}

export interface FirstSight {
  readonly shown: FirstPicture | undefined;
  show(picture: ImageBitmap): void;
  /** Paint has come. */
  told(): void;
  /** Before each drawing. */
  turn(): void;
  end(): void;
}

export interface FirstSightOptions {
  sight(): PaintSight;
  /** The whole screen is to be drawn soon. */
  drawAll(): void;
  now?(): number;
}

export function createFirstSight({ sight, drawAll, now = () => performance.now() }: FirstSightOptions): FirstSight {
  let shown: FirstPicture | undefined;
  let toldAt = 0;

  function end(): void {
    if (!shown) return;
    shown.picture.close();
    shown = undefined;
    drawAll();
  }

  const lacksPaint = ({ places, glazes, hasPaint }: PaintSight): boolean => now() - toldAt < patienceMs && glazes().some((layer) => !places.every((place) => hasPaint(layer, place)));

  return {
    get shown() {
      return shown;
    },
    show: (picture) => {
      end();
      toldAt = now();
      shown = { picture, isAbove: lacksPaint(sight()) };
      drawAll();
      setTimeout(drawAll, patienceMs);
    },
    told: () => void (toldAt = now()),
    turn: () => {
      if (!shown) return;
      const seen = sight();
      const isAbove = lacksPaint(seen);
      if (seen.isFresh && !isAbove) return end();
      if (isAbove !== shown.isAbove) drawAll();
      shown = { ...shown, isAbove };
    },
    end,
  };
}

// A sailing boat on the water, lit from the sun's side, and its mirror image.
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { lay, put, type Canvas } from './canvas.ts';
import { between, mix, scaled, tone } from './palette.ts';
import type { Sky } from './sky.ts';

export interface Sailboat {
  colourAt(x: number, y: number): Triple;
  /** Share of a pixel that the boat's mirror image covers, where the water looks it up above the horizon. */
  coverAt(x: number, y: number, px: number): number;
  lay(canvas: Canvas): void;
}

export interface BoatPlace {
  readonly x: number;
  readonly size: number;
}

/** Its foot stands below the horizon by a share of its size, as far out as it is small. */
export function drawSailboat(aspect: number, horizonY: number, sky: Sky, random: Random, at?: BoatPlace): Sailboat {
  const size = at?.size ?? between(random, 0.05, 0.13);
  const side = sky.sunX > aspect / 2 ? -1 : 1;
  const middle = at?.x ?? aspect * (0.5 + side * between(random, 0.08, 0.22));
  const foot = horizonY + 0.02 + 0.28 * size;
  const sail = mix(tone(0.93, 0.04, 0.2), sky.sun, 0.35);
  const colours = { sail, shadow: scaled(mix(sail, sky.zenith, 0.55), 0.75), hull: tone(0.22, 0.05, 0.09), trim: tone(0.5, 0.13, 0.08) };
  /** Colour at a place in the boat's own units: x ±1, y from 0 (water) up to 2. */
  const partAt = (x: number, y: number): Triple | undefined => {
    const bow = 0.72 + 0.24 * y * 4;
    if (y >= 0 && y < 0.24 && Math.abs(x + 0.03) < Math.min(bow, 0.98)) return y > 0.19 ? colours.trim : colours.hull;
    if (Math.abs(x + 0.02) < 0.014 && y < 2.05 && y > 0) return colours.hull;
    const belly = 0.07 * Math.sin(Math.PI * Math.max(0, Math.min(1, (y - 0.3) / 1.6)));
    if (y > 0.32 && y < 1.95 && x > 0.02 && x < 0.04 + (0.86 + belly) * (1 - (y - 0.32) / 1.64)) return mix(colours.sail, colours.shadow, 0.15 + 0.5 * x + 0.1 * Math.sin(9 * y));
    if (y > 0.36 && y < 1.7 && x < -0.05 && x > -0.06 - (0.66 + belly) * (1 - (y - 0.36) / 1.36)) return mix(colours.shadow, colours.sail, 0.25 - 0.4 * x);
    return undefined;
  };
  const around: readonly (readonly [number, number])[] = [[-0.25, -0.25], [0.25, -0.25], [-0.25, 0.25], [0.25, 0.25]];
  const sample = (x: number, y: number, px: number, out: Float32Array): number => {
    let hits = 0;
    out.fill(0);
    for (const [dx, dy] of around) {
      const part = partAt((x + dx * px - middle) / size, (foot - y - dy * px) / size);
      if (!part) continue;
      hits++;
      for (let channel = 0; channel < 3; channel++) out[channel]! += part[channel]!;
    }
    if (hits) for (let channel = 0; channel < 3; channel++) out[channel]! /= hits;
    return hits / 4;
  };
  // the water mirrors at the horizon; the boat's image must hang from its own foot
  const shift = 2 * (foot - horizonY) * 0.92;
  return {
    colourAt: (x, y) => partAt((x - middle) / size, (foot - y - shift) / size) ?? colours.shadow,
    coverAt: (x, y) => (partAt((x - middle) / size, (foot - y - shift) / size) ? 0.85 : 0),
    lay: (canvas) => lay(canvas, middle, foot - size, 1.1 * size, 1.1 * size, (x, y, out) => {
      const cover = sample(x, y, canvas.px, out);
      if (cover === 0) put(out, colours.hull);
      return cover;
    }),
  };
}

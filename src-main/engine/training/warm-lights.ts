// Colours a picture before they are carried over: painters set the warm lights of a form against its cool shadows, where a photograph has one grey.
import { axesOf, lightnessOf, sampleOf } from './colour-cells.ts';
import { surroundingsOf } from './surroundings.ts';

/** Towards orange in OKLab's a and b; away from it lies blue. */
const warm = [0.64, 0.77] as const;
/** Lightness by which a form stands out at least, so that the grain of a sky is none; and deviations beyond which nothing gets warmer. */
const [leastRelief, mostDeviations] = [0.04, 1.5] as const;
/** Chroma that counts as a deviation in a picture with less. */
const leastSpread = 0.03;

/**
 * OKLab cells [width·height·3] in which what is one local deviation lighter than its surroundings is `warmth` deviations of the picture's chroma
 * warmer, and what is darker cooler. Of a grey that a painting has in every hue, optimal transport makes their mean, which is grey again.
 */
export function warmLights(cells: Float32Array, width: number, height: number, warmth: number): Float32Array {
  const lightness = lightnessOf(cells);
  const around = surroundingsOf(lightness, width, height);
  const relief = lightness.map((value, cell) => value - around[cell]);
  const power = surroundingsOf(relief.map((value) => value * value), width, height);
  const spread = Math.max(axesOf(sampleOf(cells)).spread, leastSpread);
  const warmed = cells.slice();
  relief.forEach((value, cell) => {
    const deviations = value / Math.sqrt(Math.max(leastRelief ** 2, power[cell]));
    const tone = warmth * spread * Math.max(-mostDeviations, Math.min(mostDeviations, deviations));
    warmed[3 * cell + 1] += tone * warm[0];
    warmed[3 * cell + 2] += tone * warm[1];
  });
  return warmed;
}

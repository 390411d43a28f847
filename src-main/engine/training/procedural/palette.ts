// Colours that go together, drawn in OKLab and given in linear light.
import { oklabToLinear, type Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';

/** Linear light of a lightness in [0,1], a chroma (0..0.3) and a hue in turns; what sRGB lacks is cut. */
export function tone(lightness: number, chroma: number, hue: number): Triple {
  const [r, g, b] = oklabToLinear(lightness, chroma * Math.cos(2 * Math.PI * hue), chroma * Math.sin(2 * Math.PI * hue));
  return [Math.max(0, Math.min(1, r)), Math.max(0, Math.min(1, g)), Math.max(0, Math.min(1, b))];
}

/** A colour between two. */
export function mix(a: Triple, b: Triple, share: number): Triple {
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), a[2] + share * (b[2] - a[2])];
}

/** A colour times a factor. */
export function scaled([r, g, b]: Triple, times: number): Triple {
  return [r * times, g * times, b * times];
}

/** `count` colours around one hue, its neighbours and its complement, from dark to light. */
export function drawPalette(random: Random, count: number): Triple[] {
  const hue = random.uniform();
  const vivid = 0.03 + 0.14 * random.uniform();
  const turns = [0, 0.06, -0.07, 0.5, 0.42];
  return Array.from({ length: count }, (_, index) => {
    const lightness = 0.18 + (0.76 * (index + random.uniform())) / count;
    const chroma = vivid * (0.4 + 0.9 * random.uniform());
    return tone(lightness, chroma, hue + turns[random.integer(turns.length)]! + 0.03 * random.normal());
  });
}

/** Uniform between two bounds. */
export function between(random: Random, least: number, most: number): number {
  return least + (most - least) * random.uniform();
}

/** One of a list. */
export function choose<T>(random: Random, from: readonly T[]): T {
  return from[random.integer(from.length)]!;
}

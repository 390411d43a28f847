// What a square of a picture is like, in two numbers: how busy and how light.
import { luminance } from '../image/color.ts';

export interface Look {
  /** Mean absolute difference of neighbouring luma, in [0,1]. */
  readonly activity: number;
  /** Mean luma, in [0,1]. */
  readonly tone: number;
}

/** Luma in [0,1] of one pixel of planes [3,P] in [0,1]: Rec. 709 weights on encoded values. */
export function lumaAt(planes: ArrayLike<number>, plane: number, at: number): number {
  return luminance(planes[at], planes[plane + at], planes[2 * plane + at]);
}

/** Planes [3,S,S] in [0,1] → look. */
export function lookOf(planes: ArrayLike<number>, side: number): Look {
  const plane = side * side;
  const luma = (at: number): number => lumaAt(planes, plane, at);
  let [tone, activity] = [0, 0];
  // every second pixel of every second row: an order is wanted, not a measurement
  for (let y = 0; y < side - 1; y += 2) {
    for (let x = 0; x < side - 1; x += 2) {
      const here = luma(y * side + x);
      tone += here;
      activity += Math.abs(luma(y * side + x + 1) - here) + Math.abs(luma((y + 1) * side + x) - here);
    }
  }
  const count = Math.ceil((side - 1) / 2) ** 2;
  return { activity: activity / (2 * count), tone: tone / count };
}

/** Share of sorted numbers below a number, in [0,1]; ties count half. */
export function rankIn(sorted: readonly number[], value: number): number {
  let [below, same] = [0, 0];
  for (const each of sorted) {
    if (each < value) below += 1;
    else if (each === value) same += 1;
  }
  return (below + same / 2) / Math.max(1, sorted.length);
}

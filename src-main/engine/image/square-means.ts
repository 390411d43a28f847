// What lies around each place of a plane: means over squares, taken twice.
import type { Extent } from '../../contract/image.ts';

/** Means of a plane [h·w] over squares of this radius in cells, twice; at the edges over what there is. */
export function squareMeans(values: Float32Array, { width, height }: Extent, radius: number): Float32Array {
  let means = values;
  for (let pass = 0; pass < 2; pass++) {
    means = meansAlong(means, { lines: height, length: width, next: 1, line: width }, radius);
    means = meansAlong(means, { lines: width, length: height, next: width, line: 1 }, radius);
  }
  return means;
}

function meansAlong(values: Float32Array, { lines, length, next, line }: { lines: number; length: number; next: number; line: number }, radius: number): Float32Array {
  const means = new Float32Array(values.length);
  for (let index = 0; index < lines; index++) {
    let sum = 0;
    let count = 0;
    for (let at = 0; at < length + radius; at++) {
      if (at < length) {
        sum += values[index * line + at * next]!;
        count += 1;
      }
      const left = at - 2 * radius - 1;
      if (left >= 0) {
        sum -= values[index * line + left * next]!;
        count -= 1;
      }
      if (at >= radius) means[index * line + (at - radius) * next] = sum / count;
    }
  }
  return means;
}

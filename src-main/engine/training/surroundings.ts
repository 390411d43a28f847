// What lies around each cell of a picture.

/** How far surroundings reach, in cells, for each of two passes. */
const reach = 5;

/** Means of values around each of width × height cells, row by row: over squares, twice. */
export function surroundingsOf(values: Float32Array, width: number, height: number): Float32Array {
  let means = values;
  for (let pass = 0; pass < 2; pass++) {
    means = meansAlong(means, { lines: height, length: width, next: 1, line: width });
    means = meansAlong(means, { lines: width, length: height, next: width, line: 1 });
  }
  return means;
}

function meansAlong(values: Float32Array, { lines, length, next, line }: { lines: number; length: number; next: number; line: number }): Float32Array {
  const means = new Float32Array(values.length);
  for (let index = 0; index < lines; index++) {
    let [sum, count] = [0, 0];
    for (let at = 0; at < length + reach; at++) {
      if (at < length) [sum, count] = [sum + values[index * line + at * next], count + 1];
      const left = at - 2 * reach - 1;
      if (left >= 0) [sum, count] = [sum - values[index * line + left * next], count - 1];
      if (at >= reach) means[index * line + (at - reach) * next] = sum / count;
    }
  }
  return means;
}

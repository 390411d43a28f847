// Curves of a run's numbers as they are drawn.

/** Share of the past in a smoothed curve: single crops differ more than steps do. */
const memory = 0.9;

/** A curve without the noise of single steps; gaps stay gaps. */
export function smoothed(line: readonly (number | null)[]): (number | null)[] {
  let mean: number | undefined;
  return line.map((value) => {
    if (value === null) return null;
    mean = mean === undefined ? value : memory * mean + (1 - memory) * value;
    return mean;
  });
}

/** A curve over its beginning, so that curves of unlike sizes stand beside one another. */
export function relative(line: readonly (number | null)[]): (number | null)[] {
  const first = line.find((value) => value !== null && value !== 0);
  return first === undefined || first === null ? [...line] : line.map((value) => (value === null ? null : value / first));
}

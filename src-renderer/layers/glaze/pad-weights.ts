// The pad of a glaze: weights of two to four styles from where its handle stands.

/** 0..1 from left to right and from top to bottom. */
export interface PadPlace {
  readonly x: number;
  readonly y: number;
}

/** Most styles a pad has corners for. */
export const mostCorners = 4;

/**
 * Bilinear weights, sum 1. Two styles: left and right. Three: upper left, upper right, the whole lower edge.
 * Four: upper left, upper right, lower left, lower right. Undefined for other numbers.
 */
export function padWeights(count: number, { x, y }: PadPlace): number[] | undefined {
  if (count === 2) return [1 - x, x];
  if (count === 3) return [(1 - x) * (1 - y), x * (1 - y), y];
  if (count === 4) return [(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y];
  return undefined;
}

/** Where the corners of a pad stand, in the order of their styles. */
export function padCorners(count: number): readonly PadPlace[] {
  if (count === 2) return [{ x: 0, y: 0.5 }, { x: 1, y: 0.5 }];
  if (count === 3) return [{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 0.5, y: 1 }];
  if (count === 4) return [{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 0, y: 1 }, { x: 1, y: 1 }];
  return [];
}

/** A place whose weights come nearest to some given ones: exact for two and three, for four the centre of gravity of the corners. */
export function padPlaceOf(weights: readonly number[]): PadPlace {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum <= 0 || weights.length < 2) return { x: 0.5, y: 0.5 };
  const [a = 0, b = 0, c = 0, d = 0] = weights.map((weight) => weight / sum);
  if (weights.length === 2) return { x: b, y: 0.5 };
  if (weights.length === 3) return { x: a + b > 0 ? b / (a + b) : 0.5, y: c };
  return { x: b + d, y: c + d };
}

/** Weights as whole percents that add up to 100. */
export function percents(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum <= 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (100 * weight) / sum);
  const whole = exact.map(Math.floor);
  const byRest = exact.map((value, index) => [value - (whole[index] ?? 0), index] as const).sort(([a], [b]) => b - a);
  const missing = 100 - whole.reduce((total, value) => total + value, 0);
  for (const [, index] of byRest.slice(0, missing)) whole[index] = (whole[index] ?? 0) + 1;
  return whole;
}

// How much every cell of a source counts towards a pixel: Catmull-Rom, stretched where the source shrinks, and the share at its edges.

/** Catmull-Rom (Keys 1981, a = −1/2). */
export function cubic(t: number): number {
  if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
  return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
}

/** How much of a pixel lies between two edges along one axis; `scale` is its width there. */
export function edgeShare(at: number, low: number, high: number, scale: number): number {
  const share = Math.min((at - low) / scale + 0.5, (high - at) / scale + 0.5, (high - low) / scale);
  return share <= 0 ? 0 : share >= 1 ? 1 : share;
}

/** Places between two cells that have weights of their own: a power of two. Half a step moves a colour by less than 1/1000. */
export const phases = 1024;
/** Of the weights of one place, together. */
export const weightSum = 1 << 14;

/** Whole weights of one axis: `count` of each place, those of the cells from `1 − count / 2` on. */
export interface WeightTable {
  readonly count: number;
  readonly weights: Int16Array;
}

/** The table for a filter stretched to `stretch` cells, 1 at least. */
export const weightTable = remembered((stretch): WeightTable => {
  const half = Math.ceil(2 * stretch);
  const table = { count: 2 * half, weights: new Int16Array(phases * 2 * half) };
  for (let phase = 0; phase < phases; phase++) setWeights(table, phase, half, stretch);
  return table;
});

/** As `phases`, for 16 bit: half a step moves a colour by less than 1/8000. */
export const finePhases = 8192;

/** As WeightTable, with weights of 1 together; the next cell itself is the last place. */
export interface FineWeightTable {
  readonly count: number;
  readonly weights: Float32Array;
}

/** The table of 16 bit for a filter stretched to `stretch` cells, 1 at least. */
export const fineWeightTable = remembered((stretch): FineWeightTable => {
  const half = Math.ceil(2 * stretch);
  const table = { count: 2 * half, weights: new Float32Array((finePhases + 1) * 2 * half) };
  for (let phase = 0; phase <= finePhases; phase++) table.weights.set(exactWeights(phase / finePhases, half, stretch), phase * 2 * half);
  return table;
});

/** A few tables are kept: tiles of one turn share theirs. */
function remembered<Table>(make: (stretch: number) => Table): (stretch: number) => Table {
  const made = new Map<number, Table>();
  return (stretch) => {
    const table = made.get(stretch) ?? make(stretch);
    if (!made.has(stretch) && made.size >= 4) made.clear();
    made.set(stretch, table);
    return table;
  };
}

/** Of 2 · half cells, for a place so far behind the middle one; 1 together. */
function exactWeights(place: number, half: number, stretch: number): Float64Array {
  const exact = Float64Array.from({ length: 2 * half }, (_, tap) => cubic(Math.abs(tap + 1 - half - place) / stretch));
  const sum = exact.reduce((all, weight) => all + weight, 0);
  return exact.map((weight) => weight / sum);
}

function setWeights({ count, weights }: WeightTable, phase: number, half: number, stretch: number): void {
  const exact = exactWeights(phase / phases, half, stretch);
  let rest = weightSum;
  let largest = 0;
  for (let tap = 0; tap < count; tap++) {
    rest -= weights[phase * count + tap] = Math.round(exact[tap] * weightSum);
    if (exact[tap] > exact[largest]) largest = tap;
  }
  weights[phase * count + largest] += rest; // an even colour stays even
}

// How rough a style's paintings are, from their smoothest places to their busiest.
import { emit } from '../onnx/emit.ts';
import { input } from '../graph/ops/index.ts';
import { bendsOf } from '../losses/curve.ts';
import { photographRoughness, roughnessCellPx, roughnessNames, roughnessOf, roughnessRanks, roughnessScales, type RoughnessScale } from '../losses/roughness.ts';
import type { SessionFactory, SessionOptions } from '../runtime/session.ts';
import { planesOf } from '../tensor/layout.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';
import type { Picture } from './augment.ts';

const channels = 3;
/** The loss divides by a painting's power; one of a single colour has none. */
const leastPower = 1e-5;

/** Feeds of roughnessLoss: the mean over the paintings, by roughnessNames. Throws session.*. */
export async function roughnessTargets(paintings: readonly Picture[], sessions: SessionFactory, options: SessionOptions): Promise<Record<string, Tensor>> {
  const measured: Record<RoughnessScale, Measured>[] = [];
  for (const painting of paintings.filter(holdsCells)) measured.push(await measure(painting, sessions, options));
  return Object.assign({}, ...roughnessScales.map((scale) => feedsOf(measured.map((each) => each[scale]), scale)));
}

const holdsCells = ({ width, height }: Picture): boolean => Math.min(width, height) > roughnessCellPx * Math.max(...roughnessScales) + 1;

/** Of one painting and scale: roughness of every channel at the ranks, and its mean square. */
interface Measured {
  readonly curves: readonly (readonly number[])[];
  readonly power: readonly number[];
}

async function measure(painting: Picture, sessions: SessionFactory, options: SessionOptions): Promise<Record<RoughnessScale, Measured>> {
  const planes = evenPlanes(painting);
  const picture = input('picture', planes.shape);
  const session = await sessions.open(emit({ one: roughnessOf(picture, 1), two: roughnessOf(picture, 2) }), options);
  try {
    const { one, two } = await session.run({ picture: planes });
    return { 1: summed(one.data as Float32Array), 2: summed(two.data as Float32Array) };
  } finally {
    await session.release();
  }
}

/** Planes without the last odd row and column, which have no place in a half. */
function evenPlanes(painting: Picture): Tensor {
  const { shape, data } = planesOf(painting);
  const [, , height, width] = shape;
  const [h, w] = [height - (height % 2), width - (width % 2)];
  const even = tensor([1, channels, h, w]);
  for (let row = 0; row < channels * h; row++) {
    const from = (Math.floor(row / h) * height + (row % h)) * width;
    even.data.set(data.subarray(from, from + w), row * w);
  }
  return even;
}

function summed(cells: Float32Array): Measured {
  const count = cells.length / channels;
  const sorted = Array.from({ length: channels }, (_, channel) => cells.slice(channel * count, (channel + 1) * count).sort());
  return {
    curves: sorted.map((values) => roughnessRanks.map((rank) => values[Math.min(count - 1, Math.floor(rank * count))])),
    power: sorted.map((values) => values.reduce((sum, value) => sum + value * value, 0) / count),
  };
}

/** The curve through (photograph's, painting's) roughness at every rank as sums of ramps: level before the first knot and after the last. */
function feedsOf(measured: readonly Measured[], scale: RoughnessScale): Record<string, Tensor> {
  const names = roughnessNames(scale);
  const mean = (of: (each: Measured) => number): number => measured.reduce((sum, each) => sum + of(each), 0) / Math.max(1, measured.length);
  const knots = photographRoughness[scale];
  const slopes = tensor([channels, knots.length, 1, 1]);
  const [floor, power] = [tensor([1, channels, 1, 1]), tensor([1, channels, 1, 1])];
  for (let channel = 0; channel < channels; channel++) {
    const curve = knots.map((_, at) => mean(({ curves }) => curves[channel][at]));
    slopes.data.set(bendsOf(knots, curve), channel * knots.length);
    floor.data[channel] = curve[0];
    power.data[channel] = Math.max(leastPower, mean((each) => each.power[channel]));
  }
  return { [names.slopes]: slopes, [names.floor]: floor, [names.power]: power };
}

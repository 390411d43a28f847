// Contrast: the gain of the last layer with which light and dark differ in a style's pictures as they do in its painting.
import type { GeneratorSpec } from '../../contract/style.ts';
import { emit } from '../onnx/emit.ts';
import { constant, input } from '../graph/ops/index.ts';
import { codeLayout, generate, generatorLayout, liveNorm } from '../networks/generator.ts';
import { noiseField } from '../networks/noise-field.ts';
import { bind } from '../networks/parameters.ts';
import type { SessionFactory, SessionOptions } from '../runtime/session.ts';
import { createRandom } from '../tensor/random.ts';
import { planesOf } from '../tensor/layout.ts';
import { sizeOf, tensor } from '../tensor/tensor.ts';
import { drawCrop, type Picture } from './augment.ts';
import { lumaAt } from './look.ts';

export interface ContrastSetup {
  readonly generator: GeneratorSpec;
  /** [P] and [S] */
  readonly weights: Float32Array;
  readonly code: Float32Array;
  readonly painting: Picture;
  readonly photos: readonly Picture[];
  readonly seed: number;
  /** Largest gain; the least is 1, since a lively result is no fault. */
  readonly mostGain: number;
  readonly sessions: SessionFactory;
  readonly options: SessionOptions;
}

export interface MatchedContrast {
  /** [P], the same numbers but for the last layer. */
  readonly weights: Float32Array;
  readonly gain: number;
}

/** Side of the crops in px, how many are painted, and picture px per crop px. */
const [cropPx, crops, cropScale] = [320, 24, [1.2, 2] as const];
/** Fainter than this no picture is readable, whatever the painting's own deviation: old silk is one brown. */
const leastDeviation = 0.12;
/** Encoded values this near to black and white have no finite logit. */
const rim = 1 / 510;

/**
 * A style's weights [P] with the last layer's gain raised until luma deviates within painted crops, in the mean, as it does
 * within the painting, or by 0.12; each colour's mean logit stays. Instance norm forgets contrast, and no loss holds it. Throws session.*.
 */
export async function matchContrast(setup: ContrastSetup): Promise<MatchedContrast> {
  const painted = (await paintCrops(setup)).map(logitsOf);
  const means = [0, 1, 2].map((channel) => painted.reduce((sum, logits) => sum + meanOf(planeOf(logits, channel)) / painted.length, 0));
  const wanted = Math.max(leastDeviation, lumaDeviation(planesOf(setup.painting).data));
  const deviationAt = (gain: number): number => painted.reduce((sum, logits) => sum + lumaDeviation(raised(logits, means, gain)) / painted.length, 0);
  const gain = gainFor(wanted, deviationAt, setup.mostGain);
  return { weights: gain === 1 ? setup.weights : withGain(setup, means, gain), gain };
}

/** The gain in [1, most] that brings a rising function to a value, to a thousandth. */
function gainFor(wanted: number, deviationAt: (gain: number) => number, most: number): number {
  if (deviationAt(1) >= wanted) return 1;
  if (deviationAt(most) <= wanted) return most;
  let [low, high] = [1, most];
  while (high - low > 1e-3) {
    const middle = (low + high) / 2;
    if (deviationAt(middle) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Planes [3,S,S] in [0,1] of crops that the style painted. */
async function paintCrops({ generator, weights, code, photos, seed, sessions, options }: ContrastSetup): Promise<Float32Array[]> {
  const shape = [1, 3, cropPx, cropPx];
  const norm = liveNorm(bind(codeLayout(generator), constant(code, [code.length])));
  const painted = generate(generator, bind(generatorLayout(generator), constant(weights, [weights.length])), norm, input('picture', shape), input('noise', [1, 1, cropPx, cropPx]));
  const session = await sessions.open(emit({ painted }), options);
  const random = createRandom(seed);
  const frame = { width: cropPx, height: cropPx };
  const noise = noiseField({ seed, strength: 1, place: { x: 0, y: 0, ...frame }, frame, learnedSizePx: cropPx });
  try {
    const found: Float32Array[] = [];
    for (let crop = 0; crop < crops; crop++) {
      const picture = tensor(shape);
      drawCrop(photos[random.integer(photos.length)], { sizePx: cropPx, scale: cropScale }, random, picture.data, 0);
      const result = await session.run({ picture, noise });
      found.push(Float32Array.from(result.painted.data as Float32Array));
    }
    return found;
  } finally {
    await session.release();
  }
}

function withGain({ generator, weights }: ContrastSetup, means: readonly number[], gain: number): Float32Array {
  const next = Float32Array.from(weights);
  let offset = 0;
  for (const { name, shape } of generatorLayout(generator).parameters) {
    const part = next.subarray(offset, (offset += sizeOf(shape)));
    if (name === 'picture') part.forEach((value, index) => (part[index] = gain * value));
    // the twelve outputs are four places times three colours
    if (name === 'picture.bias') part.forEach((value, index) => (part[index] = gain * value + (1 - gain) * means[index % 3]));
  }
  return next;
}

const logitsOf = (planes: Float32Array): Float32Array =>
  planes.map((value) => {
    const inside = Math.min(Math.max(value, rim), 1 - rim);
    return Math.log(inside / (1 - inside));
  });

const planeOf = (planes: Float32Array, channel: number): Float32Array => planes.subarray((channel * planes.length) / 3, ((channel + 1) * planes.length) / 3);

function raised(logits: Float32Array, means: readonly number[], gain: number): Float32Array {
  const plane = logits.length / 3;
  return logits.map((value, index) => {
    const mean = means[Math.floor(index / plane)];
    return 1 / (1 + Math.exp(-(mean + gain * (value - mean))));
  });
}

/** Planes [3,H,W] in [0,1] → standard deviation of luma. */
function lumaDeviation(planes: ArrayLike<number>): number {
  const plane = planes.length / 3;
  const luma = Float32Array.from({ length: plane }, (_, at) => lumaAt(planes, plane, at));
  const mean = meanOf(luma);
  return Math.sqrt(luma.reduce((sum, value) => sum + (value - mean) ** 2, 0) / plane);
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

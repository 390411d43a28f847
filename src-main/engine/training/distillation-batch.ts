// The pictures a feature network is taught on: crops at many scales, their colours shaken, by seeded chance.
import { createRandom, type Random, type RandomState } from '../tensor/random.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';
import { drawCrop, type Picture } from './augment.ts';

export interface DistillationBatches {
  /** [N,3,S,S] in [0,1] */
  next(): Tensor;
  state(): RandomState;
}

/** Picture px per crop px: enlarged strokes to whole scenes. */
const scales = [0.45, 3] as const;
/** Shares of crops that are blended with another, made grey, given their channels in another order, covered with noise. */
const shares = { blended: 0.12, grey: 0.08, swapped: 0.12, noisy: 0.35 } as const;
const strongestNoise = 0.2;

/** An endless sequence of `batch` crops of side `cropPx`, from a seed or from a kept state. */
export function createDistillationBatches(pictures: readonly Picture[], rule: { readonly cropPx: number; readonly batch: number }, from: number | RandomState): DistillationBatches {
  const random = createRandom(from);
  return { next: () => drawPictures(pictures, rule, random), state: () => random.state() };
}

function drawPictures(pictures: readonly Picture[], { cropPx, batch }: { readonly cropPx: number; readonly batch: number }, random: Random): Tensor {
  const drawn = tensor([batch, 3, cropPx, cropPx]);
  const size = 3 * cropPx * cropPx;
  const draw = (into: Float32Array, offset: number): void =>
    drawCrop(pictures[random.integer(pictures.length)], { sizePx: cropPx, scale: scales }, random, into, offset);
  for (let index = 0; index < batch; index++) {
    draw(drawn.data, index * size);
    const crop = drawn.data.subarray(index * size, (index + 1) * size);
    if (random.uniform() < shares.blended) {
      const other = new Float32Array(size);
      draw(other, 0);
      blend(crop, other, random.uniform());
    }
    shakeColours(crop, random);
  }
  return drawn;
}

function blend(crop: Float32Array, other: Float32Array, share: number): void {
  for (let i = 0; i < crop.length; i++) crop[i] += share * (other[i] - crop[i]);
}

/** Planes [3,S,S] in place: order and greyness, then gamma, contrast, tint and noise. */
function shakeColours(crop: Float32Array, random: Random): void {
  const plane = crop.length / 3;
  const channel = (index: number): Float32Array => crop.subarray(index * plane, (index + 1) * plane);
  if (random.uniform() < shares.swapped) exchange(channel(random.integer(3)), channel(random.integer(3)));
  const grey = random.uniform() < shares.grey;
  const gamma = Math.exp(0.3 * random.normal());
  const contrast = Math.exp(0.25 * random.normal());
  const tints = [0, 1, 2].map(() => ({ gain: contrast * Math.exp(0.12 * random.normal()), shift: 0.08 * random.normal() }));
  const noise = random.uniform() < shares.noisy ? strongestNoise * random.uniform() ** 2 : 0;
  for (let i = 0; i < plane; i++) {
    const mean = (crop[i] + crop[i + plane] + crop[i + 2 * plane]) / 3;
    for (let c = 0; c < 3; c++) {
      const at = i + c * plane;
      const { gain, shift } = tints[c];
      const value = ((grey ? mean : crop[at]) ** gamma - 0.5) * gain + 0.5 + shift + (noise > 0 ? noise * random.normal() : 0);
      crop[at] = Math.min(1, Math.max(0, value));
    }
  }
}

function exchange(one: Float32Array, other: Float32Array): void {
  const kept = one.slice();
  one.set(other);
  other.set(kept);
}

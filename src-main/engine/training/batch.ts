// What one step is fed: a content crop, its noise and the painter's patches, all by seeded chance.
import type { Emphasis } from '../../contract/training.ts';
import { noiseField } from '../networks/noise-field.ts';
import { createRandom, type Random, type RandomState } from '../tensor/random.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';
import { drawCrop, type Picture } from './augment.ts';
import { lookOf, type Look } from './look.ts';

export interface BatchRule {
  readonly cropPx: number;
  readonly patchPx: number;
  readonly patches: number;
  readonly styleSizePx: number;
  /** Picture px per crop px of the content, log-uniformly; defaultContentScale where absent. */
  readonly contentScale?: readonly [least: number, most: number] | undefined;
}

export interface Batch {
  /** [1,3,S,S] in [0,1] */
  readonly content: Tensor;
  /** [1,1,S,S] */
  readonly noise: Tensor;
  /** [n,3,p,p] in [0,1] */
  readonly patches: Tensor;
  /** Which style of the table this step teaches. */
  readonly style: number;
  /** Factors on the terms of this step's objective; 1 where absent. */
  readonly emphasis?: Emphasis | undefined;
}

/** Pictures of a run: photographs, and the paintings of each style. */
export interface Dataset {
  readonly photos: readonly Picture[];
  readonly styles: readonly (readonly Picture[])[];
}

/** An endless, seeded sequence of batches whose whole state can be kept and restored. */
export interface Batches {
  next(): Batch;
  state(): RandomState;
}

/** Content crops shrink the photograph a little or more, so that both near and far views are learned. */
const defaultContentScale = [1, 1.75] as const;
const patchScale = [0.85, 1.2] as const;
/** Share of steps without noise, so that noise 0 is a setting like any other. */
const noiselessShare = 0.15;
/** Crops that tell how busy and how light crops are. */
const lookSample = 256;
const lookSeed = 1;

/** Batches of a dataset from a seed, or from a kept state. */
export function createBatches(dataset: Dataset, rule: BatchRule, seed: number | RandomState): Batches {
  const random = createRandom(seed);
  return { next: () => drawBatch(dataset, rule, random), state: () => random.state() };
}

/** What content crops are like, a sample of them: the same for equal datasets and rules. */
export function contentLooks({ photos }: Dataset, rule: BatchRule): Look[] {
  const random = createRandom(lookSeed);
  return Array.from({ length: lookSample }, () => lookOf(drawContent(photos, rule, random).data, rule.cropPx));
}

function drawContent(photos: Dataset['photos'], { cropPx, contentScale = defaultContentScale }: BatchRule, random: Random): Tensor {
  const content = tensor([1, 3, cropPx, cropPx]);
  drawCrop(photos[random.integer(photos.length)], { sizePx: cropPx, scale: contentScale }, random, content.data, 0);
  return content;
}

function drawBatch({ photos, styles }: Dataset, rule: BatchRule, random: Random): Batch {
  const { cropPx, patchPx, patches, styleSizePx } = rule;
  const style = random.integer(styles.length);
  const content = drawContent(photos, rule, random);
  const real = tensor([patches, 3, patchPx, patchPx]);
  for (let patch = 0; patch < patches; patch++) {
    const painting = styles[style][random.integer(styles[style].length)];
    drawCrop(painting, { sizePx: patchPx, scale: patchScale }, random, real.data, patch * 3 * patchPx * patchPx);
  }
  return { content, noise: drawNoise(cropPx, styleSizePx, random), patches: real, style };
}

function drawNoise(cropPx: number, styleSizePx: number, random: Random): Tensor {
  const strength = random.uniform() < noiselessShare ? 0 : 1;
  const place = { x: random.integer(1 << 16), y: random.integer(1 << 16), width: cropPx, height: cropPx };
  const seed = random.integer(2 ** 31);
  return noiseField({ seed, strength, place, frame: { width: styleSizePx, height: styleSizePx }, learnedSizePx: styleSizePx });
}

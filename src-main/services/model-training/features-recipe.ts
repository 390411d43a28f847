// The committed recipe of the perceptual network: whose features it learns to see, on which pictures, and how.
import * as v from 'valibot';
import type { DistillationRecipe } from '../../contract/distillation.ts';
import { featureLayers } from '../../engine/networks/feature-student.ts';
import { pictureSetSchema } from './picture-sets.ts';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9));
const some = v.pipe(whole, v.minValue(1));
const weight = v.pipe(v.number(), v.finite(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const weightsSchema = v.strictObject({ map: weight, style: weight, content: weight });
const phaseSchema = v.strictObject({
  steps: some,
  rate: weight,
  guided: v.boolean(),
  batch: some,
  layers: v.optional(v.array(v.picklist(featureLayers))),
  weights: weightsSchema,
});

export const featuresRecipeSchema = v.strictObject({
  formatVersion: v.literal(1),
  kind: v.literal('features'),
  name: text,
  /** The network that is imitated, in the data. */
  original: text,
  /** Pictures of folders of the data, all or those whose names fit. */
  content: v.pipe(v.array(pictureSetSchema), v.minLength(1)),
  /** Pictures the program makes, beside those. */
  procedural: v.optional(whole, 0),
  /** Pictures it never sees, on which it is compared with the original. */
  validation: v.array(pictureSetSchema),
  seed: whole,
  squeezes: v.tuple([some, some, some, some]),
  cropPx: v.pipe(some, v.multipleOf(2), v.minValue(32)),
  decay: share,
  checkpointEvery: some,
  phases: v.pipe(v.array(phaseSchema), v.minLength(1)),
  licence: text,
});

export type FeaturesRecipe = v.InferOutput<typeof featuresRecipeSchema>;

/** What the training itself reads of it. */
export function distillationOf({ formatVersion, kind, name, seed, squeezes, cropPx, decay, checkpointEvery, phases }: FeaturesRecipe): DistillationRecipe {
  return { formatVersion, kind, name, seed, squeezes, cropPx, decay, checkpointEvery, phases };
}

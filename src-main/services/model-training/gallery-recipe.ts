// The committed recipe of the gallery: which paintings become styles of their own, from which base, and how long.
import * as v from 'valibot';
import type { LossWeights, Phase } from '../../contract/training.ts';
import { emphasisSchema, phaseSchema, styleMemorySchema } from '../../contract/schema.ts';
import { objectives } from '../../contract/training.ts';
import { pictureSetSchema } from './picture-sets.ts';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9));
const gain = v.pipe(v.number(), v.minValue(1), v.maxValue(4));
/** Steps by depth. */
const stepsSchema = v.strictObject({ sketch: v.optional(whole), refine: v.optional(whole), paint: v.optional(whole) });
const slug = v.pipe(text, v.regex(/^[a-z0-9][a-z0-9-]*$/));

export const galleryRecipeSchema = v.strictObject({
  formatVersion: v.literal(1),
  kind: v.literal('gallery'),
  name: text,
  content: v.pipe(v.array(pictureSetSchema), v.minLength(1)),
  /** Pictures the program makes, beside those. */
  procedural: v.optional(whole, 0),
  /** Each starts from its own row of the base's atlas; `emphasis` multiplies the weights of the phases, `steps` and `contrastGain` go before the recipe's. */
  styles: v.pipe(v.array(v.strictObject({ slug, painting: text, emphasis: v.optional(emphasisSchema), steps: v.optional(stepsSchema), contrastGain: v.optional(gain) })), v.minLength(1)),
  /** Perceptual network and base, both among the models that ship. */
  features: text,
  start: text,
  seed: whole,
  objective: v.picklist(objectives),
  cropPx: whole,
  marginPx: whole,
  styleSizePx: whole,
  /** Reductions at which style is compared. */
  styleScales: v.pipe(v.array(v.picklist([1, 2, 4])), v.minLength(1)),
  /** Their shares in the style term; equal where absent. */
  styleScaleShares: v.optional(v.array(v.pipe(v.number(), v.minValue(0)))),
  /** Crops over which style statistics are averaged before they are compared. */
  styleMemory: v.optional(styleMemorySchema),
  /** Largest gain of the last layer by which contrast is brought to the painting's at the end. */
  contrastGain: gain,
  checkpointEvery: v.pipe(whole, v.minValue(1)),
  phases: v.pipe(v.array(phaseSchema), v.minLength(1)),
  licence: text,
});

export type GalleryRecipe = v.InferOutput<typeof galleryRecipeSchema>;
export type GalleryStyle = GalleryRecipe['styles'][number];

/** The phases of one style of a gallery: the recipe's, with the style's own steps, each term weighed by the style's own factor. */
export function phasesOf({ phases }: GalleryRecipe, { emphasis = {}, steps = {} }: GalleryStyle): Phase[] {
  const weighed = (weights: LossWeights): LossWeights => ({
    ...weights,
    ...Object.fromEntries(Object.entries(emphasis).map(([term, factor]) => [term, factor * (weights[term as keyof typeof emphasis] ?? 0)])),
  });
  return phases.map((phase) => ({ ...phase, steps: steps[phase.depth] ?? phase.steps, weights: weighed(phase.weights) }));
}

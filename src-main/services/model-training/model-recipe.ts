// The committed recipe of a network that ships: what it is trained on, from where, and how.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as v from 'valibot';
import { StudioError } from '../../contract/fault.ts';
import { complaintOf, emphasisSchema, generatorSpecSchema, phaseSchema } from '../../contract/schema.ts';
import { objectives } from '../../contract/training.ts';
import { diskFault, errorCodeOf } from '../disk.ts';
import { featuresRecipeSchema, type FeaturesRecipe } from './features-recipe.ts';
import { galleryRecipeSchema, type GalleryRecipe } from './gallery-recipe.ts';
import { pictureSetSchema } from './picture-sets.ts';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9));

export const modelRecipeSchema = v.strictObject({
  formatVersion: v.literal(1),
  kind: v.picklist(['identity', 'base']),
  name: text,
  content: v.pipe(v.array(pictureSetSchema), v.minLength(1)),
  /** Pictures the program makes, beside those. */
  procedural: v.optional(whole, 0),
  /** One row of the code table each, after the identity. */
  styles: v.optional(v.array(v.strictObject({ slug: text, painting: text, emphasis: v.optional(emphasisSchema) })), []),
  /** Perceptual network; none for the identity. */
  features: v.optional(text),
  /** The preset whose weights it starts from; absent: chance. */
  start: v.optional(text),
  generator: generatorSpecSchema,
  seed: whole,
  objective: v.picklist(objectives),
  cropPx: whole,
  marginPx: whole,
  styleSizePx: whole,
  checkpointEvery: v.pipe(whole, v.minValue(1)),
  phases: v.pipe(v.array(phaseSchema), v.minLength(1)),
  licence: text,
});

export type ModelRecipe = v.InferOutput<typeof modelRecipeSchema>;

/** Recipes of every kind. */
const recipeSchema = v.variant('kind', [modelRecipeSchema, featuresRecipeSchema, galleryRecipeSchema]);

/** Reads the recipe of a generator. Throws usage.invalid, disk.*. */
export function readModelRecipe(path: string): Promise<ModelRecipe> {
  return readAs(modelRecipeSchema, path);
}

/** Reads a recipe of any kind. Throws usage.invalid, disk.*. */
export function readRecipe(path: string): Promise<ModelRecipe | FeaturesRecipe | GalleryRecipe> {
  return readAs(recipeSchema, path);
}

async function readAs<S extends typeof modelRecipeSchema | typeof recipeSchema>(schema: S, path: string): Promise<v.InferOutput<S>> {
  const file = basename(path);
  const written = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw errorCodeOf(thrown) === 'ENOENT' ? new StudioError('usage.invalid', { reason: `there is no recipe ${file}` }) : diskFault(thrown, path);
  });
  const checked = v.safeParse(schema, parsed(written, file));
  if (!checked.success) throw new StudioError('usage.invalid', { reason: `${file}: ${complaintOf(checked.issues)}` });
  return checked.output;
}

function parsed(written: string, file: string): unknown {
  try {
    return JSON.parse(written);
  } catch (thrown) {
    throw new StudioError('usage.invalid', { reason: `${file} is not JSON` }, { cause: thrown });
  }
}

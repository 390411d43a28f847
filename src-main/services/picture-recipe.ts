// The recipe that a picture file may carry: a stranger's words, believed only as far as the schema goes.
import { basename } from 'node:path';
import * as v from 'valibot';
import type { Note } from '../contract/note.ts';
import { glazesIn, masksIn, type CarriedRecipe, type PaintingRecipe } from '../contract/recipe.ts';
import { paintingRecipeSchema } from '../contract/schema.ts';
import { readRecipe } from '../engine/image/codec.ts';
import { longestXmpBytes } from '../engine/image/recipe-xmp.ts';
import { isMask } from './recipe-masks.ts';

export interface PictureRecipe {
  readonly recipe?: PaintingRecipe;
  /** True where a recipe is there that this version does not understand. */
  readonly recipeUnreadable?: true;
}

/** Throws picture.* | disk.*. */
export async function pictureRecipe(path: string): Promise<PictureRecipe> {
  const words = await readRecipe(path);
  if (words === undefined) return {};
  const checked = v.safeParse(paintingRecipeSchema, words.length > longestXmpBytes ? undefined : jsonOf(words));
  return checked.success && glazesIn(checked.output).flatMap(masksIn).every(isMask) ? { recipe: checked.output } : { recipeUnreadable: true };
}

export interface RecipeOffer {
  readonly recipe?: CarriedRecipe;
  readonly notes: readonly Note[];
}

/** What a window is offered of a picture's recipe, or told where it cannot be read. Throws picture.* | disk.*. */
export async function recipeOffer(path: string): Promise<RecipeOffer> {
  const file = basename(path);
  const { recipe, recipeUnreadable } = await pictureRecipe(path);
  return { ...(recipe ? { recipe: { file, glazes: glazesIn(recipe) } } : {}), notes: recipeUnreadable ? [{ key: 'picture.recipe-unreadable', details: { file } }] : [] };
}

function jsonOf(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
}

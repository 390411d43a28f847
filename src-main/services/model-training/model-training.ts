// Trains a network that ships from its committed recipe: the identity, the base, the feature network, the gallery.
import { makeFolder } from '../disk.ts';
import { readRecipe } from './model-recipe.ts';
import type { ModelFolders, ModelOptions, ModelWatch, TrainedModel } from './model-run.ts';

/** Runs a recipe file to its end. Throws usage.invalid, what its kind's training throws, disk.*. */
export async function trainModel(path: string, folders: ModelFolders, options: ModelOptions, watch: ModelWatch): Promise<TrainedModel> {
  const recipe = await readRecipe(path);
  await makeFolder(folders.out);
  if (recipe.kind === 'features') {
    const { trainFeatures } = await import('./train-features.ts');
    return trainFeatures(recipe, folders, options, watch);
  }
  if (recipe.kind === 'gallery') {
    const { trainGallery } = await import('./train-gallery.ts');
    return trainGallery(recipe, folders, options, watch);
  }
  const { trainGenerator } = await import('./train-generator.ts');
  return trainGenerator(recipe, folders, options, watch);
}

// Trains a network that ships from its committed recipe: the identity, the base, the feature network.
import type { TrainingMetrics } from '../../contract/training.ts';
import type { SessionOptions } from '../../engine/runtime/session.ts';
import { makeFolder } from '../disk.ts';
import { readRecipe } from './model-recipe.ts';

/** Where a training reads and writes. */
export interface ModelFolders {
  /** What a recipe's folders and files are relative to. */
  readonly data: string;
  /** What the preset it starts from is relative to. */
  readonly models: string;
  /** Checkpoint, log and result. */
  readonly out: string;
}

export interface ModelWatch {
  readonly signal: AbortSignal;
  metrics(metrics: TrainingMetrics): void;
  note(text: string): void;
}

export interface TrainedModel {
  readonly preset: string;
  readonly id: string;
  readonly steps: number;
  readonly losses: Readonly<Record<string, number>>;
}

export interface ModelOptions extends SessionOptions {
  /** Go on from the checkpoint in the folder of the result. */
  readonly resume: boolean;
}

/** Runs a recipe file to its end. Throws usage.invalid, what its kind's training throws, disk.*. */
export async function trainModel(path: string, folders: ModelFolders, options: ModelOptions, watch: ModelWatch): Promise<TrainedModel> {
  const recipe = await readRecipe(path);
  await makeFolder(folders.out);
  if (recipe.kind === 'features') {
    const { trainFeatures } = await import('./train-features.ts');
    return trainFeatures(recipe, folders, options, watch);
  }
  const { trainGenerator } = await import('./train-generator.ts');
  return trainGenerator(recipe, folders, options, watch);
}

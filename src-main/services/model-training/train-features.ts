// Trains the perceptual network that ships: its pictures, its checkpoints, its file and how close it comes.
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import { featureAgreement, type LayerAgreement } from '../../engine/metrics/feature-agreement.ts';
import { openFeatureNetwork } from '../../engine/metrics/feature-network.ts';
import { imageNet } from '../../engine/networks/perceptual-features.ts';
import { decodeModel } from '../../engine/onnx/proto.ts';
import { createOrtSessions, type OrtSessions } from '../../engine/runtime/ort-node.ts';
import { planesOf } from '../../engine/tensor/layout.ts';
import type { Picture } from '../../engine/training/augment.ts';
import { encodeCheckpoint } from '../../engine/training/checkpoint.ts';
import { distil, type OriginalNetwork } from '../../engine/training/distillation.ts';
import { featureFile } from '../../engine/training/feature-file.ts';
import type { StateVectors } from '../../engine/training/state.ts';
import { writeSafely } from '../disk.ts';
import { readFeatures } from '../features.ts';
import { distillationOf, type FeaturesRecipe } from './features-recipe.ts';
import { modelCheckpointFile, readModelCheckpoint } from './model-checkpoint.ts';
import { madePictures, readPicture } from './model-data.ts';
import { createLog } from './model-log.ts';
import type { ModelFolders, ModelOptions, ModelWatch, TrainedModel } from './model-run.ts';
import { filesOf } from './picture-sets.ts';

/** Per set of pictures and layer, how close the file comes to the original. */
const agreementFile = 'agreement.json';
/** Long sides in px at which pictures are kept, and at which both networks are compared. */
const [keptPx, comparedPx] = [1024, 320];

/** Runs a recipe of kind features to its end, or on from its checkpoint. Throws what distil throws, checkpoint.*, picture.*, disk.*. */
export async function trainFeatures(recipe: FeaturesRecipe, folders: ModelFolders, options: ModelOptions, watch: ModelWatch): Promise<TrainedModel> {
  const sessions = createOrtSessions();
  const run = distillationOf(recipe);
  const original = await readOriginal(recipe, folders);
  const resume = options.resume ? await readModelCheckpoint(folders.out, run) : undefined;
  const log = createLog(recipe.name, folders.out, watch.note);
  const keep = async (vectors: StateVectors): Promise<Uint8Array> => {
    const file = featureFile(recipe, vectors['weights.average'], { normalisation: imageNet, licence: recipe.licence, source: `Velatura, taught by ${basename(recipe.original)}` });
    await writeSafely(join(folders.out, `${recipe.name}.onnx`), file);
    await log.write();
    return file;
  };
  const setup = { recipe: run, pictures: await readPictures(recipe, folders), original, sessions, options, ...(resume && { resume }) };
  const vectors = await distil(setup, {
    signal: watch.signal,
    metrics: ({ phase: _, ...metrics }) => {
      const told = { ...metrics, depth: 'refine', gradientNorm: metrics.losses['norm.weights'], secondsLeft: ((metrics.steps - metrics.step) * metrics.stepMs) / 1000 } as const;
      log.take(told);
      watch.metrics(told);
    },
    checkpoint: async (checkpoint) => {
      await writeSafely(join(folders.out, modelCheckpointFile), encodeCheckpoint(checkpoint));
      await keep(checkpoint.vectors);
    },
    rolledBack: (reason, step, rateFactor) => watch.note(`rolled back at step ${step}: ${reason}; rates × ${rateFactor}`),
  });
  const file = await keep(vectors);
  await compare(recipe, folders, file, sessions, options);
  const steps = run.phases.reduce((sum, phase) => sum + phase.steps, 0);
  return { preset: join(folders.out, `${recipe.name}.onnx`), id: createHash('sha256').update(file).digest('hex'), steps, losses: log.means() };
}

async function readOriginal({ original }: FeaturesRecipe, { data }: ModelFolders): Promise<OriginalNetwork> {
  const file = basename(original);
  const bytes = await readFeatures({ path: join(data, original) });
  try {
    return { model: decodeModel(bytes), file, normalisation: imageNet };
  } catch (thrown) {
    throw new StudioError('features.unusable', { file, reason: 'it is no ONNX file' }, { cause: thrown });
  }
}

async function readPictures({ content, procedural, seed }: FeaturesRecipe, folders: ModelFolders): Promise<Picture[]> {
  const read: Picture[] = [];
  for (const file of await filesOf(content, folders.data)) read.push(await readPicture(file, keptPx, false));
  return [...read, ...madePictures(procedural, seed)];
}

/** Compares a feature file with the original on the pictures of the recipe that it never saw, and writes the figures. */
export async function compare(recipe: FeaturesRecipe, folders: ModelFolders, file: Uint8Array, sessions: OrtSessions, options: ModelOptions): Promise<Record<string, Record<string, LayerAgreement>>> {
  const own = await openFeatureNetwork(file, `${recipe.name}.onnx`, sessions, options);
  const original = await openFeatureNetwork(await readFeatures({ path: join(folders.data, recipe.original) }), basename(recipe.original), sessions, options);
  try {
    const found: Record<string, Record<string, LayerAgreement>> = {};
    for (const set of recipe.validation) {
      const pictures = await Promise.all((await filesOf([set], folders.data)).map(async (path) => planesOf(await readPicture(path, comparedPx, false))));
      found[`${set.folder}/${set.only ?? ''}`] = await featureAgreement(own, original, pictures);
    }
    await writeSafely(join(folders.out, agreementFile), Buffer.from(`${JSON.stringify(found, null, 2)}\n`));
    return found;
  } finally {
    await own.close();
    await original.close();
  }
}

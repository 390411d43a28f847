// Trains a generator that ships: the identity alone, or one network for many paintings with a row of the code table each.
import { join } from 'node:path';
import { programLabel } from '../../contract/program.ts';
import type { GeneratorSpec, PresetRecord } from '../../contract/style.ts';
import type { Emphasis, TrainingRecipe } from '../../contract/training.ts';
import { codeLayout, generatorLayout } from '../../engine/networks/generator.ts';
import { startVector } from '../../engine/networks/parameters.ts';
import { defaultDiscriminator } from '../../engine/networks/patch-discriminator.ts';
import type { SessionOptions } from '../../engine/runtime/session.ts';
import { createOrtSessions, type OrtSessions } from '../../engine/runtime/ort-node.ts';
import { createRandom } from '../../engine/tensor/random.ts';
import { writeSafetensors } from '../../engine/tensor/safetensors.ts';
import { tensor } from '../../engine/tensor/tensor.ts';
import { encodeCheckpoint } from '../../engine/training/checkpoint.ts';
import type { StateVectors } from '../../engine/training/state.ts';
import { train, type TrainerSetup } from '../../engine/training/trainer.ts';
import { drawnBeside } from '../teach/batch-thread.ts';
import { writeSafely } from '../disk.ts';
import { fileHash } from '../file-hash.ts';
import { readPreset, writePreset } from '../library/preset-file.ts';
import { trainingEnvironment } from '../teach/training-environment.ts';
import { modelCheckpointFile, readModelCheckpoint } from './model-checkpoint.ts';
import { readContent, readPicture, readTargets } from './model-data.ts';
import { createLog } from './model-log.ts';
import type { ModelRecipe } from './model-recipe.ts';
import type { ModelFolders, ModelOptions, ModelWatch, TrainedModel } from './model-run.ts';

/** Codes [K,S] of a joint training, and whose they are. */
export const tableFiles = { codes: 'table.safetensors', slugs: 'table.json' } as const;

/** The identity's row has no painting: only what gives the picture back counts. */
const identityRow: Emphasis = { content: 0, tone: 0, chroma: 0, style: 0, roughness: 0, smoothness: 0, lattice: 0, adversarial: 0, identity: 1 };
const styleRow: Emphasis = { identity: 0 };

/** Runs a recipe of kind identity or base to its end, or from its checkpoint. Throws what train throws, checkpoint.*, picture.*, preset.*, features.*, disk.*. */
export async function trainGenerator(recipe: ModelRecipe, folders: ModelFolders, options: ModelOptions, watch: ModelWatch): Promise<TrainedModel> {
  const sessions = createOrtSessions();
  const content = await readContent(recipe, folders);
  const paintings = await Promise.all(recipe.styles.map(({ painting }) => readPicture(join(folders.data, painting), recipe.styleSizePx, true)));
  const { features, targets, regions } = await readTargets(recipe, folders, paintings, sessions);
  const run = await runRecipe(recipe, folders, content.files, sessions, options);
  const resume = options.resume ? await readModelCheckpoint(folders.out, run) : undefined;
  const setup: TrainerSetup = {
    recipe: run,
    generator: recipe.generator,
    dataset: { photos: content.pictures, styles: [content.pictures, ...paintings.map((painting) => [painting])] },
    features,
    targets,
    ...(regions && { regions }),
    start: await startOf(recipe, folders),
    ...(resume && { resume }),
    sessions,
    options,
    openBatches: drawnBeside,
  };
  const log = createLog(recipe.name, folders.out, watch.note);
  const vectors = await train(setup, {
    signal: watch.signal,
    metrics: (metrics) => {
      log.take(metrics);
      watch.metrics(metrics);
    },
    checkpoint: async (checkpoint) => {
      await writeSafely(join(folders.out, modelCheckpointFile), encodeCheckpoint(checkpoint));
      await log.write();
      await writeModel(recipe, setup.recipe, checkpoint.vectors, folders, log.means());
    },
    standing: () => Promise.resolve(),
    rolledBack: (reason, step, rateFactor) => watch.note(`rolled back at step ${step}: ${reason}; rates × ${rateFactor}`),
  });
  await log.write();
  const record = await writeModel(recipe, setup.recipe, vectors, folders, log.means());
  return { preset: join(folders.out, `${recipe.name}.vstyle`), id: record.id, steps: record.lineage.steps, losses: log.means() };
}

async function startOf({ start, generator, styles, seed }: ModelRecipe, { models }: ModelFolders): Promise<StateVectors> {
  const rows = styles.length + 1;
  const from = start === undefined ? fresh(generator, seed) : await readPreset(join(models, start));
  const code = new Float32Array(rows * from.code.length);
  for (let row = 0; row < rows; row++) code.set(from.code, row * from.code.length);
  return { weights: from.weights ?? fresh(generator, seed).weights, code };
}

function fresh(generator: GeneratorSpec, seed: number): { weights: Float32Array; code: Float32Array } {
  const random = createRandom(seed);
  return { weights: startVector(generatorLayout(generator), random), code: startVector(codeLayout(generator), random) };
}

async function runRecipe(recipe: ModelRecipe, { data, models }: ModelFolders, files: readonly string[], sessions: OrtSessions, { threads = 1, provider }: SessionOptions): Promise<TrainingRecipe> {
  const { name, seed, objective, cropPx, marginPx, styleSizePx, phases, checkpointEvery, styles } = recipe;
  return {
    formatVersion: 1,
    name,
    seed,
    objective,
    cropPx,
    marginPx,
    styleSizePx,
    phases,
    checkpointEvery,
    paintings: await Promise.all(styles.map(({ painting }) => fileHash(join(data, painting)))),
    photos: await Promise.all(files.map((path) => fileHash(path))),
    base: recipe.start === undefined ? 'none' : (await readPreset(join(models, recipe.start))).record.id,
    features: recipe.features === undefined ? '' : await fileHash(join(data, recipe.features)),
    ...(styles.length > 0 && { emphases: [identityRow, ...styles.map(({ emphasis }) => ({ ...styleRow, ...emphasis }))] }),
    environment: trainingEnvironment(sessions.version, threads, provider),
  };
}

/** The identity's row makes the preset; the other rows are the styles' codes. */
async function writeModel(recipe: ModelRecipe, run: TrainingRecipe, vectors: StateVectors, { out }: ModelFolders, losses: Readonly<Record<string, number>>): Promise<PresetRecord> {
  const codes = vectors['code.average'] ?? vectors.code;
  const size = codeLayout(recipe.generator).size;
  const record: PresetRecord = {
    formatVersion: 1,
    kind: 'network',
    engine: 'glaze',
    name: recipe.name,
    id: '0'.repeat(64), // computed from the numbers when the preset is written
    base: '0'.repeat(64),
    generator: recipe.generator,
    ...(vectors.critic && { critic: { ...defaultDiscriminator, styles: recipe.styles.length + 1 } }),
    learnedSizePx: recipe.styleSizePx,
    depth: vectors.critic ? 'paint' : 'refine',
    createdAt: new Date().toISOString(),
    program: programLabel,
    licence: recipe.licence,
    lineage: { recipe: run, steps: run.phases.reduce((sum, { steps }) => sum + steps, 0), losses },
  };
  const written = await writePreset(join(out, `${recipe.name}.vstyle`), {
    record,
    code: codes.slice(0, size),
    weights: vectors['weights.average'] ?? vectors.weights,
    ...(vectors.critic && { critic: vectors.critic }),
  });
  if (recipe.styles.length === 0) return written;
  const rows = recipe.styles.length + 1;
  await writeSafely(join(out, tableFiles.codes), writeSafetensors({ codes: tensor([rows, size], codes) }));
  await writeSafely(join(out, tableFiles.slugs), Buffer.from(`${JSON.stringify({ base: written.id, slugs: ['identity', ...recipe.styles.map(({ slug }) => slug)] }, null, 2)}\n`));
  return written;
}

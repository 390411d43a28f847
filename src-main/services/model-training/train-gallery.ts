// Trains the styles of the gallery: each painting in turn gets weights of its own, over the base, from its row of the base's atlas.
import { rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import { programLabel } from '../../contract/program.ts';
import type { HueSpread, Preset, PresetRecord } from '../../contract/style.ts';
import type { TrainingRecipe } from '../../contract/training.ts';
import { meanHueSpread } from '../../engine/image/hue-spread.ts';
import { defaultDiscriminator } from '../../engine/networks/patch-discriminator.ts';
import { createOrtSessions, type OrtSessions } from '../../engine/runtime/ort-node.ts';
import { encodeCheckpoint } from '../../engine/training/checkpoint.ts';
import { measureStyle, readFeatureModel, type FeatureModel } from '../../engine/training/feature-model.ts';
import { matchContrast } from '../../engine/training/match-contrast.ts';
import { measureRegions } from '../../engine/training/regions.ts';
import type { StateVectors } from '../../engine/training/state.ts';
import { planesOf } from '../../engine/tensor/layout.ts';
import { blendCodes, type StyleAtlas } from '../../engine/training/style-atlas.ts';
import { train, type TrainerSetup } from '../../engine/training/trainer.ts';
import { readAtlas } from '../library/base-atlas.ts';
import { drawnBeside } from '../teach/batch-thread.ts';
import { makeFolder, writeSafely } from '../disk.ts';
import { readFeatures } from '../features.ts';
import { fileHash } from '../file-hash.ts';
import { presetEnding, readPreset, writePreset } from '../library/preset-file.ts';
import { criticOf } from '../teach/teach-start.ts';
import { trainingEnvironment } from '../teach/training-environment.ts';
import { phasesOf, type GalleryRecipe, type GalleryStyle } from './gallery-recipe.ts';
import { modelCheckpointFile, readModelCheckpoint } from './model-checkpoint.ts';
import { readContent, readPicture, type Content } from './model-data.ts';
import { createLog } from './model-log.ts';
import type { ModelFolders, ModelOptions, ModelWatch, TrainedModel } from './model-run.ts';

/** What all styles of a gallery share. */
interface Gallery {
  readonly recipe: GalleryRecipe;
  readonly folders: ModelFolders;
  readonly options: ModelOptions;
  readonly watch: ModelWatch;
  readonly base: Preset;
  readonly atlas: StyleAtlas;
  readonly content: Content;
  readonly photos: readonly string[];
  readonly features: FeatureModel;
  readonly featuresHash: string;
  readonly sessions: OrtSessions;
}

/**
 * Runs a recipe of kind gallery: SLUG.vstyle in the folder for every style, float32, without card or thumbnail. With `resume`
 * finished styles stay and the one begun goes on. Throws what train throws, usage.invalid, checkpoint.*, picture.*, preset.*, features.*, disk.*.
 */
export async function trainGallery(recipe: GalleryRecipe, folders: ModelFolders, options: ModelOptions, watch: ModelWatch): Promise<TrainedModel> {
  const gallery = await openGallery(recipe, folders, options, watch);
  let [steps, losses]: [number, Readonly<Record<string, number>>] = [0, {}];
  for (const style of recipe.styles) {
    const record = (await finished(gallery, style)) ?? (await trainStyle(gallery, style));
    steps += record.lineage.steps;
    losses = record.lineage.losses ?? {};
  }
  return { preset: folders.out, id: gallery.base.record.id, steps, losses };
}

async function openGallery(recipe: GalleryRecipe, folders: ModelFolders, options: ModelOptions, watch: ModelWatch): Promise<Gallery> {
  const basePath = join(folders.models, recipe.start);
  const base = await readPreset(basePath);
  const atlas = await readAtlas(basePath, base.record.id);
  if (!atlas) throw new StudioError('usage.invalid', { reason: `${recipe.start} has no atlas beside it` });
  const unknown = recipe.styles.find(({ slug }) => !atlas.slugs.includes(slug));
  if (unknown) throw new StudioError('usage.invalid', { reason: `${recipe.start} knows no style "${unknown.slug}"` });
  const content = await readContent(recipe, folders);
  const featuresPath = join(folders.models, recipe.features);
  return {
    recipe, folders, options, watch, base, atlas, content,
    photos: await Promise.all(content.files.map((path) => fileHash(path))),
    features: readFeatureModel(await readFeatures({ path: featuresPath }), basename(featuresPath), recipe.styleScales),
    featuresHash: await fileHash(featuresPath),
    sessions: createOrtSessions(),
  };
}

const pathOf = ({ folders }: Gallery, { slug }: GalleryStyle): string => join(folders.out, slug + presetEnding);

/** The record of a style that an earlier run of the same recipe ended; undefined where there is none or nothing shall be resumed. */
async function finished(gallery: Gallery, style: GalleryStyle): Promise<PresetRecord | undefined> {
  const path = pathOf(gallery, style);
  if (!gallery.options.resume || !(await exists(path))) return undefined;
  const { record } = await readPreset(path);
  const wanted = await runOf(gallery, style);
  // the machine may differ: the style is done
  const same = JSON.stringify({ ...record.lineage.recipe, environment: undefined }) === JSON.stringify({ ...wanted, environment: undefined });
  return same ? record : undefined;
}

/** What the training of one style depends on. */
async function runOf({ recipe, folders, base, photos, featuresHash, sessions, options }: Gallery, style: GalleryStyle): Promise<TrainingRecipe> {
  const { seed, objective, cropPx, marginPx, styleSizePx, styleScales, styleScaleShares, styleMemory, checkpointEvery } = recipe;
  return {
    formatVersion: 1,
    name: style.slug,
    paintings: [await fileHash(join(folders.data, style.painting))],
    photos,
    base: base.record.id,
    features: featuresHash,
    seed,
    objective,
    cropPx,
    marginPx,
    styleSizePx,
    styleScales,
    ...(styleScaleShares && { styleScaleShares }),
    ...(styleMemory && { styleMemory }),
    contrastGain: style.contrastGain ?? recipe.contrastGain,
    phases: phasesOf(recipe, style),
    checkpointEvery,
    environment: trainingEnvironment(sessions.version, options.threads ?? 1, options.provider),
  };
}

async function trainStyle(gallery: Gallery, style: GalleryStyle): Promise<PresetRecord> {
  const { folders, options, watch } = gallery;
  const folder = join(folders.out, `${style.slug}.training`);
  await makeFolder(folder);
  const run = await runOf(gallery, style);
  const begun = options.resume && (await exists(join(folder, modelCheckpointFile)));
  const resume = begun ? await readModelCheckpoint(folder, run) : undefined;
  const log = createLog(style.slug, folders.out, watch.note);
  const setup = await setupOf(gallery, style, run);
  const vectors = await train({ ...setup, ...(resume && { resume }) }, {
    signal: watch.signal,
    metrics: (metrics) => {
      log.take(metrics);
      watch.metrics(metrics);
    },
    checkpoint: (checkpoint) => writeSafely(join(folder, modelCheckpointFile), encodeCheckpoint(checkpoint)),
    standing: () => Promise.resolve(),
    rolledBack: (reason, step, rateFactor) => watch.note(`${style.slug} rolled back at step ${step}: ${reason}; rates × ${rateFactor}`),
  });
  await log.write();
  const { weights, gain } = await matchContrast({
    generator: setup.generator,
    weights: vectors['weights.average'],
    code: vectors['code.average'],
    painting: setup.dataset.styles[0][0],
    photos: setup.dataset.photos,
    seed: run.seed,
    mostGain: run.contrastGain ?? 1,
    sessions: gallery.sessions,
    options,
  });
  watch.note(`${style.slug} contrast × ${gain.toFixed(3)}`);
  const record = await writeStyle(gallery, style, run, { ...vectors, weights }, { hueSpread: meanHueSpread(setup.dataset.styles[0]!.map(planesOf)), losses: log.means() });
  await rm(folder, { recursive: true });
  return record;
}

async function setupOf(gallery: Gallery, { slug, painting }: GalleryStyle, recipe: TrainingRecipe): Promise<TrainerSetup> {
  const { base, atlas, content, features, folders, sessions, options } = gallery;
  const picture = await readPicture(join(folders.data, painting), recipe.styleSizePx, true);
  const targets = [await measureStyle([picture], features, sessions, { provider: 'cpu', threads: 1 })];
  const share = Math.max(...recipe.phases.map(({ regional }) => regional ?? 0));
  const regions = share > 0 ? [await measureRegions([picture], targets[0], share, features, sessions, { provider: 'cpu', threads: 1 })] : undefined;
  const code = blendCodes(atlas, atlas.slugs.map((each) => Number(each === slug)));
  const critic = criticOf(base);
  if (!base.weights) throw new StudioError('internal', { reason: 'a base without weights' });
  return {
    recipe,
    generator: base.record.generator,
    dataset: { photos: content.pictures, styles: [[picture]] },
    features,
    targets,
    regions,
    start: { weights: base.weights, code, ...(critic && { critic }) },
    sessions,
    options,
    openBatches: drawnBeside,
  };
}

async function writeStyle(gallery: Gallery, style: GalleryStyle, run: TrainingRecipe, vectors: StateVectors, { hueSpread, losses }: { readonly hueSpread: HueSpread; readonly losses: Readonly<Record<string, number>> }): Promise<PresetRecord> {
  const { recipe, base } = gallery;
  const record: PresetRecord = {
    formatVersion: 1,
    kind: 'network',
    engine: 'glaze',
    name: style.slug,
    id: '0'.repeat(64), // computed from the numbers when the preset is written
    base: base.record.id,
    generator: base.record.generator,
    ...(vectors.critic && { critic: { ...defaultDiscriminator, styles: 1 } }),
    learnedSizePx: recipe.styleSizePx,
    depth: run.phases[run.phases.length - 1].depth,
    hueSpread,
    createdAt: new Date().toISOString(),
    program: programLabel,
    licence: recipe.licence,
    lineage: { recipe: run, steps: run.phases.reduce((sum, { steps }) => sum + steps, 0), losses },
  };
  const { critic } = vectors;
  return writePreset(pathOf(gallery, style), { record, code: vectors['code.average'], weights: vectors.weights, ...(critic && { critic }) });
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}

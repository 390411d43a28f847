// The trainer's side of a teaching: pictures in, recipe, training with previews and checkpoints, preset and model out.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import { programLabel } from '../../contract/program.ts';
import { plainMarks, type HueSpread, type MarkKind, type Preset, type PresetRecord } from '../../contract/style.ts';
import type { TeachOutcome, TeachRequest, TrainerEvent, TrainerFolders } from '../../contract/teaching.ts';
import type { Depth, TrainingMetrics, TrainingRecipe } from '../../contract/training.ts';
import { meanHueSpread } from '../../engine/image/hue-spread.ts';
import { createOrtSessions, type OrtSessions } from '../../engine/runtime/ort-node.ts';
import { threadsFor } from '../../engine/runtime/device.ts';
import { defaultDiscriminator } from '../../engine/networks/patch-discriminator.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../../engine/training/checkpoint.ts';
import { planesOf } from '../../engine/tensor/layout.ts';
import { measureStyle, readFeatureModel } from '../../engine/training/feature-model.ts';
import { measureRegions } from '../../engine/training/regions.ts';
import type { StateVectors } from '../../engine/training/state.ts';
import { train, type TrainerSetup, type TrainerWatch } from '../../engine/training/trainer.ts';
import { exportModel } from '../../engine/styles/glaze/export-model.ts';
import { drawnBeside } from './batch-thread.ts';
import { makeFolder, writeSafely } from '../disk.ts';
import type { PreviewPictures, TeachControl } from './teach-control.ts';
import { createPreviewer, type Previewer } from './teach-preview.ts';
import { checkpointFile } from './teach-run.ts';
import { cropMarginPx, defaultCropPx, defaultStyleSizePx, depthsOf, phaseOf, planPhases, regional, styleMemory, styleScaleShares } from './teach-plan.ts';
import { marksFor, openStart, startVectors } from './teach-start.ts';
import { quickestPace, timeSteps, type Pace, type Trial } from './teach-timing.ts';
import { trainingEnvironment } from './training-environment.ts';
import { readTeachingData, type TeachingData } from './teaching-data.ts';
import { presetEnding, writePreset } from '../library/preset-file.ts';
import { fileHash } from '../file-hash.ts';
import { slugOf } from '../library/style-name.ts';
import { smallReferences } from '../library/small-references.ts';
import { referenceFolder, writeReferences } from '../library/style-references.ts';

const checkpointEvery = 100;
/** Where states are kept, beside the checkpoint. */
const keptFolder = 'kept';

interface Teaching {
  readonly request: TeachRequest;
  readonly folders: TrainerFolders;
  readonly control: TeachControl;
  readonly tell: (event: TrainerEvent) => void;
  readonly sessions: OrtSessions;
}

/** Runs one order to its end. Throws what train throws, picture.*, features.*, preset.*, checkpoint.*, disk.*. */
export async function runTeaching(request: TeachRequest, folders: TrainerFolders, control: TeachControl, tell: (event: TrainerEvent) => void): Promise<TeachOutcome> {
  const started = performance.now();
  const sessions = createOrtSessions();
  const teaching: Teaching = { request, folders, control, tell, sessions };
  await makeFolder(folders.run);
  const base = await openStart(request, folders);
  const data = await readTeachingData(request, styleSizeOf(request, base), {
    signal: control.signal,
    progress: (done, total) => tell({ kind: 'stage', stage: 'photos', done, total }),
    warn: (key, details) => tell({ kind: 'warning', key, details }),
  });
  await writeReferences(await smallReferences(data.dataset.styles[0], folders.run), join(folders.run, referenceFolder));
  const features = readFeatureModel(await readFile(request.features), basename(request.features));
  const targets = [await measureStyle(data.dataset.styles[0], features, sessions, { provider: 'cpu', threads: 1 })];
  const regions = [await measureRegions(data.dataset.styles[0], targets[0], regional, features, sessions, { provider: 'cpu', threads: 1 })];
  const resume = request.resume ? await readCheckpoint(folders.run) : undefined;
  const from = { generator: base.record.generator, dataset: data.dataset, features, targets, regions, start: await startVectors(base, request, targets[0], tell), sessions };
  const hueSpread = meanHueSpread(data.dataset.styles[0].map(planesOf));
  const marks = await marksFor(base, request, targets[0], folders);
  const previewer = createPreviewer({ generator: base.record.generator, colourBreak: { spread: hueSpread, marks }, learnedSizePx: styleSizeOf(request, base), picture: data.preview, folder: folders.run, sessions, threads: request.threads ?? 1, strokePercent: control.strokePercent });
  // over a base the start is a painted picture already; it is shown before anything is timed
  if (!resume && startsPainted(request)) tell({ kind: 'preview', ...(await previewer.first(from.start, depthsOf(request)[0])) });
  const { recipe, pace } = await recipeFor(teaching, base, data, from, resume);
  const setup: TrainerSetup = { ...from, recipe, resume, options: { provider: 'cpu', ...pace }, openBatches: drawnBeside };
  const losses = recentMeans();
  const taught = { base, recipe, hueSpread, marks, previewer, losses: losses.means };
  const vectors = await train(setup, watchOf(teaching, taught, { content: data.preview, last: previewer.last }, losses.take));
  return { ...(await finish(teaching, { ...taught, vectors, reached: losses.reached() })), seconds: (performance.now() - started) / 1000 };
}

const startsPainted = ({ base, continueStyle }: TeachRequest): boolean => base !== 'none' || continueStyle !== undefined;

/** An earlier style keeps the size of its strokes. */
function styleSizeOf(request: TeachRequest, base: Preset): number {
  return request.styleSizePx ?? (request.continueStyle === undefined ? defaultStyleSizePx : base.record.learnedSizePx);
}

async function readCheckpoint(folder: string): Promise<Checkpoint> {
  const path = join(folder, checkpointFile);
  const bytes = await readFile(path).catch(() => {
    throw new StudioError('checkpoint.missing', { folder: basename(folder) });
  });
  return decodeCheckpoint(bytes, checkpointFile);
}

interface Planned {
  readonly recipe: TrainingRecipe;
  readonly pace: Pace;
}

async function recipeFor(teaching: Teaching, base: Preset, data: TeachingData, from: Omit<Trial['setup'], 'recipe'>, resume: Checkpoint | undefined): Promise<Planned> {
  const { request, control, tell } = teaching;
  const bare: TrainingRecipe = {
    formatVersion: 1,
    name: request.name,
    paintings: data.paintingHashes,
    photos: data.photoHashes,
    base: base.record.id,
    features: await fileHash(request.features),
    seed: request.seed,
    objective: request.objective ?? 'hinge',
    cropPx: request.cropPx ?? defaultCropPx,
    marginPx: cropMarginPx,
    styleSizePx: styleSizeOf(request, base),
    styleScaleShares,
    styleMemory,
    phases: [],
    checkpointEvery,
    environment: environmentOf(teaching, request.threads ?? resume?.recipe.environment.threads ?? 1),
  };
  if (resume) {
    const [was, now] = [resume.recipe.environment, bare.environment].map(environmentInWords);
    const recipe = resumedRecipe(resume, bare, request);
    if (was !== now) tell({ kind: 'warning', key: 'training.other-environment', details: { was, now } });
    return { recipe: { ...recipe, environment: bare.environment }, pace: { threads: bare.environment.threads, spinning: false } };
  }
  tell({ kind: 'stage', stage: 'timing', done: 0, total: 1 });
  const trial: Trial = { request, setup: { ...from, recipe: bare }, signal: control.signal };
  const pace = request.threads === undefined ? await quickestPace(trial, threadsFor('trainer', { windowActive: false, both: false })) : { threads: request.threads, spinning: false };
  const times = request.steps === undefined ? await timeSteps(trial, pace) : {};
  return { recipe: { ...bare, environment: environmentOf(teaching, pace.threads), phases: planPhases(request, times) }, pace };
}

function environmentOf({ sessions }: Teaching, threads: number): TrainingRecipe['environment'] {
  return trainingEnvironment(sessions.version, threads, 'cpu');
}

function environmentInWords({ runtime, cpu, threads }: TrainingRecipe['environment']): string {
  return `onnxruntime ${runtime}, ${cpu}, ${threads} × CPU`;
}

/** The checkpoint's recipe, as long as what it was made from and what is wished for have not changed. */
function resumedRecipe({ recipe }: Checkpoint, bare: TrainingRecipe, request: TeachRequest): TrainingRecipe {
  // Seconds became steps in the first run; a wish in steps is compared as it is.
  const timed = depthsOf(request).map((depth, index) => phaseOf(request, depth, recipe.phases[index]?.steps ?? 0));
  const now: TrainingRecipe = { ...bare, phases: request.steps === undefined ? timed : planPhases(request, {}) };
  const differing = (['paintings', 'photos', 'base', 'features', 'seed', 'objective', 'cropPx', 'styleSizePx', 'phases'] as const).find(
    (key) => JSON.stringify(recipe[key]) !== JSON.stringify(now[key]),
  );
  if (differing) throw new StudioError('checkpoint.other-recipe', { file: checkpointFile, reason: differing });
  return recipe;
}

function watchOf(teaching: Teaching, taught: TaughtSoFar, pictures: PreviewPictures, take: (metrics: TrainingMetrics) => void): TrainerWatch {
  const { control, folders, tell } = teaching;
  const { previewer } = taught;
  let step = 0;
  return {
    signal: control.signal,
    gate: control.gate,
    isFinished: control.isFinished,
    steering: () => control.steering(pictures),
    metrics: (metrics) => {
      take(metrics);
      step = metrics.step;
      previewer.at(metrics.step);
      tell({ kind: 'metrics', metrics });
    },
    checkpoint: (checkpoint) => writeSafely(join(folders.run, checkpointFile), encodeCheckpoint(checkpoint)),
    standing: async (vectors, depth) => {
      for (const name of control.takeKept()) {
        const file = await keepState(teaching, { ...taught, vectors: vectors(), reached: { depth, steps: step } }, name);
        tell({ kind: 'kept', name, file, step });
      }
      const shown = await previewer.show(vectors, depth);
      if (shown) tell({ kind: 'preview', ...shown });
    },
    rolledBack: (reason, step, rateFactor) => {
      tell({ kind: 'warning', key: 'training.rolled-back', details: { reason, step } });
      tell({ kind: 'warning', key: 'training.slowed', details: { rate: `${100 * rateFactor} %` } });
    },
  };
}

/** Means of the reported losses over the last hundred steps. */
function recentMeans() {
  const recent: Readonly<Record<string, number>>[] = [];
  let reached: Reached | undefined;
  return {
    reached: () => reached,
    take: ({ losses, depth, step }: TrainingMetrics): void => {
      reached = { depth, steps: step };
      recent.push(losses);
      if (recent.length > 100) recent.shift();
    },
    means: (): Record<string, number> => {
      const names = Object.keys(recent.at(-1) ?? {});
      return Object.fromEntries(names.map((name) => [name, recent.reduce((sum, losses) => sum + (losses[name] ?? 0), 0) / recent.length]));
    },
  };
}

/** How far a run has come. */
interface Reached {
  readonly depth: Depth;
  readonly steps: number;
}

interface TaughtSoFar {
  readonly base: Preset;
  readonly recipe: TrainingRecipe;
  readonly hueSpread: HueSpread;
  readonly marks: MarkKind;
  readonly previewer: Previewer;
  readonly losses: () => Readonly<Record<string, number>>;
}

interface Taught extends TaughtSoFar {
  readonly vectors: StateVectors;
  /** Nothing where a resumed run was at its end already. */
  readonly reached: Reached | undefined;
}

async function finish({ request, control }: Teaching, taught: Taught): Promise<Omit<TeachOutcome, 'seconds'>> {
  const preset = await presetOf(request, taught, control.strokePercent());
  const path = join(request.out, `${slugOf(request.name)}${presetEnding}`);
  const written = await writePreset(path, preset);
  const model = join(request.out, `${slugOf(request.name)}.onnx`);
  await writeSafely(model, exportModel({ ...preset, record: written }, preset.weights ?? taught.base.weights ?? new Float32Array()));
  return { preset: path, model, marks: taught.marks, steps: preset.record.lineage.steps, losses: taught.losses() };
}

/** A state on the way, kept beside the run's checkpoint as a style that can be used. */
async function keepState({ request, folders, control }: Teaching, taught: Taught, name: string): Promise<string> {
  const folder = join(folders.run, keptFolder);
  await makeFolder(folder);
  const path = join(folder, `${slugOf(name)}${presetEnding}`);
  await writePreset(path, await presetOf({ ...request, name }, taught, control.strokePercent()));
  return path;
}

async function presetOf(request: TeachRequest, { base, recipe, hueSpread, marks, vectors, previewer, losses, reached }: Taught, strokePercent: number): Promise<Preset> {
  const depth = reached?.depth ?? recipe.phases[recipe.phases.length - 1].depth;
  const code = vectors['code.average'];
  const critic = depth === 'paint' ? vectors.critic : undefined;
  // A sketch is a code for its base, unless it was made over an earlier style that has weights of its own.
  const sketched = base.record.kind === 'network' && request.continueStyle !== undefined ? base.weights : undefined;
  const weights = depth === 'sketch' ? sketched : vectors['weights.average'];
  const steps = reached?.steps ?? recipe.phases.reduce((sum, phase) => sum + phase.steps, 0);
  const record: PresetRecord = {
    formatVersion: 1,
    kind: weights ? 'network' : 'code',
    engine: 'glaze',
    name: request.name,
    id: '0'.repeat(64), // computed from the numbers when the preset is written
    base: request.continueStyle === undefined ? base.record.id : base.record.base,
    generator: base.record.generator,
    ...(critic && { critic: { ...defaultDiscriminator, styles: 1 } }),
    learnedSizePx: Math.round((recipe.styleSizePx * 100) / strokePercent),
    depth,
    hueSpread,
    ...(marks !== plainMarks && { marks }),
    createdAt: new Date().toISOString(),
    program: programLabel,
    licence: 'The artist’s own; all rights with whoever taught it.',
    lineage: { recipe, steps, losses: losses(), ...(request.continueStyle === undefined ? {} : { parent: base.record.id }) },
  };
  return { record, code, weights, critic, thumbnail: await previewer.thumbnail(vectors) };
}

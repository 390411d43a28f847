// Teaches a network of our own to see what another sees: the loop over the phases of a recipe.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { StudioError } from '../../contract/fault.ts';
import type { DistillationPhase, DistillationRecipe } from '../../contract/distillation.ts';
import { featureLayers, featureStudentLayout } from '../networks/feature-student.ts';
import { startVector } from '../networks/parameters.ts';
import { perceptualFeatures, type FeatureSpec } from '../networks/perceptual-features.ts';
import { emit } from '../onnx/emit.ts';
import { importGraph } from '../onnx/import-graph.ts';
import type { ModelProto } from '../onnx/proto.ts';
import { correctedRate } from '../optimizers/adam.ts';
import { decayAt } from '../optimizers/average.ts';
import { rateShare } from '../optimizers/schedule.ts';
import type { SessionFactory, SessionOptions } from '../runtime/session.ts';
import { createRandom, type RandomState } from '../tensor/random.ts';
import { scalar, tensor } from '../tensor/tensor.ts';
import type { Picture } from './augment.ts';
import { trainingRules } from './blocked-layout.ts';
import type { Checkpoint } from './checkpoint.ts';
import { createDistillationBatches, type DistillationBatches } from './distillation-batch.ts';
import { distillationGraph, distillationMoments } from './distillation-graph.ts';
import { freshGuard, judge, mostRollBacks, rollBackFactor, type Divergence, type GuardState } from './guard.ts';
import { createState, type StateVectors, type TrainingState } from './state.ts';

export type DistillationCheckpoint = Checkpoint<DistillationRecipe>;

/** The network that is imitated. */
export interface OriginalNetwork {
  readonly model: ModelProto;
  readonly file: string;
  readonly normalisation: NonNullable<FeatureSpec['normalisation']>;
}

export interface DistillationSetup {
  readonly recipe: DistillationRecipe;
  readonly pictures: readonly Picture[];
  readonly original: OriginalNetwork;
  readonly resume?: DistillationCheckpoint;
  readonly sessions: SessionFactory;
  readonly options: SessionOptions;
}

export interface DistillationMetrics {
  /** Counted over all phases, from 1. */
  readonly step: number;
  readonly steps: number;
  readonly phase: number;
  readonly losses: Readonly<Record<string, number>>;
  readonly stepMs: number;
}

export interface DistillationWatch {
  readonly signal: AbortSignal;
  metrics(metrics: DistillationMetrics): void;
  /** Something to keep; awaited before the next step. */
  checkpoint(checkpoint: DistillationCheckpoint): Promise<void>;
  rolledBack(reason: Divergence, step: number, rateFactor: number): void;
}

/**
 * Runs a recipe to its end, or on from a checkpoint; `weights.average` of the outcome is the network.
 * Throws training.diverged after three roll-backs of one phase, job.cancelled when stopped, features.unusable, session.*.
 */
export async function distil(setup: DistillationSetup, watch: DistillationWatch): Promise<StateVectors> {
  const { recipe, resume } = setup;
  let vectors = resume?.vectors ?? startOf(recipe);
  for (let phase = resume?.phase ?? 0; phase < recipe.phases.length; phase++) {
    const random = createRandom(recipe.seed + phase).state();
    const fresh = { recipe, phase, step: 0, random, guard: freshGuard, rateFactor: 1, rollBacks: 0, vectors: beginning(vectors) };
    vectors = await runPhase(setup, resume?.phase === phase ? resume : fresh, watch);
  }
  return vectors;
}

function startOf(recipe: DistillationRecipe): StateVectors {
  return { weights: startVector(featureStudentLayout(recipe), createRandom(recipe.seed)) };
}

/** Where a phase starts: the averaged network of the one before, moments forgotten. */
function beginning(vectors: StateVectors): StateVectors {
  return { weights: vectors['weights.average'] ?? vectors.weights };
}

async function runPhase(setup: DistillationSetup, from: DistillationCheckpoint, watch: DistillationWatch): Promise<StateVectors> {
  const before = setup.recipe.phases.slice(0, from.phase).reduce((sum, { steps }) => sum + steps, 0);
  const learner = await openLearner(setup, setup.recipe.phases[from.phase], from);
  let good = from;
  try {
    for (;;) {
      const divergence = await stepOn(setup, learner, { from: good, before, watch, keep: (checkpoint) => (good = checkpoint) });
      if (!divergence) return learner.state.vectors();
      if (good.rollBacks === mostRollBacks) throw new StudioError('training.diverged', { step: before + learner.step + 1, reason: divergence });
      good = { ...good, rollBacks: good.rollBacks + 1, rateFactor: good.rateFactor * rollBackFactor, guard: freshGuard };
      watch.rolledBack(divergence, before + good.step, good.rateFactor);
      learner.restart(good);
    }
  } finally {
    await learner.close();
  }
}

/** The session of a phase and all that moves with it. */
interface Learner {
  state: TrainingState;
  batches: DistillationBatches;
  step: number;
  learn(phase: DistillationPhase, rateFactor: number): Promise<Record<string, number>>;
  restart(from: { readonly vectors: StateVectors; readonly random: RandomState; readonly step: number }): void;
  close(): Promise<void>;
}

async function openLearner({ recipe, pictures, original, sessions, options }: DistillationSetup, phase: DistillationPhase, from: DistillationCheckpoint): Promise<Learner> {
  const { model, file, normalisation } = original;
  const graph = distillationGraph({
    student: recipe,
    original: (x) => importGraph(model, x, featureLayers, file),
    normalise: (x) => perceptualFeatures({ style: [], content: [], normalisation }, (y) => ({ y }))(x).y,
    cropPx: recipe.cropPx,
    batch: phase.batch,
    guided: phase.guided,
    layers: phase.layers ?? featureLayers,
    weights: phase.weights,
  });
  const session = await sessions.open(emit(graph.outputs, { rules: await trainingRules(options.provider, sessions) }), options);
  const losses = tensor([graph.lossNames.length]);
  const at = (kept: Parameters<Learner['restart']>[0]) => ({
    state: createState(graph.groups, kept.vectors),
    batches: createDistillationBatches(pictures, { cropPx: recipe.cropPx, batch: phase.batch }, kept.random),
    step: kept.step,
  });
  const learner: Learner = {
    ...at(from),
    learn: async (stretch, rateFactor) => {
      const { state, batches, step } = learner;
      const rate = correctedRate(rateFactor * stretch.rate * rateShare(step, stretch.steps), state.updates('weights') + 1, distillationMoments);
      const feeds = { ...state.feeds(), pictures: batches.next(), 'rate.weights': scalar(rate), decay: scalar(decayAt(step, recipe.decay)) };
      await session.run(feeds, { ...state.into(), losses });
      state.advance();
      learner.step += 1;
      return Object.fromEntries(graph.lossNames.map((name, index) => [name, losses.data[index]]));
    },
    restart: (kept) => void Object.assign(learner, at(kept)),
    close: () => session.release(),
  };
  return learner;
}

interface Stretch {
  readonly from: DistillationCheckpoint;
  /** Steps of the phases before. */
  readonly before: number;
  readonly watch: DistillationWatch;
  keep(checkpoint: DistillationCheckpoint): void;
}

/** Steps to the end of the phase, or to where training has left the road. */
async function stepOn({ recipe }: DistillationSetup, learner: Learner, { from, before, watch, keep }: Stretch): Promise<Divergence | undefined> {
  const phase = recipe.phases[from.phase];
  const steps = recipe.phases.reduce((sum, each) => sum + each.steps, 0);
  let guard: GuardState = from.guard;
  while (learner.step < phase.steps) {
    const started = performance.now();
    const losses = await learner.learn(phase, from.rateFactor);
    const verdict = judge(guard, losses);
    if (verdict.divergence) return verdict.divergence;
    guard = verdict.state;
    watch.metrics({ step: before + learner.step, steps, phase: from.phase, losses, stepMs: performance.now() - started });
    await nextTurn(); // a cancel arrives between steps
    if (watch.signal.aborted || learner.step % recipe.checkpointEvery === 0) {
      const checkpoint = { ...from, step: learner.step, guard, random: learner.batches.state(), vectors: learner.state.vectors() };
      keep(checkpoint);
      await watch.checkpoint(checkpoint);
    }
    if (watch.signal.aborted) throw new StudioError('job.cancelled');
  }
  return undefined;
}

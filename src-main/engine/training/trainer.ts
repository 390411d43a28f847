// The training loop: phases in turn, watched, rolled back where they fail, kept where they stand.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { StudioError } from '../../contract/fault.ts';
import type { Depth, Phase, TrainingMetrics, TrainingRecipe } from '../../contract/training.ts';
import type { GeneratorSpec } from '../../contract/style.ts';
import type { SessionFactory, SessionOptions } from '../runtime/session.ts';
import { createRandom } from '../tensor/random.ts';
import type { BatchRule, Dataset } from './batch.ts';
import { drawnHere, type BatchSource, type OpenBatches } from './batch-source.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { FeatureModel, StyleTargets } from './feature-model.ts';
import { freshGuard, judge, mostRollBacks, rollBackFactor, type Divergence, type GuardState } from './guard.ts';
import { createClock, type Clock } from './metrics.ts';
import { openPhase, patchRule, type PhaseRun } from './phase-run.ts';
import { regionalAim, type Region } from './regions.ts';
import type { StateVectors } from './state.ts';
import { steer, type Steering } from './steering.ts';

export interface TrainerSetup {
  readonly recipe: TrainingRecipe;
  readonly generator: GeneratorSpec;
  readonly dataset: Dataset;
  readonly features: FeatureModel;
  readonly targets: readonly StyleTargets[];
  /** Parts of each style's paintings, for phases that aim at them. */
  readonly regions?: readonly (readonly Region[])[] | undefined;
  /** `weights` [P] and `code` [K·S] to start from. */
  readonly start: StateVectors;
  readonly resume?: Checkpoint;
  readonly sessions: SessionFactory;
  readonly options: SessionOptions;
  /** Where batches are drawn; here, between the steps, when absent. */
  readonly openBatches?: OpenBatches;
}

/** What a run tells while it goes; all of it may be slow, nothing of it may change the run. */
export interface TrainerWatch {
  readonly signal: AbortSignal;
  metrics(metrics: TrainingMetrics): void;
  /** Something to keep; awaited before the next step. */
  checkpoint(checkpoint: Checkpoint): Promise<void>;
  /** The averaged weights as they stand; called after every step, so the watcher decides how often it looks. */
  standing(vectors: () => StateVectors, depth: Depth): Promise<void>;
  /** What the artist wishes of the next step; nothing where absent. */
  steering?(): Steering | undefined;
  /** Awaited between steps; a run is paused as long as it does not settle. */
  gate?(): Promise<void>;
  /** True where the run shall end as it stands, as if it had come to its end. */
  isFinished?(): boolean;
  /** `step`, counted over all phases, is the one from which it goes on. */
  rolledBack(reason: Divergence, step: number, rateFactor: number): void;
}

/** Runs a recipe to its end. Throws training.diverged after three roll-backs of one phase, job.cancelled when stopped. */
export async function train(setup: TrainerSetup, watch: TrainerWatch): Promise<StateVectors> {
  const { recipe, resume } = setup;
  const clock = createClock(recipe);
  let vectors: StateVectors = resume?.vectors ?? setup.start;
  for (let phase = resume?.phase ?? 0; phase < recipe.phases.length; phase++) {
    const from = resume?.phase === phase ? resume : beginning(setup, phase, vectors);
    vectors = await trainPhase(setup, from, watch, clock);
    if (watch.isFinished?.()) break;
  }
  return vectors;
}

/** Where a phase starts: the averaged network of the one before, moments forgotten. */
function beginning({ recipe, start }: TrainerSetup, phase: number, before: StateVectors): Checkpoint {
  const weights = before['weights.average'] ?? before.weights;
  const code = before['code.average'] ?? before.code;
  const critic = before.critic ?? start.critic; // one that is given knows paint already
  const vectors = { weights, code, ...(critic && { critic }) };
  const random = createRandom(recipe.seed + phase).state();
  return { recipe, phase, step: 0, random, guard: freshGuard, rateFactor: 1, rollBacks: 0, vectors };
}

const ruleOf = ({ cropPx, styleSizePx }: TrainingRecipe, { contentScale }: Phase): BatchRule => ({ ...patchRule, cropPx, styleSizePx, contentScale });

function aimOf({ regions, targets, dataset }: TrainerSetup, phase: Phase, rule: BatchRule): ReturnType<typeof regionalAim> | undefined {
  return regions && (phase.regional ?? 0) > 0 ? regionalAim(regions, targets, dataset, rule) : undefined;
}

interface Standing {
  readonly run: PhaseRun;
  readonly batches: BatchSource;
  step: number;
  guard: GuardState;
}

/** One phase from a checkpoint; every roll-back starts over from the last good one at lower rates. */
async function trainPhase(setup: TrainerSetup, from: Checkpoint, watch: TrainerWatch, clock: Clock): Promise<StateVectors> {
  const before = setup.recipe.phases.slice(0, from.phase).reduce((sum, { steps }) => sum + steps, 0);
  let good = from;
  for (;;) {
    const outcome = await trainFrom(setup, good, watch, clock);
    if ('vectors' in outcome) return outcome.vectors;
    const rollBacks = outcome.good.rollBacks + 1;
    if (rollBacks > mostRollBacks) throw new StudioError('training.diverged', { step: before + outcome.step + 1, reason: outcome.divergence });
    const rateFactor = outcome.good.rateFactor * rollBackFactor;
    good = { ...outcome.good, rollBacks, rateFactor, guard: freshGuard };
    watch.rolledBack(outcome.divergence, before + good.step, rateFactor);
  }
}

type Outcome = { readonly vectors: StateVectors } | { readonly divergence: Divergence; readonly step: number; readonly good: Checkpoint };

async function trainFrom(setup: TrainerSetup, from: Checkpoint, watch: TrainerWatch, clock: Clock): Promise<Outcome> {
  const { recipe, dataset } = setup;
  const phase = recipe.phases[from.phase];
  const frozen: StateVectors = phase.depth === 'sketch' ? { weights: from.vectors.weights } : {};
  const rule = ruleOf(recipe, phase);
  const run = await openPhase({ ...setup, phase, aim: aimOf(setup, phase, rule) }, from.vectors);
  const batches = (setup.openBatches ?? drawnHere)(dataset, rule, from.random);
  const now: Standing = { run, batches, step: from.step, guard: from.guard };
  const snapshot = (): Checkpoint => ({
    ...from,
    step: now.step,
    guard: now.guard,
    random: batches.state(),
    vectors: { ...frozen, ...run.vectors() },
  });
  let good = from;
  try {
    while (now.step < phase.steps && !watch.isFinished?.()) {
      const divergence = await oneStep(now, { recipe, from, rule, watch, clock });
      if (divergence) return { divergence, step: now.step, good };
      await watch.standing(() => snapshot().vectors, phase.depth);
      await nextTurn(); // messages arrive between steps, a cancel among them: no other wait may follow before the checkpoint
      if (watch.signal.aborted || now.step % recipe.checkpointEvery === 0) {
        good = snapshot();
        await watch.checkpoint(good);
      }
      if (watch.signal.aborted) throw new StudioError('job.cancelled');
      await watch.gate?.();
    }
    return { vectors: snapshot().vectors };
  } finally {
    await batches.close();
    await run.close();
  }
}

interface StepContext {
  readonly recipe: TrainingRecipe;
  readonly from: Checkpoint;
  readonly rule: BatchRule;
  readonly watch: TrainerWatch;
  readonly clock: Clock;
}

async function oneStep(now: Standing, { recipe, from, rule, watch, clock }: StepContext): Promise<Divergence | undefined> {
  const steering = watch.steering?.();
  const drawn = await now.batches.next();
  // chance of its own, so that a run without wishes is what it is without this
  const batch = steering ? steer(drawn, steering, rule, createRandom(recipe.seed + 7919 * (now.step + 1))) : drawn;
  const report = await now.run.step(batch, now.step, from.rateFactor, now.guard);
  const verdict = judge(now.guard, report.losses);
  if (verdict.divergence) return verdict.divergence;
  now.guard = verdict.state;
  now.step += 1;
  const { accuracy } = report.losses;
  watch.metrics({
    ...clock.tick(from.phase, now.step),
    depth: recipe.phases[from.phase].depth,
    losses: report.losses,
    gradientNorm: report.losses['norm.weights'] ?? report.losses['norm.code'] ?? 0,
    ...(accuracy === undefined ? {} : { discriminatorAccuracy: accuracy }),
    ...(report.skipped ? { skipped: report.skipped } : {}),
  });
  return undefined;
}

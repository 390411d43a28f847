// One phase of a run: its session, its state, and one step at a time.
import type { GeneratorSpec } from '../../contract/style.ts';
import { lossTerms, type Emphasis, type Phase, type TrainingRecipe } from '../../contract/training.ts';
import { colourNames } from '../losses/colour.ts';
import { rulesFor } from '../onnx/device-rules.ts';
import { emit } from '../onnx/emit.ts';
import { discriminatorLayout, defaultDiscriminator, type DiscriminatorSpec } from '../networks/patch-discriminator.ts';
import { startVector } from '../networks/parameters.ts';
import { correctedRate } from '../optimizers/adam.ts';
import { decayAt } from '../optimizers/average.ts';
import { rateShare } from '../optimizers/schedule.ts';
import type { Session, SessionFactory, SessionOptions } from '../runtime/session.ts';
import { createRandom } from '../tensor/random.ts';
import { scalar, tensor, type Tensor } from '../tensor/tensor.ts';
import type { Batch } from './batch.ts';
import { trainingRules } from './blocked-layout.ts';
import { paletteName } from './colour-targets.ts';
import { transportColours } from './colour-transport.ts';
import type { FeatureModel, StyleTargets } from './feature-model.ts';
import { winnerOf, type GuardState, type Winner } from './guard.ts';
import { adamOptionsOf, stepGraph, type StateGroup } from './step-graph.ts';
import { createRunningStyle, type RunningStyle } from './style-memory.ts';
import { createState, type StateVectors, type TrainingState } from './state.ts';

/** Side and number of the painter's patches the discriminator sees in a step. */
export const patchRule = { patchPx: 96, patches: 1 } as const;

export interface PhaseSetup {
  readonly recipe: TrainingRecipe;
  readonly phase: Phase;
  readonly generator: GeneratorSpec;
  readonly features: FeatureModel;
  /** Per style of the table. */
  readonly targets: readonly StyleTargets[];
  /** What a batch aims at; the whole style's targets where absent. */
  readonly aim?: ((batch: Batch) => StyleTargets) | undefined;
  readonly sessions: SessionFactory;
  readonly options: SessionOptions;
}

export interface StepReport {
  readonly losses: Readonly<Record<string, number>>;
  readonly skipped?: Winner;
}

export interface PhaseRun {
  /** Copies of all that moves, to go on from. */
  vectors(): Record<string, Float32Array>;
  /** Moves the state by one step; `step` counts from 0 in the phase. Throws session.failed. */
  step(batch: Batch, step: number, rateFactor: number, guard: GuardState): Promise<StepReport>;
  close(): Promise<void>;
}

/** Opens the session of a phase over the vectors it starts from; a critic that is new starts from the recipe's seed. */
export async function openPhase(setup: PhaseSetup, start: StateVectors): Promise<PhaseRun> {
  const { recipe, phase, generator, features, targets, sessions, options } = setup;
  const aim = setup.aim ?? ((batch: Batch) => targets[batch.style]);
  const discriminator: DiscriminatorSpec = { ...defaultDiscriminator, styles: targets.length };
  const graph = stepGraph({
    ...patchRule,
    depth: phase.depth,
    generator,
    discriminator,
    objective: recipe.objective,
    weights: phase.weights,
    cropPx: recipe.cropPx,
    marginPx: recipe.marginPx,
    styles: targets.length,
    features: features.extract,
    styleLayers: features.styleLayers,
    contentLayers: features.contentLayers,
    styleScales: features.styleScales,
    styleScaleShares: recipe.styleScaleShares,
    ownStyle: recipe.styleMemory?.own,
    frozen: phase.depth === 'sketch' ? start.weights : undefined,
  });
  const critic = start.critic ?? startVector(discriminatorLayout(discriminator), createRandom(recipe.seed));
  const state = createState(graph.groups, { ...start, critic });
  const style = createRunningStyle(graph.memory, { styles: targets.length, crops: recipe.styleMemory?.crops ?? 1 }, start);
  const rules = phase.depth === 'sketch' ? rulesFor(options.provider) : await trainingRules(options.provider, sessions);
  const session = await sessions.open(emit(graph.outputs, { rules }), options);
  return {
    vectors: () => ({ ...state.vectors(), ...style.vectors() }),
    step: createStepper({ session, state, style, graph, phase, aim, styles: targets.length, emphases: recipe.emphases ?? [] }),
    close: () => session.release(),
  };
}

interface Stepper {
  readonly session: Session;
  readonly state: TrainingState;
  readonly style: RunningStyle;
  readonly graph: { readonly groups: readonly StateGroup[]; readonly lossNames: readonly string[] };
  readonly phase: Phase;
  readonly aim: (batch: Batch) => StyleTargets;
  readonly styles: number;
  readonly emphases: readonly Emphasis[];
}

function createStepper({ session, state, style, graph, phase, aim, styles, emphases }: Stepper): PhaseRun['step'] {
  const wanted = new Set(session.inputs.map(({ name }) => name));
  const losses = tensor([graph.lossNames.length]);
  const painted = outputBuffer(session, 'painted');
  return async (batch, step, rateFactor, guard) => {
    const aimed = aim(batch);
    const feeds = {
      ...state.feeds(),
      ...style.feeds(batch.style),
      ...ratesOf({ state, graph, phase }, step, rateFactor),
      ...aimed,
      content: batch.content,
      ...(wanted.has(colourNames.asked) && { [colourNames.asked]: transportColours(batch.content, aimed[paletteName]) }),
      noise: batch.noise,
      patches: batch.patches,
      selection: oneHot(batch.style, styles),
      emphasis: emphasisFeed(emphases[batch.style] ?? {}, batch.emphasis ?? {}),
      decay: scalar(decayAt(step)),
    };
    const fed = Object.fromEntries(Object.entries(feeds).filter(([name]) => wanted.has(name)));
    await session.run(fed, { ...state.into(), ...style.into(), losses, painted });
    const skipped = phase.depth === 'paint' ? winnerOf(guard) : undefined;
    state.advance(heldBack(skipped));
    style.advance(batch.style);
    return { losses: Object.fromEntries(graph.lossNames.map((name, index) => [name, losses.data[index]])), skipped };
  };
}

function heldBack(skipped: Winner | undefined): ReadonlySet<string> {
  if (!skipped) return new Set();
  return new Set(skipped === 'discriminator' ? ['critic'] : ['weights', 'code']);
}

/** Rates with schedule and bias correction, per group; one rate of its own for each (TTUR, Heusel 2017). */
function ratesOf({ state, graph, phase }: Pick<Stepper, 'state' | 'graph' | 'phase'>, step: number, rateFactor: number): Record<string, Tensor> {
  const base = { weights: phase.generatorRate, code: phase.codeRate, critic: phase.discriminatorRate };
  const share = rateFactor * rateShare(step, phase.rateSteps ?? phase.steps);
  return Object.fromEntries(
    graph.groups.map(({ name }) => [`rate.${name}`, scalar(correctedRate(share * base[name], state.updates(name) + 1, adamOptionsOf(name)))]),
  );
}

function oneHot(index: number, length: number): Tensor {
  const row = tensor([1, length]);
  row.data[index] = 1;
  return row;
}

function emphasisFeed(planned: Emphasis, wished: Emphasis): Tensor {
  return tensor([lossTerms.length], Float32Array.from(lossTerms, (term) => (planned[term] ?? 1) * (wished[term] ?? 1)));
}

function outputBuffer(session: Session, name: string): Tensor {
  const port = session.outputs.find((output) => output.name === name);
  return tensor((port?.shape ?? []).map(Number));
}

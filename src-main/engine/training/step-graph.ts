// One whole training step as one graph: forward, gradients and update of the generator, its codes and the discriminator.
import type { GeneratorSpec } from '../../contract/style.ts';
import { lossTerms, type Depth, type LossWeights, type Objective } from '../../contract/training.ts';
import { add, averagePool2d, concat, constant, input, multiply, reshape, slice } from '../graph/ops/index.ts';
import { gradients } from '../graph/gradient.ts';
import type { Value } from '../graph/value.ts';
import { accuracy, games, gradientPenalty } from '../losses/adversarial.ts';
import { chromaLoss, colourNames, toneCellPx, toneLoss } from '../losses/colour.ts';
import { contentLoss } from '../losses/content.ts';
import { identityLoss } from '../losses/identity.ts';
import { latticeLoss } from '../losses/lattice.ts';
import { roughnessInputs, roughnessLoss } from '../losses/roughness.ts';
import { smoothnessLoss } from '../losses/smoothness.ts';
import { rememberedStyleLoss, styleLoss, type StyleTarget } from '../losses/style.ts';
import { toneOrderLoss } from '../losses/tone-order.ts';
import { codeLayout, generate, generatorLayout, liveNorm } from '../networks/generator.ts';
import { bind } from '../networks/parameters.ts';
import { discriminate, discriminatorLayout, type DiscriminatorSpec } from '../networks/patch-discriminator.ts';
import type { Extractor } from '../networks/perceptual-features.ts';
import { adam, clipNorm, gradientNorm, type AdamOptions } from '../optimizers/adam.ts';
import { movingAverage } from '../optimizers/average.ts';

/** What a step's graph is built for; everything else is fed. */
export interface StepSpec {
  readonly depth: Depth;
  readonly generator: GeneratorSpec;
  readonly discriminator: DiscriminatorSpec;
  readonly objective: Objective;
  readonly weights: LossWeights;
  /** Side of the content crop in px, and what of it on every side no loss looks at. Multiples of 4. */
  readonly cropPx: number;
  readonly marginPx: number;
  /** Side and number of the painter's patches. */
  readonly patchPx: number;
  readonly patches: number;
  /** Rows of the code table. */
  readonly styles: number;
  readonly features: Extractor;
  readonly styleLayers: readonly { readonly name: string; readonly channels: number }[];
  readonly contentLayers: readonly string[];
  /** Reductions at which the style is compared: 1 for strokes as they are, 2 for those twice as large. */
  readonly styleScales: readonly number[];
  /** Their shares in the style term; equal where absent. */
  readonly styleScaleShares?: readonly number[] | undefined;
  /** Where the style's statistics are compared as a mean over many crops, which is fed and handed on: the weight of each crop by itself. */
  readonly ownStyle?: number | undefined;
  /** Frozen weights [P] where only the code is taught: constants run faster. */
  readonly frozen?: Float32Array;
}

/** A group of numbers that an optimizer moves: `NAME`, `NAME.first`, `NAME.second` and, where averaged, `NAME.average`. */
export interface StateGroup {
  readonly name: 'weights' | 'code' | 'critic';
  readonly size: number;
  readonly averaged: boolean;
}

/** Largest gradient norm that passes unshortened. */
export const normLimit: Readonly<Record<StateGroup['name'], number>> = { weights: 10, code: 10, critic: 10 };
const moments: Readonly<Record<StateGroup['name'], AdamOptions>> = {
  weights: { beta1: 0.9, beta2: 0.999 },
  code: { beta1: 0.9, beta2: 0.999 },
  critic: { beta1: 0.5, beta2: 0.999 }, // Radford 2016
};
/** Weight of the order of light and dark beside features in the content term, where tone is no term of its own. */
const toneShare = 2;
/** The optimizers' constants, for the host's bias correction. */
export const adamOptionsOf = (name: StateGroup['name']): AdamOptions => moments[name];

/** The groups a depth moves. */
export function stateGroups({ depth, generator, discriminator, styles }: Pick<StepSpec, 'depth' | 'generator' | 'discriminator' | 'styles'>): StateGroup[] {
  return [
    ...(depth === 'sketch' ? [] : [{ name: 'weights', size: generatorLayout(generator).size, averaged: true } as const]),
    { name: 'code', size: styles * codeLayout(generator).size, averaged: true },
    ...(depth === 'paint' ? [{ name: 'critic', size: discriminatorLayout(discriminator).size, averaged: false } as const] : []),
  ];
}

/** A loss and the vectors that move to lessen it. */
export interface Descent {
  readonly loss: Value;
  readonly trained: readonly Value[];
}

export interface StepGraph {
  readonly outputs: Readonly<Record<string, Value>>;
  readonly groups: readonly StateGroup[];
  /** Names of the numbers in the output `losses`, in order. */
  readonly lossNames: readonly string[];
  /** What is lessened by whom: the painters' loss, and the critic's where there is one. */
  readonly descents: readonly Descent[];
  /** What the style has missed over many crops: numbers of each slot, fed as `memory.SLOT` and handed on as `next.memory.SLOT`. */
  readonly memory: readonly MemorySlot[];
}

export interface MemorySlot {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Input name of a slot, and of the newest crop's part in its mean. */
export const memoryNameOf = (slot: string): string => `memory.${slot}`;
export const memoryShareName = 'memory.share';

/**
 * The graph of one step. Inputs: `content` [1,3,S,S], `noise` [1,1,S,S], `emphasis` [T] (factors in the order of lossTerms), with several
 * styles `selection` [1,K], with a weight of tone or of chroma
 * `colours` [1,3,S/4,S/4] (transportColours) and `tone.power` [] or `chroma.power` [] (colourTargets), with one of roughness its targets (roughnessTargets),
 * `gram.LAYER@SCALE` [C,C], with a memory of style `memory.gram.LAYER@SCALE` [C,C] and `memory.share` [], `rms.LAYER@SCALE` [] (1/rms), `patches` [n,3,p,p], `rate.GROUP` [], `decay` [], and the state groups.
 * Outputs: the groups moved on (same names with `next.`), `painted` [1,3,s,s] and `losses` [L].
 */
export function stepGraph(spec: StepSpec): StepGraph {
  const groups = stateGroups(spec);
  const state = Object.fromEntries(groups.map(({ name, size }) => [name, input(name, [size])]));
  const painted = paint(spec, state);
  const { terms, means } = perceptualTerms(spec, painted);
  const game = spec.depth === 'paint' ? playGame(spec, state.critic, painted.inner) : undefined;
  const total = weightedSum({ ...spec.weights }, emphasise({ ...terms, ...(game ? { adversarial: game.generatorLoss } : {}) }));
  const reports: Record<string, Value> = { total, ...terms, ...(game?.reports ?? {}) };
  const outputs: Record<string, Value> = { painted: painted.inner };
  const painters = groups.filter(({ name }) => name !== 'critic');
  const rivals = [{ loss: total, moved: painters }, ...(game ? [{ loss: emphasise({ adversarial: game.discriminatorLoss }).adversarial, moved: groups.slice(painters.length) }] : [])];
  const descents = rivals.map(({ loss, moved }): Descent => ({ loss, trained: moved.map(({ name }) => state[name]) }));
  for (const [rival, { loss, trained }] of descents.entries()) {
    const slopes = gradients(loss, trained);
    rivals[rival].moved.forEach((group, index) => Object.assign(outputs, update(group, trained[index], slopes[index], reports)));
  }
  for (const [slot, mean] of Object.entries(means)) outputs[`next.${memoryNameOf(slot)}`] = mean;
  const lossNames = Object.keys(reports);
  outputs.losses = concat(...lossNames.map((name) => reshape(reports[name], { shape: [1] })), { axis: 0 });
  return { outputs, groups, lossNames, descents, memory: Object.entries(means).map(([name, { shape }]) => ({ name, shape })) };
}

/** Each term times its factor: of the style at hand, and what the artist wishes of the step. */
function emphasise(terms: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  const factors = input('emphasis', [lossTerms.length]);
  const factorOf = (name: string): Value => {
    const index = lossTerms.findIndex((term) => term === name);
    return reshape(slice(factors, { axes: [0], starts: [index], ends: [index + 1] }), { shape: [] });
  };
  return Object.fromEntries(Object.entries(terms).map(([name, term]) => [name, multiply(term, factorOf(name))]));
}

interface Painted {
  /** The centre of crop and result, on which losses are taken, [1,3,s,s]. */
  readonly content: Value;
  readonly inner: Value;
}

function paint(spec: StepSpec, state: Readonly<Record<string, Value>>): Painted {
  const { cropPx, generator } = spec;
  const content = input('content', [1, 3, cropPx, cropPx]);
  const noise = input('noise', [1, 1, cropPx, cropPx]);
  const vector = spec.frozen ? constant(spec.frozen, [spec.frozen.length]) : state.weights;
  const code = bind(codeLayout(generator), selectedCode(spec, state.code));
  const painted = generate(generator, bind(generatorLayout(generator), vector), liveNorm(code), content, noise);
  return { content: centre(spec, content), inner: centre(spec, painted) };
}

/** One row of the table, or the blend that the selection asks for. */
function selectedCode({ styles, generator }: StepSpec, table: Value): Value {
  if (styles === 1) return table;
  const selection = reshape(input('selection', [1, styles]), { shape: [styles, 1] });
  const rows = reshape(table, { shape: [styles, codeLayout(generator).size] });
  const blended = multiply(rows, selection);
  return reshape(sumRows(blended), { shape: [codeLayout(generator).size] });
}

function sumRows(rows: Value): Value {
  const [count, size] = rows.shape;
  const parts = Array.from({ length: count }, (_, row) => slice(rows, { axes: [0], starts: [row], ends: [row + 1] }));
  return reshape(parts.reduce((sum, part) => add(sum, part)), { shape: [size] });
}

function centre({ cropPx, marginPx }: StepSpec, x: Value): Value {
  if (marginPx === 0) return x;
  return slice(x, { axes: [2, 3], starts: [marginPx, marginPx], ends: [cropPx - marginPx, cropPx - marginPx] });
}

interface PerceptualTerms {
  readonly terms: Record<string, Value>;
  /** What the style misses by slot, averaged with what it missed before. */
  readonly means: Readonly<Record<string, Value>>;
}

/** Content, style, tone, chroma, roughness, identity, smoothness and lattice; terms of weight 0 are not built. */
function perceptualTerms(spec: StepSpec, { content, inner }: Painted): PerceptualTerms {
  const { weights } = spec;
  const found = weights.content > 0 || weights.style > 0 ? featureTerms(spec, { content, inner }) : { terms: {}, means: {} };
  const terms: Record<string, Value> = { ...found.terms };
  if (weights.smoothness > 0) terms.smoothness = smoothnessLoss(inner);
  if (weights.lattice > 0) terms.lattice = latticeLoss(inner);
  if (weights.tone !== undefined && weights.tone > 0) terms.tone = toneLoss(inner, askedColours(spec), input(colourNames.tone, []));
  if (weights.chroma !== undefined && weights.chroma > 0) terms.chroma = chromaLoss(inner, askedColours(spec), input(colourNames.chroma, []));
  if (weights.roughness !== undefined && weights.roughness > 0) terms.roughness = roughnessLoss(inner, content, { 1: roughnessInputs(1), 2: roughnessInputs(2) });
  if (weights.identity > 0) terms.identity = identityLoss(inner, content);
  return { terms, means: found.means };
}

function featureTerms(spec: StepSpec, { content, inner }: Painted): PerceptualTerms {
  const seen = spec.features(inner);
  const wanted = spec.features(content);
  const arrangement = average(spec.contentLayers.map((name) => contentLoss(seen[name], wanted[name])));
  const scales = spec.styleScales.map((scale) => styleAt(spec, scale, scale === 1 ? seen : spec.features(averagePool2d(inner, { size: scale }))));
  return {
    terms: {
      content: spec.weights.tone === undefined ? add(arrangement, multiply(toneOrderLoss(inner, content), constant(toneShare))) : arrangement,
      style: weighedMean(scales.map(({ loss }) => loss), spec.styleScaleShares),
    },
    means: Object.assign({}, ...scales.map(({ means }) => means)),
  };
}

/** The style term at one reduction, against the painting reduced alike. */
function styleAt({ styleLayers, ownStyle }: StepSpec, scale: number, seen: Readonly<Record<string, Value>>): { loss: Value; means: Record<string, Value> } {
  const means: Record<string, Value> = {};
  const losses = styleLayers.map(({ name, channels }) => {
    const names = targetNames(name, scale);
    const shape = [channels, channels];
    const target: StyleTarget = { gram: input(names.gram, shape), inverseRms: input(names.inverseRms, []) };
    if (ownStyle === undefined) return styleLoss(seen[name], target);
    const { loss, mean } = rememberedStyleLoss(seen[name], target, { past: input(memoryNameOf(names.gram), shape), share: input(memoryShareName, []), own: ownStyle });
    means[names.gram] = mean;
    return loss;
  });
  return { loss: average(losses), means };
}

/** What is asked of the centre, cell by cell. */
function askedColours({ cropPx, marginPx }: StepSpec): Value {
  const [side, margin] = [cropPx / toneCellPx, marginPx / toneCellPx];
  const asked = input(colourNames.asked, [1, 3, side, side]);
  return slice(asked, { axes: [2, 3], starts: [margin, margin], ends: [side - margin, side - margin] });
}

/** Input names of a layer's style target at one reduction. */
export function targetNames(layer: string, scale: number): { readonly gram: string; readonly inverseRms: string } {
  return { gram: `gram.${layer}@${scale}`, inverseRms: `rms.${layer}@${scale}` };
}

function playGame(spec: StepSpec, critic: Value, painted: Value) {
  const { discriminator, objective, patches, patchPx, weights } = spec;
  const parts = bind(discriminatorLayout(discriminator), critic);
  const selection = spec.styles > 1 ? input('selection', [1, spec.styles]) : undefined;
  const real = input('patches', [patches, 3, patchPx, patchPx]);
  const realLogits = discriminate(discriminator, parts, real, selection);
  const paintedLogits = discriminate(discriminator, parts, painted, selection);
  const game = games[objective];
  const penalty: Record<string, Value> = weights.r1 > 0 ? { r1: gradientPenalty(realLogits, real) } : {};
  const discriminatorLoss = weightedSum({ game: 1, r1: weights.r1 / 2 }, { game: game.discriminator(realLogits, paintedLogits), ...penalty });
  const generatorLoss = game.generator(paintedLogits);
  const reports: Record<string, Value> = { adversarial: generatorLoss, discriminator: discriminatorLoss, accuracy: accuracy(objective, realLogits, paintedLogits), ...penalty };
  return { generatorLoss, discriminatorLoss, reports };
}

function update({ name, size, averaged }: StateGroup, weights: Value, slope: Value, reports: Record<string, Value>): Record<string, Value> {
  const norm = gradientNorm(slope);
  reports[`norm.${name}`] = norm;
  const before = { weights, first: input(`${name}.first`, [size]), second: input(`${name}.second`, [size]) };
  const after = adam(before, clipNorm(slope, norm, normLimit[name]), input(`rate.${name}`, []), moments[name]);
  const moved: Record<string, Value> = {
    [`next.${name}`]: after.weights,
    [`next.${name}.first`]: after.first,
    [`next.${name}.second`]: after.second,
  };
  if (averaged) moved[`next.${name}.average`] = movingAverage(input(`${name}.average`, [size]), after.weights, input('decay', []));
  return moved;
}

function average(values: readonly Value[]): Value {
  return multiply(values.reduce((sum, value) => add(sum, value)), constant(1 / values.length));
}

/** The mean where no shares are given. */
function weighedMean(values: readonly Value[], shares: readonly number[] = values.map(() => 1)): Value {
  const total = values.reduce((sum, _, at) => sum + (shares[at] ?? 0), 0);
  return values.map((value, at) => multiply(value, constant((shares[at] ?? 0) / total))).reduce((sum, value) => add(sum, value));
}

function weightedSum(weights: Readonly<Record<string, number>>, terms: Readonly<Record<string, Value>>): Value {
  return Object.entries(terms)
    .map(([name, term]) => multiply(term, constant(weights[name] ?? 0)))
    .reduce((sum, term) => add(sum, term));
}

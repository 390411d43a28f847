// A whole adversarial step on WebGPU, in software: the numbers of the CPU.
import { describe, expect, it } from 'vitest';
import { lossTerms } from '../../../../src-main/contract/training.ts';
import { portable } from '../../../../src-main/engine/graph/rewrite.ts';
import { startVector } from '../../../../src-main/engine/networks/parameters.ts';
import { discriminatorLayout } from '../../../../src-main/engine/networks/patch-discriminator.ts';
import { emit } from '../../../../src-main/engine/onnx/emit.ts';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { scalar, tensor, type AnyTensor, type Tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import { colourNames } from '../../../../src-main/engine/losses/colour.ts';
import { createBatches } from '../../../../src-main/engine/training/batch.ts';
import { paletteName } from '../../../../src-main/engine/training/colour-targets.ts';
import { transportColours } from '../../../../src-main/engine/training/colour-transport.ts';
import { styleScales } from '../../../../src-main/engine/training/feature-model.ts';
import { stepGraph } from '../../../../src-main/engine/training/step-graph.ts';
import { createState } from '../../../../src-main/engine/training/state.ts';
import { smallGenerator, smallPhase, smallRecipe, smallSetup } from '../../../support/small-teaching.ts';
import { softwareVulkanMissing } from '../../../support/software-vulkan.ts';
import { runOnWebgpu } from '../../../support/webgpu-run.ts';

const missing = softwareVulkanMissing();
if (missing) console.warn(`training on WebGPU is not tested: ${missing}`);

const discriminator = { channels: [16, 16], styles: 1 };

/** One step of the smallest game with R1, and what it is fed. */
async function smallStep() {
  const sessions = createOrtSessions();
  const phase = smallPhase('paint', 10);
  const { features, targets, dataset, start } = await smallSetup(sessions, smallRecipe([phase]));
  const graph = stepGraph({
    depth: 'paint', generator: smallGenerator, discriminator, objective: 'hinge', weights: phase.weights,
    cropPx: 32, marginPx: 4, patchPx: 32, patches: 1, styles: 1,
    features: features.extract, styleLayers: features.styleLayers, contentLayers: features.contentLayers, styleScales,
  });
  const critic = startVector(discriminatorLayout(discriminator), createRandom(2));
  const state = createState(graph.groups, { ...start, critic });
  const { content, noise, patches } = createBatches(dataset, { cropPx: 32, patchPx: 32, patches: 1, styleSizePx: 96 }, 1).next();
  const rates = Object.fromEntries(graph.groups.map(({ name }) => [`rate.${name}`, scalar(1e-3)]));
  // Moments of their own, so that the update is not a mere sign of the gradient.
  const random = createRandom(6);
  const moments = Object.fromEntries(graph.groups.flatMap(({ name, size }) => [
    [`${name}.first`, tensor([size], Float32Array.from({ length: size }, () => 0.01 * random.normal()))],
    [`${name}.second`, tensor([size], new Float32Array(size).fill(1e-2))],
  ]));
  const { [paletteName]: palette, ...aims } = targets[0]!;
  const feeds = { ...state.feeds(), ...moments, ...rates, ...aims, [colourNames.asked]: transportColours(content, palette!), content, noise, patches, decay: scalar(0.9), emphasis: tensor([lossTerms.length], new Float32Array(lossTerms.length).fill(1)) };
  return { model: emit(graph.outputs, { rules: portable }), feeds, lossNames: graph.lossNames, liveSessions: sessions.liveSessions() };
}

/** Largest difference relative to the largest number. */
function relativeDifference(a: AnyTensor, b: AnyTensor): number {
  const [x, y] = [a as Tensor, b as Tensor];
  const most = x.data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return x.data.reduce((largest, value, at) => Math.max(largest, Math.abs(value - y.data[at]!)), 0) / most;
}

describe.skipIf(missing)('a training step on WebGPU', () => {
  it('reports the losses and moves the weights, moments and averages of the CPU, within a thousandth', async () => {
    const step = await smallStep();
    expect(step.liveSessions).toBe(0);
    const reply = await runOnWebgpu({ model: step.model, feeds: step.feeds });
    if (!reply.ok) throw new Error(JSON.stringify(reply.fault));
    expect(step.lossNames).toEqual(expect.arrayContaining(['style', 'content', 'adversarial', 'r1', 'norm.critic']));
    expect(Object.keys(reply.webgpu).sort()).toEqual(Object.keys(reply.cpu).sort());
    for (const [name, expected] of Object.entries(reply.cpu)) {
      expect([name, relativeDifference(expected, reply.webgpu[name]!) < 1e-3]).toEqual([name, true]);
    }
    // the step did move what it trains
    const before: Readonly<Record<string, AnyTensor>> = step.feeds;
    for (const group of ['weights', 'code', 'critic'] as const) {
      expect(relativeDifference(before[group]!, reply.webgpu[`next.${group}`]!)).toBeGreaterThan(1e-5);
    }
    expect(reply.liveSessions).toBe(0);
  }, 300_000); // software Vulkan on cores that others use
});

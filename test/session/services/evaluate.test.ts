// The whole measurement on files: the right order, warnings in words, clear refusals.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { JobWatch } from '../../../src-main/contract/job.ts';
import { encodePixels } from '../../../src-main/engine/image/codec.ts';
import { discriminatorLayout } from '../../../src-main/engine/networks/patch-discriminator.ts';
import { createOrtSessions } from '../../../src-main/engine/runtime/ort-node.ts';
import { pixelsOf } from '../../../src-main/engine/tensor/layout.ts';
import { tensor, type Tensor } from '../../../src-main/engine/tensor/tensor.ts';
import { evaluate, seedDiversity } from '../../../src-main/services/evaluate.ts';
import { findFeatures } from '../../../src-main/services/features.ts';
import { writePreset } from '../../../src-main/services/library/preset-file.ts';
import { presetOf } from '../../support/preset.ts';
import { stripes } from '../../support/pictures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tinyFeatureNetwork } from '../../support/tiny-feature-network.ts';

const sessions = createOrtSessions();
afterEach(() => expect(sessions.liveSessions()).toBe(0));

function watchHere(signal = new AbortController().signal): JobWatch & { readonly warnings: string[] } {
  const warnings: string[] = [];
  return { signal, warnings, progress: () => undefined, warn: (key) => warnings.push(key) };
}

async function filesHere(pictures: Readonly<Record<string, Tensor>>) {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder, name);
  for (const [name, picture] of Object.entries(pictures)) await encodePixels(pixelsOf(picture, 8), at(name));
  writeFileSync(at('f.onnx'), tinyFeatureNetwork());
  return { at, host: { sessions, environment: { VELATURA_FEATURES: at('f.onnx'), VELATURA_HOME: folder } } };
}

const grey = (side: number, value: number): Tensor => tensor([1, 3, side, side], new Float32Array(3 * side * side).fill(value));
const content = stripes(320, 240, 30, 1.2);
const painting = stripes(400, 400, 8, 0.4, 1);
const painted = stripes(320, 240, 8, 0.4, 2);

describe('evaluate', () => {
  it('finds a painted picture nearer to its style and farther from its content than the photograph', async () => {
    const { at, host } = await filesHere({ 'a.png': content, 's.png': painting, 'r.png': painted });
    const watch = watchHere();
    const report = await evaluate({ content: at('a.png'), style: [at('s.png')], result: at('r.png') }, watch, host);
    expect(report).toMatchObject({ content: 'a.png', style: ['s.png'], result: 'r.png', features: { file: 'f.onnx' } });
    expect(report.contentKept.ssim).toBeLessThan(0.5);
    expect(report.styleMatch.map(({ scale }) => scale)).toEqual(['full', 'half']);
    expect(watch.warnings).toEqual(['evaluation.scale-skipped']);
    for (const { gram, photo } of report.styleMatch) expect(gram).toBeLessThan(photo.gram);
  });

  it('finds the content itself unchanged', async () => {
    const { at, host } = await filesHere({ 'a.png': content, 's.png': painting });
    const report = await evaluate({ content: at('a.png'), style: [at('s.png')], result: at('a.png') }, watchHere(), host);
    expect(report.contentKept).toEqual({ featureDistance: expect.closeTo(0, 6), ssim: expect.closeTo(1, 9), longSidePx: 320 });
    expect(report.colourShift).toBe(0);
    for (const { gram, photo } of report.styleMatch) expect(gram).toBeCloseTo(photo.gram, 6);
  });

  it('compares a result of another size and says so', async () => {
    const { at, host } = await filesHere({ 'a.png': content, 's.png': painting, 'r.png': stripes(200, 150, 30 * 0.625, 1.2) });
    const watch = watchHere();
    const report = await evaluate({ content: at('a.png'), style: [at('s.png')], result: at('r.png') }, watch, host);
    expect(report.contentKept.longSidePx).toBe(200);
    expect(report.contentKept.ssim).toBeGreaterThan(0.8);
    expect(watch.warnings).toContain('evaluation.resized');
  });

  it('stops when it is cancelled and lets go of its sessions', async () => {
    const { at, host } = await filesHere({ 'a.png': content, 's.png': painting });
    await expect(evaluate({ content: at('a.png'), style: [at('s.png')], result: at('a.png') }, watchHere(AbortSignal.abort()), host)).rejects.toMatchObject({ code: 'job.cancelled' });
  });

  it('refuses a missing picture and an empty style', async () => {
    const { at, host } = await filesHere({ 'a.png': content });
    await expect(evaluate({ content: at('a.png'), style: [], result: at('a.png') }, watchHere(), host)).rejects.toMatchObject({ code: 'usage.invalid' });
    await expect(evaluate({ content: at('a.png'), style: [at('no.png')], result: at('a.png') }, watchHere(), host)).rejects.toMatchObject({ code: 'picture.missing', details: { file: 'no.png' } });
  });
});

describe('realism', () => {
  const spec = { channels: [4], styles: 1 };
  const { size, parameters } = discriminatorLayout(spec);

  /** A critic that likes light: black is −0.2 to it, mid grey 0, white 1. */
  function lightCritic(): Float32Array {
    const numbers = new Float32Array(size);
    const offsetOf = (name: string): number => parameters.slice(0, parameters.findIndex((part) => part.name === name)).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    for (let input = 0; input < 12; input++) numbers[offsetOf('stage0') + input * 9 + 4] = 1 / 12;
    numbers[offsetOf('realness') + 4] = 1;
    return numbers;
  }

  async function withStyle(critic: Float32Array | undefined) {
    const files = await filesHere({ 'a.png': grey(300, 0.5), 's.png': grey(120, 0.75), 'r.png': grey(300, 1) });
    const preset = presetOf({ weights: [1], record: { name: 'Light', learnedSizePx: 100, ...(critic && { critic: spec }) } });
    await writePreset(files.at('light.vstyle'), { ...preset, ...(critic && { critic }) });
    const request = { content: files.at('a.png'), style: [files.at('s.png')], result: files.at('r.png'), preset: files.at('light.vstyle') };
    return { request, host: files.host };
  }

  it('is what the style’s own discriminator makes of result, photograph and paintings', async () => {
    const { request, host } = await withStyle(lightCritic());
    const report = await evaluate(request, watchHere(), host);
    expect(report.realism).toEqual({ result: expect.closeTo(1, 5), photo: expect.closeTo(0, 2), style: expect.closeTo(0.5, 2) });
  });

  it('is not told of a style without a discriminator, and a warning says so', async () => {
    const { request, host } = await withStyle(undefined);
    const watch = watchHere();
    expect(await evaluate(request, watch, host)).not.toHaveProperty('realism');
    expect(watch.warnings).toContain('evaluation.no-critic');
  });

  it('is refused where the discriminator has another size than the record says', async () => {
    const { request, host } = await withStyle(lightCritic().subarray(1));
    await expect(evaluate(request, watchHere(), host)).rejects.toMatchObject({ code: 'preset.corrupt' });
  });
});

describe('seedDiversity', () => {
  it('compares files, also of different size', async () => {
    const { at, host } = await filesHere({ 'a.png': stripes(96, 96, 9, 0), 'b.png': stripes(96, 96, 9, 1), 'c.png': stripes(64, 64, 6, 1) });
    expect(await seedDiversity([at('a.png'), at('a.png')], {}, host)).toBeCloseTo(0, 9);
    expect(await seedDiversity([at('a.png'), at('b.png'), at('c.png')], {}, host)).toBeGreaterThan(0.05);
    expect(await seedDiversity([], {}, host)).toBe(0);
  });
});

describe('findFeatures', () => {
  it('takes the flag before the environment before what ships', async () => {
    const folder = temporaryFolder();
    const file = (name: string): string => join(folder, name);
    mkdirSync(file('models'));
    for (const name of ['asked.onnx', 'environment.onnx', 'models/b.onnx', 'models/a.onnx', 'models/readme.md']) writeFileSync(file(name), '');
    const environment = { VELATURA_FEATURES: file('environment.onnx') };
    expect(await findFeatures(file('asked.onnx'), environment, folder)).toEqual({ path: file('asked.onnx'), from: 'asked' });
    expect(await findFeatures(undefined, environment, folder)).toEqual({ path: file('environment.onnx'), from: 'environment' });
    expect(await findFeatures(undefined, {}, folder)).toEqual({ path: file('models/a.onnx'), from: 'shipped' });
    writeFileSync(file('models/features.onnx'), '');
    expect(await findFeatures(undefined, {}, folder)).toEqual({ path: file('models/features.onnx'), from: 'shipped' });
  });

  it('never replaces a named network that is not there by another', async () => {
    await expect(findFeatures('/no/net.onnx', {}, temporaryFolder())).rejects.toMatchObject({ code: 'features.unusable', details: { file: 'net.onnx' } });
  });

  it('is a fault of its own where there is none', async () => {
    await expect(findFeatures(undefined, { VELATURA_FEATURES: '' }, temporaryFolder())).rejects.toMatchObject({ code: 'features.missing' });
  });
});

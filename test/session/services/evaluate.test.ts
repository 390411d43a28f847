// The whole measurement on files: the right order, warnings in words, clear refusals.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { JobWatch } from '../../../src-main/contract/job.ts';
import { encodePixels } from '../../../src-main/engine/image/codec.ts';
import { createOrtSessions } from '../../../src-main/engine/runtime/ort-node.ts';
import { pixelsOf } from '../../../src-main/engine/tensor/layout.ts';
import type { Tensor } from '../../../src-main/engine/tensor/tensor.ts';
import { evaluate, seedDiversity } from '../../../src-main/services/evaluate.ts';
import { findFeatures } from '../../../src-main/services/features.ts';
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
  });

  it('never replaces a named network that is not there by another', async () => {
    await expect(findFeatures('/no/net.onnx', {}, temporaryFolder())).rejects.toMatchObject({ code: 'features.unusable', details: { file: 'net.onnx' } });
  });

  it('is a fault of its own where there is none', async () => {
    await expect(findFeatures(undefined, { VELATURA_FEATURES: '' }, temporaryFolder())).rejects.toMatchObject({ code: 'features.missing' });
  });
});

// Teaching from the request to the files, in the trainer process.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TeachRequest, TrainerCommand } from '../../../../src-main/contract/teaching.ts';
import { discriminatorLayout } from '../../../../src-main/engine/networks/patch-discriminator.ts';
import { parseModel } from '../../../../src-main/engine/onnx/parse.ts';
import type { Platform, ProcessLink } from '../../../../src-main/services/platform.ts';
import { readPreset } from '../../../../src-main/services/library/preset-file.ts';
import { teach } from '../../../../src-main/services/teach/teach.ts';
import { keepTold, platformIn, teachFolder } from '../../../support/teach-folder.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const alone = { addToLibrary: false };
const never = new AbortController().signal;

const gone = (link: ProcessLink): Promise<void> => new Promise((resolve) => link.onExit(() => resolve()));

describe('teaching', () => {
  it('goes through the depths in turn and leaves a preset, a model and nothing else', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder);
    const { platform, trainer } = platformIn(folder);
    const told = keepTold(never);
    const outcome = await teach(request, { addToLibrary: true }, platform, told.watch);
    await gone(trainer());
    expect(told.order[0]).toBe('photos');
    expect([...new Set(told.metrics.map(({ depth }) => depth))]).toEqual(['sketch', 'refine', 'paint']);
    expect(told.metrics.map(({ step }) => step)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(told.metrics.at(-1)!.losses.r1).toBeGreaterThan(0);
    expect(told.metrics.at(-1)!.secondsLeft).toBe(0);
    expect(readdirSync(request.out).sort()).toEqual(['Strokes.onnx', 'Strokes.vstyle']);
    const preset = await readPreset(outcome.preset);
    expect(preset.record).toMatchObject({ kind: 'network', name: 'Strokes', depth: 'paint', learnedSizePx: 96, lineage: { steps: 30, recipe: { seed: 7, cropPx: 64 } } });
    expect(preset.record.base).toBe((await readPreset(request.base)).record.id);
    expect(preset.record.critic).toEqual({ channels: [32, 64], styles: 1 });
    expect(preset.critic!.length).toBe(discriminatorLayout(preset.record.critic!).size);
    expect(preset.thumbnail!.length).toBeGreaterThan(100);
    expect(JSON.stringify(preset.record)).not.toContain(folder);
    expect(parseModel(readFileSync(outcome.model), 'Strokes.onnx').summary.metadata['velatura.id']).toBe(preset.record.id);
    expect(readdirSync(join(folder, 'home', 'styles'))).toContain('Strokes.vstyle');
    expect(outcome.losses.style).toBeGreaterThan(0);
  });

  it('of a sketch gives a mere code for its base, and a model that stands alone', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder, { depth: 'sketch', steps: 4 });
    const outcome = await teach(request, alone, platformIn(folder).platform, keepTold(never).watch);
    const preset = await readPreset(outcome.preset);
    expect(preset.record.kind).toBe('code');
    expect(preset.weights).toBeUndefined();
    expect([preset.critic, preset.record.critic]).toEqual([undefined, undefined]);
    expect(readFileSync(outcome.model).length).toBeGreaterThan(4 * 20_000);
  });

  it('turns seconds into steps and writes them into the recipe', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder, { depth: 'refine', steps: undefined, seconds: 1 });
    const told = keepTold(never);
    const { preset, steps } = await teach(request, alone, platformIn(folder).platform, told.watch);
    expect(told.order).toContain('timing');
    const { recipe } = (await readPreset(preset)).record.lineage;
    expect(recipe.phases.map(({ depth }) => depth)).toEqual(['sketch', 'refine']);
    expect(recipe.phases.reduce((sum, phase) => sum + phase.steps, 0)).toBe(steps);
    expect(steps).toBeGreaterThan(2);
  });

  it('refuses before it starts what cannot work, and leaves no trace', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder);
    const unused: Platform = { ...platformIn(folder).platform, startProcess: () => { throw new Error('a trainer was started'); } };
    const attempt = (changes: Partial<TeachRequest>, signal = never): Promise<unknown> => teach({ ...request, ...changes }, alone, unused, keepTold(signal).watch);
    await expect(attempt({ base: 'none', depth: 'sketch' })).rejects.toMatchObject({ code: 'usage.invalid' });
    await expect(attempt({ paintings: [join(folder, 'nowhere.png')] })).rejects.toMatchObject({ code: 'picture.missing' });
    for (const name of ['a/b', 'CON', 'night.', ' ', 'x'.repeat(81)]) await expect(attempt({ name }), name).rejects.toMatchObject({ code: 'usage.invalid' });
    await expect(attempt({}, AbortSignal.abort())).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(readdirSync(request.out)).toEqual([]);
  });

  it('reports what its trainer finds wrong as a fault of its own', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder);
    const { platform } = platformIn(folder);
    const few = join(folder, 'few');
    mkdirSync(few);
    writeFileSync(join(few, 'a.png'), readFileSync(join(request.photos![0]!, '0.png')));
    const attempt = (changes: Partial<TeachRequest>): Promise<unknown> => teach({ ...request, ...changes }, alone, platform, keepTold(never).watch);
    await expect(attempt({ photos: [few] })).rejects.toMatchObject({ code: 'photos.too-few', details: { count: 1 } });
    await expect(attempt({ features: join(request.photos![0]!, '0.png') })).rejects.toMatchObject({ code: 'features.unusable' });
    expect(readdirSync(request.out)).toEqual([]);
  });

  it('goes on in a new version from an earlier style', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder, { depth: 'refine', steps: 4 });
    const { platform } = platformIn(folder);
    const first = await teach(request, alone, platform, keepTold(never).watch);
    const earlier = join(folder, 'earlier.vstyle');
    writeFileSync(earlier, readFileSync(first.preset));
    const second = await teach({ ...request, continueStyle: earlier }, alone, platform, keepTold(never).watch);
    const [before, after] = [await readPreset(earlier), await readPreset(second.preset)];
    expect(after.record.lineage.parent).toBe(before.record.id);
    expect(after.record.base).toBe(before.record.base);
    expect(after.record.id).not.toBe(before.record.id);
    // a sketch over a style with weights of its own keeps them: its code would mean nothing over the base
    const third = await readPreset((await teach({ ...request, depth: 'sketch', continueStyle: earlier }, alone, platform, keepTold(never).watch)).preset);
    expect(third.weights).toEqual(before.weights);
    expect(third.code).not.toEqual(before.code);
  });

  it('goes on from an earlier sketch over its base, and over no other', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder, { depth: 'sketch', steps: 3 });
    const { platform } = platformIn(folder);
    const earlier = join(folder, 'earlier.vstyle');
    writeFileSync(earlier, readFileSync((await teach(request, alone, platform, keepTold(never).watch)).preset));
    const again = await readPreset((await teach({ ...request, continueStyle: earlier }, alone, platform, keepTold(never).watch)).preset);
    expect(again.record).toMatchObject({ kind: 'code', base: (await readPreset(request.base)).record.id });
    const other = await teach({ ...request, depth: 'refine', name: 'Other' }, alone, platform, keepTold(never).watch);
    await expect(teach({ ...request, base: other.preset, continueStyle: earlier }, alone, platform, keepTold(never).watch)).rejects.toMatchObject({ code: 'preset.other-base' });
  });
});

describe('an order to the trainer', () => {
  it('is one command with the request and the folders of the run', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder, { name: 'Café, by night' });
    const sent: TrainerCommand[] = [];
    const link: ProcessLink = { pid: 1, send: (message) => void sent.push(message as TrainerCommand), onMessage: (listener) => setImmediate(() => listener({ kind: 'failed', fault: { code: 'internal', details: {} } })), onExit: () => undefined, kill: () => undefined };
    const platform: Platform = { ...platformIn(folder).platform, startProcess: () => link };
    await expect(teach(request, alone, platform, keepTold(never).watch)).rejects.toMatchObject({ code: 'internal' });
    expect(sent).toEqual([{ kind: 'teach', request, folders: { resources: platform.folders.resources, run: join(request.out, 'Café, by night.teaching') } }]);
  });
});

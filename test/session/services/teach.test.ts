// Teaching from the request to the files, in the trainer process: to the end, cancelled, killed and resumed.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TeachRequest, TrainerCommand } from '../../../src-main/contract/teaching.ts';
import { parseModel } from '../../../src-main/engine/onnx/parse.ts';
import { decodeCheckpoint } from '../../../src-main/engine/training/checkpoint.ts';
import { nodePlatform } from '../../../src-main/services/node-platform.ts';
import type { Platform, ProcessLink } from '../../../src-main/services/platform.ts';
import { readPreset } from '../../../src-main/services/preset-file.ts';
import { teach } from '../../../src-main/services/teach.ts';
import { keepTold, teachFolder, type Told } from '../../support/teach-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const alone = { addToLibrary: false };
const never = new AbortController().signal;
const checkpointOf = (request: TeachRequest): string => join(request.out, 'Strokes.teaching', 'checkpoint.zip');

/** A platform in a folder of its own that hands out the trainer it started. */
function platformIn(home: string): { readonly platform: Platform; trainer(): ProcessLink } {
  const platform = nodePlatform({ environment: { VELATURA_HOME: join(home, 'home') } });
  let started: ProcessLink | undefined;
  const startProcess: Platform['startProcess'] = (entry) => (started = platform.startProcess(entry));
  return {
    platform: { ...platform, startProcess },
    trainer: () => {
      if (!started) throw new Error('no trainer was started');
      return started;
    },
  };
}

const gone = (link: ProcessLink): Promise<void> => new Promise((resolve) => link.onExit(() => resolve()));

/** Cancelled when a step of this number is reported; says how long the answer took. */
async function cancelledAt(step: number, request: TeachRequest, platform: Platform): Promise<{ told: Told; seconds: number }> {
  const cancel = new AbortController();
  let asked = 0;
  const told = keepTold(cancel.signal, (metrics) => {
    if (metrics.step !== step) return;
    asked = performance.now();
    cancel.abort();
  });
  await expect(teach(request, alone, platform, told.watch)).rejects.toMatchObject({ code: 'job.cancelled' });
  return { told, seconds: (performance.now() - asked) / 1000 };
}

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

  it('that is cancelled answers within two seconds and leaves a checkpoint, from which it ends in the same numbers', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder);
    const { platform } = platformIn(folder);
    const { told, seconds } = await cancelledAt(20, request, platform);
    expect(seconds).toBeLessThan(2);
    expect(told.warnings).toEqual(['training.resumable']);
    expect(existsSync(join(request.out, 'Strokes.vstyle'))).toBe(false);
    expect(decodeCheckpoint(readFileSync(checkpointOf(request)), 'checkpoint.zip').phase).toBe(2);
    const rest = keepTold(never);
    const resumed = await teach({ ...request, resume: true }, alone, platform, rest.watch);
    expect(rest.metrics[0]!.step).toBeGreaterThan(20);
    const straight = await teach({ ...request, out: join(folder, 'straight') }, alone, platform, keepTold(never).watch);
    const [one, other] = [await readPreset(resumed.preset), await readPreset(straight.preset)];
    expect(one.record.id).toBe(other.record.id);
    expect(rest.warnings).toEqual([]);
    expect(readdirSync(request.out).sort()).toEqual(['Strokes.onnx', 'Strokes.vstyle']);
  });

  it('that is cancelled while its steps are being timed answers as promptly', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder, { steps: undefined, seconds: 600 });
    const cancel = new AbortController();
    const told = keepTold(cancel.signal);
    let asked = 0;
    const progress: Told['watch']['progress'] = ({ stage }) => {
      if (stage !== 'timing' || cancel.signal.aborted) return;
      asked = performance.now();
      cancel.abort();
    };
    await expect(teach(request, alone, platformIn(folder).platform, { ...told.watch, progress })).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(performance.now() - asked).toBeLessThan(2000);
    expect(told.metrics).toEqual([]);
  });

  it('is not resumed as something else, nor from a damaged checkpoint, nor from none', async () => {
    const folder = temporaryFolder();
    const request = { ...(await teachFolder(folder)), resume: true };
    const { platform } = platformIn(folder);
    const attempt = (changes: Partial<TeachRequest>): Promise<unknown> => teach({ ...request, ...changes }, alone, platform, keepTold(never).watch);
    await expect(attempt({})).rejects.toMatchObject({ code: 'checkpoint.missing' });
    expect(readdirSync(request.out)).toEqual([]);
    await cancelledAt(5, { ...request, resume: false }, platform);
    const bytes = readFileSync(checkpointOf(request));
    await expect(attempt({ seed: 8 })).rejects.toMatchObject({ code: 'checkpoint.other-recipe', details: { reason: 'seed' } });
    await expect(attempt({ steps: 60 })).rejects.toMatchObject({ code: 'checkpoint.other-recipe', details: { reason: 'phases' } });
    writeFileSync(checkpointOf(request), bytes.subarray(0, bytes.length - 100));
    await expect(attempt({})).rejects.toMatchObject({ code: 'checkpoint.corrupt' });
    expect(existsSync(checkpointOf(request))).toBe(true);
  });

  it('says when it is resumed in another environment, which may change its last bits', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder, { depth: 'sketch', steps: 8 });
    const { platform } = platformIn(folder);
    await cancelledAt(3, request, platform);
    const rest = keepTold(never);
    await teach({ ...request, resume: true, threads: 2 }, alone, platform, rest.watch);
    expect(rest.warnings).toEqual(['training.other-environment']);
  });

  it('whose trainer is killed says so, and goes on from the last checkpoint', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder, { depth: 'sketch', steps: 260 });
    const { platform, trainer } = platformIn(folder);
    const told = keepTold(never, ({ step }) => void (step === 230 && process.kill(trainer().pid!, 'SIGKILL')));
    await expect(teach(request, alone, platform, told.watch)).rejects.toMatchObject({ code: 'training.process-lost', details: { reason: 'SIGKILL' } });
    expect(readdirSync(request.out)).toEqual(['Strokes.teaching']);
    const rest = keepTold(never);
    await teach({ ...request, resume: true }, alone, platform, rest.watch);
    expect(rest.metrics[0]!.step).toBe(201);
    expect(rest.metrics.at(-1)!.step).toBe(260);
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
    writeFileSync(join(few, 'a.png'), readFileSync(join(request.photos!, '0.png')));
    const attempt = (changes: Partial<TeachRequest>): Promise<unknown> => teach({ ...request, ...changes }, alone, platform, keepTold(never).watch);
    await expect(attempt({ photos: few })).rejects.toMatchObject({ code: 'photos.too-few', details: { count: 1 } });
    await expect(attempt({ features: join(request.photos!, '0.png') })).rejects.toMatchObject({ code: 'features.unusable' });
    expect(readdirSync(request.out)).toEqual([]);
  });

  it('that is cancelled before its first step leaves nothing behind', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder);
    const cancel = new AbortController();
    const told = keepTold(cancel.signal);
    const watch = { ...told.watch, progress: () => cancel.abort() };
    await expect(teach(request, alone, platformIn(folder).platform, watch)).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(readdirSync(request.out)).toEqual([]);
    expect(told.warnings).toEqual([]);
  });

  it('is refused where another one of its name is at work', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder);
    const { platform } = platformIn(folder);
    let second: Promise<unknown> | undefined;
    const told = keepTold(never, ({ step }) => {
      if (step === 1) second = teach({ ...request, name: 'Strokes' }, alone, platform, keepTold(never).watch);
      second?.catch(() => undefined);
    });
    await teach(request, alone, platform, told.watch);
    await expect(second).rejects.toMatchObject({ code: 'training.locked', details: { name: 'Strokes' } });
    expect(told.metrics.at(-1)!.step).toBe(30);
    expect(readdirSync(request.out).sort()).toEqual(['Strokes.onnx', 'Strokes.vstyle']);
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

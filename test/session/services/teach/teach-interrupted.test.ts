// A teaching that is stopped: cancelled, killed, kept out by another; and gone on with, or not.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TeachRequest } from '../../../../src-main/contract/teaching.ts';
import { decodeCheckpoint } from '../../../../src-main/engine/training/checkpoint.ts';
import type { Platform } from '../../../../src-main/services/platform.ts';
import { readPreset } from '../../../../src-main/services/library/preset-file.ts';
import { teach } from '../../../../src-main/services/teach/teach.ts';
import { keepTold, platformIn, teachFolder, type Told } from '../../../support/teach-folder.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const alone = { addToLibrary: false };
const never = new AbortController().signal;
const checkpointOf = (request: TeachRequest): string => join(request.out, 'Strokes.teaching', 'checkpoint.zip');

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

describe('a teaching', () => {
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
    const crop = { x: 0, y: 0, width: 120, height: 90 };
    await expect(attempt({ crop })).rejects.toMatchObject({ code: 'checkpoint.other-recipe', details: { reason: 'paintings' } });
    writeFileSync(checkpointOf(request), bytes.subarray(0, bytes.length - 100));
    await expect(attempt({})).rejects.toMatchObject({ code: 'checkpoint.corrupt' });
    expect(existsSync(checkpointOf(request))).toBe(true);
  });

  it('says when it is resumed in another environment, which may change its last bits', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder, { depth: 'sketch', steps: 80 }); // enough for the trainer to hear of it while it is at work
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
});

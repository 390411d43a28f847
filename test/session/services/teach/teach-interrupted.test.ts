// A teaching that is stopped: cancelled, killed, kept out by another; and gone on with, or not.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TeachRequest } from '../../../../src-main/contract/teaching.ts';
import type { TrainingMetrics } from '../../../../src-main/contract/training.ts';
import { decodeCheckpoint } from '../../../../src-main/engine/training/checkpoint.ts';
import type { Platform } from '../../../../src-main/services/platform.ts';
import { readPreset } from '../../../../src-main/services/library/preset-file.ts';
import { teach } from '../../../../src-main/services/teach/teach.ts';
import { keepTold, platformIn, teachFolder, type Told } from '../../../support/teach-folder.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const alone = { addToLibrary: false };
const never = new AbortController().signal;
const checkpointOf = (request: TeachRequest): string => join(request.out, 'Strokes.teaching', 'checkpoint.zip');

/** More steps than any of these tests waits for. */
const endless = 100_000;
/** The promise, for a machine that is not busy with other things; of one that is, `measuredMs` tells how slow it is. */
const promptMs = (measuredMs: number): number => Math.max(2000, measuredMs);

/** Cancelled at the first step that fits, which must not be the last ones: others are made while word of it travels. */
async function cancelledAt(fits: (metrics: TrainingMetrics) => boolean, request: TeachRequest, platform: Platform): Promise<{ told: Told; answeredMs: number }> {
  const cancel = new AbortController();
  let asked = 0;
  const told = keepTold(cancel.signal, (metrics) => {
    if (asked > 0 || !fits(metrics)) return;
    asked = performance.now();
    cancel.abort();
  });
  await expect(teach(request, alone, platform, told.watch)).rejects.toMatchObject({ code: 'job.cancelled' });
  return { told, answeredMs: performance.now() - asked };
}

describe('a teaching', () => {
  it('that is cancelled answers within two seconds and leaves a checkpoint, from which it ends in the same numbers', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder, { steps: 80 });
    const { platform } = platformIn(folder);
    const { told, answeredMs } = await cancelledAt(({ depth }) => depth === 'paint', request, platform);
    expect(answeredMs).toBeLessThan(promptMs(100 * Math.max(...told.metrics.map(({ stepMs }) => stepMs))));
    expect(told.warnings).toEqual(['training.resumable']);
    expect(existsSync(join(request.out, 'Strokes.vstyle'))).toBe(false);
    expect(decodeCheckpoint(readFileSync(checkpointOf(request)), 'checkpoint.zip').phase).toBe(2);
    const rest = keepTold(never);
    const resumed = await teach({ ...request, resume: true }, alone, platform, rest.watch);
    expect(rest.metrics[0]!.step).toBe(told.metrics.at(-1)!.step + 1);
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
    const startedMs = performance.now();
    let asked = 0;
    const progress: Told['watch']['progress'] = ({ stage }) => {
      if (stage !== 'timing' || cancel.signal.aborted) return;
      asked = performance.now();
      cancel.abort();
    };
    await expect(teach(request, alone, platformIn(folder).platform, { ...told.watch, progress })).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(performance.now() - asked).toBeLessThan(promptMs(asked - startedMs));
    expect(told.metrics).toEqual([]);
  });

  it('is not resumed as something else, nor from a damaged checkpoint, nor from none', async () => {
    const folder = temporaryFolder();
    const request = { ...(await teachFolder(folder, { steps: endless })), resume: true };
    const { platform } = platformIn(folder);
    const attempt = (changes: Partial<TeachRequest>): Promise<unknown> => teach({ ...request, ...changes }, alone, platform, keepTold(never).watch);
    await expect(attempt({})).rejects.toMatchObject({ code: 'checkpoint.missing' });
    expect(readdirSync(request.out)).toEqual([]);
    await cancelledAt(({ step }) => step === 1, { ...request, resume: false }, platform);
    const bytes = readFileSync(checkpointOf(request));
    await expect(attempt({ seed: 8 })).rejects.toMatchObject({ code: 'checkpoint.other-recipe', details: { reason: 'seed' } });
    await expect(attempt({ steps: 60 })).rejects.toMatchObject({ code: 'checkpoint.other-recipe', details: { reason: 'phases' } });
    const crop = [{ x: 0, y: 0, width: 120, height: 97 }];
    await expect(attempt({ crop })).rejects.toMatchObject({ code: 'checkpoint.other-recipe', details: { reason: 'paintings' } });
    writeFileSync(checkpointOf(request), bytes.subarray(0, bytes.length - 100));
    await expect(attempt({})).rejects.toMatchObject({ code: 'checkpoint.corrupt' });
    expect(existsSync(checkpointOf(request))).toBe(true);
  });

  it('says when it is resumed in another environment, which may change its last bits', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder, { depth: 'sketch', steps: endless });
    const { platform } = platformIn(folder);
    await cancelledAt(({ step }) => step === 3, request, platform);
    const { told } = await cancelledAt(() => true, { ...request, resume: true, threads: 2 }, platform);
    expect(told.warnings).toEqual(['training.other-environment', 'training.resumable']);
  });

  it('whose trainer is killed says so, and goes on from the last checkpoint', async () => {
    const folder = temporaryFolder();
    const request = await teachFolder(folder, { depth: 'sketch', steps: endless });
    const { platform, trainer } = platformIn(folder);
    const killed = keepTold(never, ({ step }) => void (step === 130 && process.kill(trainer().pid!, 'SIGKILL')));
    await expect(teach(request, alone, platform, killed.watch)).rejects.toMatchObject({ code: 'training.process-lost', details: { reason: 'SIGKILL' } });
    expect(readdirSync(request.out)).toEqual(['Strokes.teaching']);
    const { step: kept } = decodeCheckpoint(readFileSync(checkpointOf(request)), 'checkpoint.zip');
    expect([kept % 100, kept >= 100]).toEqual([0, true]);
    const { told } = await cancelledAt(() => true, { ...request, resume: true }, platform);
    expect(told.metrics[0]!.step).toBe(kept + 1);
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
    const request = await teachFolder(folder, { steps: endless });
    const { platform } = platformIn(folder);
    const cancel = new AbortController();
    let second: Promise<unknown> | undefined;
    const told = keepTold(cancel.signal, () => {
      second ??= teach(request, alone, platform, keepTold(never).watch)
        .catch((thrown: unknown) => thrown)
        .finally(() => cancel.abort());
    });
    await expect(teach(request, alone, platform, told.watch)).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(await second).toMatchObject({ code: 'training.locked', details: { name: 'Strokes' } });
    expect(told.warnings).toEqual(['training.resumable']);
  });
});

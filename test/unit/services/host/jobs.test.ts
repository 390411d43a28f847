// The queue of jobs: order, progress, cancel, retry, and what windows are told.
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { StudioError } from '../../../../src-main/contract/fault.ts';
import type { JobWatch } from '../../../../src-main/contract/job.ts';
import type { WrittenFile } from '../../../../src-main/contract/studio-api.ts';
import type { JobState } from '../../../../src-main/contract/studio-records.ts';
import type { JobEnd, JobOrder } from '../../../../src-main/services/host/job-order.ts';
import { createJobs, type Jobs } from '../../../../src-main/services/host/jobs.ts';

let told: JobState[];
let clockMs: number;
let jobs: Jobs;

beforeEach(() => {
  told = [];
  clockMs = 0;
  jobs = createJobs(
    (event) => event.kind === 'job' && told.push(event.job),
    () => clockMs,
  );
});

interface Held {
  readonly watch: JobWatch;
  finish(file?: WrittenFile): void;
  fail(fault: StudioError): void;
}

/** An order whose runs the test ends itself. */
function heldOrder(kind: JobState['kind'] = 'export', canRetry = true): { readonly order: JobOrder; readonly runs: Held[] } {
  const runs: Held[] = [];
  const run = (watch: JobWatch): Promise<WrittenFile | undefined> =>
    new Promise((finish, fail) => {
      runs.push({ watch, finish, fail });
      watch.signal.addEventListener('abort', () => fail(new StudioError('job.cancelled')));
    });
  return { order: { kind, details: {}, canRetry, run }, runs };
}

const settle = (): Promise<void> => pause(0);
const stateOf = (id: string): JobState => {
  const state = jobs.list().find((job) => job.id === id);
  if (!state) throw new Error('no such job');
  return state;
};

describe('the queue', () => {
  test('runs heavy jobs one after another and light ones at once', async () => {
    const [first, second, save] = [heldOrder('export'), heldOrder('variants'), heldOrder('save')];
    const [a, b, c] = [first, second, save].map(({ order }) => jobs.add(order)) as [string, string, string];
    await settle();
    expect([stateOf(a).state, stateOf(b).state, stateOf(c).state]).toEqual(['running', 'waiting', 'running']);
    first.runs[0]?.finish({ name: 'print.png', bytes: 3 });
    await settle();
    expect(stateOf(a)).toMatchObject({ state: 'done', share: 1, file: { name: 'print.png' }, canCancel: false, canRetry: false });
    expect(stateOf(b).state).toBe('running');
  });

  test('goes on after a failure, which is kept as a fault and can be tried again', async () => {
    const [bad, next] = [heldOrder(), heldOrder()];
    const [a, b] = [jobs.add(bad.order), jobs.add(next.order)];
    await settle();
    bad.runs[0]?.fail(new StudioError('disk.full', { file: 'print.png' }));
    await settle();
    expect(stateOf(a)).toMatchObject({ state: 'failed', fault: { code: 'disk.full' }, canRetry: true });
    expect(stateOf(b).state).toBe('running');
    jobs.retry(a);
    expect(stateOf(a)).toMatchObject({ state: 'waiting', canRetry: false });
    expect(stateOf(a)).not.toHaveProperty('fault');
    next.runs[0]?.finish();
    await settle();
    bad.runs[1]?.finish();
    await settle();
    expect(stateOf(a).state).toBe('done');
  });

  test('says how long a job took from the asking to its end, and counts anew when it is tried again', async () => {
    const [first, second] = [heldOrder(), heldOrder()];
    jobs.add(first.order);
    const b = jobs.add(second.order);
    await settle();
    clockMs = 4000;
    first.runs[0]?.finish();
    await settle();
    expect(stateOf(b)).not.toHaveProperty('seconds');
    clockMs = 6000;
    second.runs[0]?.fail(new StudioError('disk.full', { file: 'print.png' }));
    await settle();
    expect(stateOf(b).seconds).toBe(6);
    jobs.retry(b);
    await settle();
    expect(stateOf(b)).not.toHaveProperty('seconds');
    clockMs = 7000;
    second.runs[1]?.finish();
    await settle();
    expect(stateOf(b).seconds).toBe(1);
  });

  test('answers who waits for a job with its first end, and runs it again without them', async () => {
    const held = heldOrder('save');
    const asked = jobs.ended(held.order as JobOrder<WrittenFile>);
    await settle();
    held.runs[0]?.fail(new StudioError('disk.full', { file: 'a.ora' }));
    await expect(asked).rejects.toMatchObject({ code: 'disk.full', details: { file: 'a.ora' } });
    const [job] = jobs.list();
    jobs.retry(job?.id ?? '');
    await settle();
    held.runs[1]?.finish({ name: 'a.ora', bytes: 3 });
    await settle();
    expect(jobs.list()).toMatchObject([{ state: 'done', file: { name: 'a.ora' } }]);
    const second = jobs.ended(heldOrder('save').order);
    jobs.cancel(jobs.list().at(-1)?.id ?? '');
    await expect(second).rejects.toMatchObject({ code: 'job.cancelled' });
  });

  test('does not speak of quiet work that ends soon; what goes on is listed, and stays', async () => {
    const [soon, late] = [heldOrder('import'), heldOrder('import')];
    const ended = [soon, late].map(({ order }) => jobs.ended({ ...order, quietMs: 20 })) as [Promise<JobEnd>, Promise<JobEnd>];
    ended[0].catch(() => undefined);
    await settle();
    soon.runs[0]?.fail(new StudioError('picture.corrupt', { file: 'a.png', detail: '' }));
    await expect(ended[0]).rejects.toMatchObject({ code: 'picture.corrupt' });
    expect([jobs.list(), told]).toEqual([[], []]);
    await pause(40);
    expect(jobs.list()).toMatchObject([{ kind: 'import', state: 'running', canCancel: true }]);
    expect(told).toHaveLength(1);
    late.runs[0]?.finish();
    await ended[1];
    expect(jobs.list()).toMatchObject([{ state: 'done' }]);
  });

  test('does not read a file twice by itself that may have taken the engine down', async () => {
    const [read, painted] = [heldOrder('import'), heldOrder('export')];
    for (const { order } of [read, painted]) jobs.add(order);
    await settle();
    for (const { runs } of [read, painted]) runs[0]?.fail(new StudioError('engine.lost'));
    await settle();
    expect([read.runs.length, painted.runs.length]).toEqual([1, 2]);
    expect(jobs.list()[0]).toMatchObject({ state: 'failed', canRetry: true });
  });

  test('cancels what waits at once, and what runs when it has ended', async () => {
    const [first, second] = [heldOrder(), heldOrder()];
    const [a, b] = [jobs.add(first.order), jobs.add(second.order)];
    jobs.cancel(b);
    jobs.cancel(a);
    expect([stateOf(a).state, stateOf(a).canCancel, stateOf(b).state]).toEqual(['running', false, 'cancelled']);
    await settle();
    expect(stateOf(a)).toMatchObject({ state: 'cancelled', canRetry: true });
    expect(stateOf(a)).not.toHaveProperty('fault');
    expect(second.runs).toHaveLength(0);
  });

  test('runs a job once more where the engine was lost under it, and only once', async () => {
    const held = heldOrder();
    const id = jobs.add(held.order);
    await settle();
    held.runs[0]?.fail(new StudioError('engine.lost'));
    await settle();
    expect([stateOf(id).state, held.runs.length]).toEqual(['running', 2]);
    held.runs[1]?.fail(new StudioError('engine.lost'));
    await settle();
    expect(stateOf(id)).toMatchObject({ state: 'failed', fault: { code: 'engine.lost' } });
  });

  test('forgets what has ended on request, and never what runs', async () => {
    const [first, second] = [heldOrder(), heldOrder()];
    jobs.add(first.order);
    const b = jobs.add(second.order);
    await settle();
    first.runs[0]?.finish();
    await settle();
    jobs.clear();
    expect(jobs.list().map(({ id }) => id)).toEqual([b]);
  });

  test('knows no job by another id', () => {
    expect(() => jobs.cancel('__proto__')).toThrow(expect.objectContaining({ code: 'job.missing' }));
    expect(() => jobs.retry('x')).toThrow(expect.objectContaining({ code: 'job.missing' }));
  });

  test('closes by cancelling everything', async () => {
    const [first, second] = [heldOrder(), heldOrder()];
    jobs.add(first.order);
    jobs.add(second.order);
    await settle();
    await jobs.close();
    expect(jobs.list().map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });
});

describe('what windows are told', () => {
  test('is every state at once, progress ten times a second, in rising sequence', async () => {
    const held = heldOrder();
    jobs.add(held.order);
    await settle();
    for (let done = 1; done <= 1000; done++) {
      clockMs += 1;
      held.runs[0]?.watch.progress({ stage: 'paint', done, total: 1000 });
    }
    expect(told.length).toBeLessThanOrEqual(2 + 11);
    held.runs[0]?.finish();
    await settle();
    expect(told.at(-1)).toMatchObject({ state: 'done' });
    expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, i) => i + 1));
  });

  test('ends with the last progress even where nothing follows it', async () => {
    const held = heldOrder();
    const id = jobs.add(held.order);
    await settle();
    held.runs[0]?.watch.progress({ stage: 'paint', done: 1, total: 4 });
    await expect.poll(() => told.at(-1)?.share).toBe(0.25);
    jobs.cancel(id);
  });

  test('says how far the whole is, never goes back, and guesses the time left', async () => {
    const held = heldOrder();
    const id = jobs.add(held.order);
    await settle();
    const { progress } = held.runs[0]?.watch ?? {};
    progress?.({ stage: 'decode', done: 0, total: 1 });
    expect(stateOf(id)).not.toHaveProperty('share');
    clockMs = 10_000;
    progress?.({ stage: 'paint', done: 25, total: 100 });
    expect(stateOf(id)).toMatchObject({ stage: 'paint', share: 0.25, secondsLeft: 30 });
    progress?.({ stage: 'encode', done: 0, total: 2 });
    expect(stateOf(id).share).toBe(0.25);
    progress?.({ stage: 'encode', done: 1, total: 2, share: 0.9, secondsLeft: 2 });
    expect(stateOf(id)).toMatchObject({ share: 0.9, secondsLeft: 2 });
    jobs.cancel(id);
  });

  test('keeps the notes of a job to its end', async () => {
    const held = heldOrder();
    const id = jobs.add(held.order);
    await settle();
    held.runs[0]?.watch.warn('picture.small', { file: 'a.png', px: 90 });
    held.runs[0]?.finish();
    await settle();
    expect(stateOf(id).notes).toEqual([{ key: 'picture.small', details: { file: 'a.png', px: 90 } }]);
  });
});

// Variants told to whoever asked for them.
import { expect, test } from 'vitest';
import type { StudioEvent } from '../../../../src-main/contract/studio-api.ts';
import type { JobState } from '../../../../src-main/contract/studio-records.ts';
import type { StudioClient } from '../../../../src-renderer/client/studio-client.ts';
import { createVariantRuns } from '../../../../src-renderer/client/variant-runs.ts';

function scripted() {
  const listeners: ((event: StudioEvent) => void)[] = [];
  const asked: string[] = [];
  let answer: (job: string) => void = () => undefined;
  const studio = {
    ask: (method: string) => {
      asked.push(method);
      return method === 'variants.render' ? new Promise((resolve) => (answer = (job) => resolve({ job }))) : Promise.resolve(null);
    },
  } as unknown as StudioClient;
  const runs = createVariantRuns(studio, { onEvent: (listener) => void listeners.push(listener) });
  const emit = (event: StudioEvent): void => listeners.forEach((listener) => listener(event));
  return { runs, asked, emit, answer: (job: string) => answer(job) };
}

const params = { document: 'd', longSidePx: 100, meters: false, items: [] };
const variant = (job: string, index: number): StudioEvent => ({ kind: 'variant', job, index, picture: `p${index}`, width: 1, height: 1 });
const ended = (job: string, state: JobState['state']): StudioEvent => ({
  kind: 'job',
  job: { id: job, kind: 'variants', details: {}, state, canCancel: false, canRetry: false, sequence: 1, ...(state === 'failed' ? { fault: { code: 'engine.lost', details: {} } } : {}) },
});

test('what comes before the answer is not lost, what belongs to others is not told; a job that runs again is heard after its end', async () => {
  const { runs, emit, answer } = scripted();
  const seen: number[] = [];
  const asked = runs.render(params, { rendered: (index) => seen.push(index), failed: () => undefined });
  emit(variant('mine', 0));
  emit(variant('other', 5));
  answer('mine');
  const run = await asked;
  emit(variant('mine', 1));
  emit(ended('other', 'done'));
  emit(ended('mine', 'done'));
  emit(variant('mine', 2));
  expect(await run.ended).toBe('done');
  expect(seen).toEqual([0, 1, 2]);
});

test('a cancelled job ends quietly, a failed one with its fault', async () => {
  const { runs, emit, answer, asked } = scripted();
  const first = runs.render(params, { rendered: () => undefined, failed: () => undefined });
  answer('a');
  const run = await first;
  await run.cancel();
  expect(asked).toContain('jobs.cancel');
  emit(ended('a', 'cancelled'));
  expect(await run.ended).toBe('cancelled');
  const second = runs.render(params, { rendered: () => undefined, failed: () => undefined });
  answer('b');
  const failing = await second;
  emit(ended('b', 'failed'));
  await expect(failing.ended).rejects.toMatchObject({ code: 'engine.lost' });
});

// What is said of a painting belongs to the part of it that counts.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StudioError } from '../../../../src-main/contract/fault.ts';
import type { Region } from '../../../../src-main/contract/image.ts';
import type { StudioClient } from '../../../../src-renderer/client/studio-client.ts';
import { createTeachDraft } from '../../../../src-renderer/teach/teach-draft.ts';

const file = { upload: 'upload-1', name: 'mine.png' };
const proposed = { x: 60, y: 40, width: 800, height: 600 };
const whole = [{ key: 'painting.framed' }];
let judged: Region[];
let faults: unknown[];
/** Answers of the host to a part that is judged, by its left edge. */
let answers: Map<number, Promise<{ notes: { key: string }[] }>>;

function draft() {
  const ask = (method: string, { crop }: { crop?: Region }): Promise<unknown> => {
    if (method === 'teach.survey') return Promise.resolve({ picture: 'p', size: { width: 960, height: 720 }, notes: whole, proposed });
    judged.push(crop!);
    return answers.get(crop!.x) ?? Promise.resolve({ notes: [{ key: `left-${crop!.x}` }] });
  };
  return createTeachDraft({ ask } as unknown as StudioClient, { fault: (thrown) => faults.push(thrown) });
}

beforeEach(() => {
  vi.useFakeTimers();
  [judged, faults, answers] = [[], [], new Map()];
});
afterEach(() => vi.useRealTimers());

test('the part that is proposed is judged at once, and another when its frame rests', async () => {
  const { paintings, add, setCrop } = draft();
  await add('mine.png', () => Promise.resolve(file));
  expect(paintings.value).toMatchObject([{ crop: proposed, notes: [{ key: 'left-60' }] }]);
  for (const x of [61, 62, 63]) setCrop(1, { ...proposed, x });
  expect(paintings.value[0]?.notes).toEqual([{ key: 'left-60' }]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(judged.map(({ x }) => x)).toEqual([60, 63]);
  expect(paintings.value[0]?.notes).toEqual([{ key: 'left-63' }]);
  setCrop(1, undefined);
  await vi.advanceTimersByTimeAsync(1000);
  expect(paintings.value[0]?.notes).toEqual(whole);
});

test('an answer that comes late says nothing of the part that counts by then', async () => {
  const { paintings, add, setCrop } = draft();
  await add('mine.png', () => Promise.resolve(file));
  let late: (answer: { notes: { key: string }[] }) => void = () => undefined;
  answers.set(61, new Promise((resolve) => (late = resolve)));
  setCrop(1, { ...proposed, x: 61 });
  await vi.advanceTimersByTimeAsync(1000);
  setCrop(1, { ...proposed, x: 70 });
  await vi.advanceTimersByTimeAsync(1000);
  late({ notes: [{ key: 'late' }] });
  await vi.advanceTimersByTimeAsync(1000);
  expect(paintings.value[0]?.notes).toEqual([{ key: 'left-70' }]);
});

test('a part that cannot be judged is told of, and the painting stays', async () => {
  const { paintings, add, setCrop } = draft();
  await add('mine.png', () => Promise.resolve(file));
  const refused = Promise.reject(new StudioError('host.lost'));
  refused.catch(() => undefined);
  answers.set(61, refused);
  setCrop(1, { ...proposed, x: 61 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(faults).toHaveLength(1);
  expect(paintings.value[0]).toMatchObject({ file });
});

// What is said of a painting belongs to the part of it that counts.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StudioError } from '../../../../src-main/contract/fault.ts';
import type { Region } from '../../../../src-main/contract/image.ts';
import type { StudioClient } from '../../../../src-renderer/client/studio-client.ts';
import { mostCrops } from '../../../../src-main/contract/teaching.ts';
import { createTeachDraft, isAll, type DraftPart, type TeachDraft } from '../../../../src-renderer/teach/teach-draft.ts';

const file = { upload: 'upload-1', name: 'mine.png' };
const proposed = { x: 60, y: 40, width: 800, height: 600 };
const whole = [{ key: 'painting.framed' }];
let judged: (Region & { longestPx?: number })[];
let faults: unknown[];
/** Answers of the host to a part that is judged, by its left edge. */
let answers: Map<number, Promise<{ notes: { key: string }[] }>>;

function draft(): TeachDraft {
  const ask = (method: string, { crop, longestPx }: { crop?: Region; longestPx?: number }): Promise<unknown> => {
    if (method === 'teach.survey') return Promise.resolve({ picture: 'p', size: { width: 960, height: 720 }, notes: whole, proposed });
    judged.push({ ...crop!, ...(longestPx === undefined ? {} : { longestPx }) });
    return answers.get(crop!.x) ?? Promise.resolve({ notes: [{ key: `left-${crop!.x}` }] });
  };
  return createTeachDraft({ ask } as unknown as StudioClient, { fault: (thrown) => faults.push(thrown) });
}

const partsOf = ({ paintings }: TeachDraft): readonly DraftPart[] => paintings.value[0]?.parts ?? [];
const rest = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1000);

beforeEach(() => {
  vi.useFakeTimers();
  [judged, faults, answers] = [[], [], new Map()];
});
afterEach(() => vi.useRealTimers());

test('the part that is proposed is judged at once, and another when its frame rests', async () => {
  const made = draft();
  await made.add('mine.png', () => Promise.resolve(file));
  const [{ key }] = partsOf(made) as [DraftPart];
  expect(partsOf(made)).toMatchObject([{ crop: proposed, notes: [{ key: 'left-60' }] }]);
  for (const x of [61, 62, 63]) made.setPart(1, key, { ...proposed, x });
  expect(partsOf(made)[0]?.notes).toEqual([{ key: 'left-60' }]);
  await rest();
  expect(judged.map(({ x }) => x)).toEqual([60, 63]);
  expect(partsOf(made)[0]?.notes).toEqual([{ key: 'left-63' }]);
  made.removePart(1, key);
  expect(isAll(made.paintings.value[0]!)).toBe(true);
  await rest();
  expect(partsOf(made)[0]?.notes).toEqual(whole);
});

test('every part is judged by itself, beside the largest; what has not changed is not judged again', async () => {
  const made = draft();
  await made.add('mine.png', () => Promise.resolve(file));
  const small = { x: 5, y: 5, width: 100, height: 120 };
  const key = made.addPart(1, small)!;
  await rest();
  expect(judged).toEqual([{ ...proposed, longestPx: 800 }, { ...small, longestPx: 800 }]);
  made.setPart(1, key, { ...small, x: 6 });
  await rest();
  expect(judged.slice(2)).toEqual([{ ...small, x: 6, longestPx: 800 }]);
  expect(partsOf(made).map(({ notes }) => notes)).toEqual([[{ key: 'left-60' }], [{ key: 'left-6' }]]);
  made.removePart(1, partsOf(made)[0]!.key); // now it is the largest itself
  await rest();
  expect(judged.slice(3)).toEqual([{ ...small, x: 6, longestPx: 120 }]);
});

test('the first part takes the place of all of the painting, and there are no more than can be learned from', async () => {
  const made = draft();
  await made.add('mine.png', () => Promise.resolve(file));
  made.removePart(1, partsOf(made)[0]!.key);
  for (let count = 1; count <= mostCrops; count++) {
    expect(made.addPart(1, { ...proposed, x: count })).toBeDefined();
    expect(partsOf(made)).toHaveLength(count);
  }
  expect(made.addPart(1, proposed)).toBeUndefined();
  expect(partsOf(made)).toHaveLength(mostCrops);
});

test('an answer that comes late says nothing of the part that counts by then', async () => {
  const made = draft();
  await made.add('mine.png', () => Promise.resolve(file));
  const [{ key }] = partsOf(made) as [DraftPart];
  let late: (answer: { notes: { key: string }[] }) => void = () => undefined;
  answers.set(61, new Promise((resolve) => (late = resolve)));
  made.setPart(1, key, { ...proposed, x: 61 });
  await rest();
  made.setPart(1, key, { ...proposed, x: 70 });
  await rest();
  late({ notes: [{ key: 'late' }] });
  await rest();
  expect(partsOf(made)[0]?.notes).toEqual([{ key: 'left-70' }]);
});

test('a part that cannot be judged is told of, and the painting stays', async () => {
  const made = draft();
  await made.add('mine.png', () => Promise.resolve(file));
  const refused = Promise.reject(new StudioError('host.lost'));
  refused.catch(() => undefined);
  answers.set(61, refused);
  made.setPart(1, partsOf(made)[0]!.key, { ...proposed, x: 61 });
  await rest();
  expect(faults).toHaveLength(1);
  expect(made.paintings.value[0]).toMatchObject({ file });
});

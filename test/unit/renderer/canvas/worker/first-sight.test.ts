// How long a small picture from before stands for a document that was opened, by a clock of the test's own.
import { beforeEach, expect, test } from 'vitest';
import { createFirstSight, type FirstSight } from '../../../../../src-renderer/canvas/worker/first-sight.ts';
import { glazesInSight } from '../../../../../src-renderer/canvas/worker/paint-sight.ts';
import { createRandom } from '../../../../../src-main/engine/tensor/random.ts';
import { glazeLayerOf, paintedDocument } from '../../../../support/painted-document.ts';

let [nowMs, closed] = [0, 0];
let isFresh = false;
let glazes: string[] = [];
const painted = new Set<string>();
let first: FirstSight;
const picture = { close: () => void closed++ } as unknown as ImageBitmap;

beforeEach(() => {
  [nowMs, closed, isFresh, glazes] = [1000, 0, false, []];
  painted.clear();
  first = createFirstSight({ sight: () => ({ places: ['0,0', '1,0'], isFresh, hasPaint: (_, place) => painted.has(place), glazes: () => glazes }), drawAll: () => undefined, now: () => nowMs });
  first.show(picture);
});

test('without a glaze it lies beneath what is loaded, and goes once all in sight is there', () => {
  first.turn();
  expect(first.shown?.isAbove).toBe(false);
  isFresh = true;
  first.turn();
  expect([first.shown, closed]).toEqual([undefined, 1]);
});

test('with a glaze it covers what lies beneath until paint is there for all in sight', () => {
  [glazes, isFresh] = [['g'], true];
  for (const place of ['0,0', '1,0']) {
    first.turn();
    expect(first.shown?.isAbove).toBe(true);
    painted.add(place);
    first.told();
  }
  first.turn();
  expect(first.shown).toBeUndefined();
});

test('a glaze that is silent is not waited for, and an edit ends it at once', () => {
  [glazes, isFresh, nowMs] = [['g'], true, nowMs + 14_999];
  first.turn();
  expect(first.shown).toBeDefined();
  nowMs += 1;
  first.turn();
  expect(first.shown).toBeUndefined();
  first.show(picture);
  first.end();
  expect([first.shown, closed]).toEqual([undefined, 2]);
});

test('only glazes that will be painted and seen are waited for', () => {
  const hidden = { ...glazeLayerOf('hidden'), visible: false };
  const within = { ...glazeLayerOf('group'), visible: false, kind: 'group', children: ['inner'] } as never;
  const document = paintedDocument({ width: 20, height: 20 }, [glazeLayerOf('seen'), hidden, glazeLayerOf('bare', { styles: [] }), within], createRandom(1));
  document.with(glazeLayerOf('inner'));
  expect(glazesInSight(document.record)).toEqual(['seen']);
});

// The way from a glaze's former paint to that of renewed statistics, by a clock of the test's own.
import { beforeEach, expect, test } from 'vitest';
import type { Change } from '../../../../../src-main/contract/changes.ts';
import { createPaintFade, type PaintFade } from '../../../../../src-renderer/canvas/worker/paint-fade.ts';
import type { PaintSight } from '../../../../../src-renderer/canvas/worker/paint-sight.ts';

let [nowMs, copies, draws] = [0, 0, 0];
let isFresh = true;
let seen = ['0,0', '1,0'];
let fade: PaintFade;
const sight = (): PaintSight => ({ places: seen, isFresh, hasPaint: (_, place) => place !== '9,9', glazes: () => [] });
const renewed: Change = { path: ['layers', 'g', 'statistics'], before: 'a', after: 'b' };
const told = (places: readonly string[], more: { readonly coarse?: boolean; readonly atRest?: boolean } = {}): void =>
  fade.told({ layer: 'g', tiles: Object.fromEntries(places.map((place) => [place, 'x'])), coarse: false, atRest: false, ...more });
/** Whether it had the screen drawn. */
const afterMs = (ms: number): boolean => {
  const before = draws;
  nowMs += ms;
  fade.turn();
  return draws > before;
};

beforeEach(() => {
  [nowMs, copies, isFresh, seen] = [1000, 0, true, ['0,0', '1,0']];
  fade = createPaintFade({ copy: () => ({ number: ++copies }) as unknown as OffscreenCanvas, sight, ask: () => undefined, drawAll: () => void draws++, now: () => nowMs });
});

test('the former paint stays until all in sight is new and composited, then goes within 300 ms', () => {
  fade.change([renewed]);
  expect(fade.veil).toBeUndefined();
  told(['0,0']);
  expect(afterMs(1000)).toBe(false);
  expect(fade.veil?.opacity).toBe(1);
  told(['1,0'], { coarse: true });
  expect(afterMs(1000)).toBe(false);
  isFresh = false;
  told(['1,0']);
  expect(afterMs(100)).toBe(false);
  isFresh = true;
  expect(afterMs(100)).toBe(true);
  afterMs(150);
  expect(fade.veil?.opacity).toBeCloseTo(0.5);
  told(['5,5']); // Out of sight: it changes nothing.
  afterMs(75);
  expect(fade.veil?.opacity).toBeCloseTo(0.25);
  expect(afterMs(75)).toBe(true);
  expect([fade.veil, copies]).toEqual([undefined, 1]);
});

test('places without paint are not waited for, nor is anything of a glaze at rest', () => {
  seen = ['0,0', '9,9'];
  fade.change([renewed]);
  told(['0,0']);
  expect(afterMs(0)).toBe(true);
  fade.end();
  fade.change([renewed]);
  told(['9,9'], { atRest: true });
  expect(afterMs(0)).toBe(true);
});

test('paint that was not renewed, first statistics, and an edit beside them fade nothing', () => {
  told(['0,0', '1,0']);
  fade.change([{ path: ['layers', 'g', 'statistics'], before: undefined, after: 'b' }]);
  told(['0,0', '1,0']);
  fade.change([renewed, { path: ['layers', 'g', 'opacity'], before: 1, after: 0.5 }]);
  told(['0,0', '1,0']);
  expect(copies).toBe(0);
});

test('an edit ends it for good, another view until the next new paint in sight', () => {
  fade.change([renewed]);
  told(['0,0']);
  fade.lookAway();
  expect(fade.veil).toBeUndefined();
  told(['1,0']);
  expect([fade.veil?.opacity, copies]).toEqual([1, 2]);
  fade.end();
  told(['0,0', '1,0']);
  expect([fade.veil, copies]).toEqual([undefined, 2]);
});

test('whoever wants no motion has none until it is said otherwise', () => {
  fade.end(true);
  fade.change([renewed]);
  told(['0,0']);
  fade.end();
  fade.change([renewed]);
  told(['0,0']);
  expect(fade.veil).toBeUndefined();
  fade.end(false);
  fade.change([renewed]);
  told(['0,0']);
  expect(fade.veil?.opacity).toBe(1);
});

test('what is renewed within a fade goes on from what is seen', () => {
  fade.change([renewed]);
  told(['0,0', '1,0']);
  afterMs(0);
  afterMs(100);
  fade.change([{ ...renewed, before: 'b', after: 'c' }]);
  told(['0,0']);
  expect([fade.veil?.opacity, copies]).toEqual([1, 2]);
});

test('new paint that stays away is not waited for', () => {
  fade.change([renewed]);
  told(['0,0']);
  expect(afterMs(4999)).toBe(false);
  expect(afterMs(1)).toBe(true);
  afterMs(300);
  expect(fade.veil).toBeUndefined();
});

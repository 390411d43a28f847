// Several runners as one: shares, masks, skipped parts and tiling needs.
import { expect, test } from 'vitest';
import { blended } from '../../../../src-main/engine/styles/blended.ts';
import type { StyleRunner, TilingNeeds, WindowInput } from '../../../../src-main/engine/styles/style-engine.ts';
import { tensor, type Tensor } from '../../../../src-main/engine/tensor/tensor.ts';

interface FlatRunner extends StyleRunner {
  readonly seen: (Tensor | undefined)[];
}

/** Paints everything in one grey and remembers the masks it was given. */
function flatRunner(grey: number, tiling: TilingNeeds = { haloPx: 0, multiple: 1 }): FlatRunner {
  const seen: (Tensor | undefined)[] = [];
  return {
    seen,
    tiling,
    learnedSize: Math.round(grey * 1000),
    measure: () => Promise.resolve(),
    freeze: () => ({}),
    thaw: () => Promise.resolve(),
    paint: (window) => {
      seen.push(window.masks);
      return Promise.resolve(tensor(window.picture.shape, window.picture.data.map(() => grey)));
    },
    close: () => Promise.resolve(),
  };
}

function windowOf(picture: number, masks?: readonly (readonly number[])[]): WindowInput {
  const frame = { width: 2, height: 1 };
  const window = { picture: tensor([1, 3, 1, 2], new Float32Array(6).fill(picture)), place: { x: 0, y: 0, ...frame }, frame };
  return masks ? { ...window, masks: tensor([1, masks.length, 1, 2], new Float32Array(masks.flat())) } : window;
}

const toLinear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

test('shares are mixed in linear light', async () => {
  const runner = blended([
    { runner: flatRunner(1), share: 0.25, styles: [0] },
    { runner: flatRunner(0), share: 0.75, styles: [1] },
  ]);
  const painted = await runner.paint(windowOf(0.5));
  for (const value of painted.data) expect(toLinear(value)).toBeCloseTo(0.25, 5);
});

test('a mask places each style and the picture stays where none reaches', async () => {
  const runner = blended([
    { runner: flatRunner(1), share: 0.5, styles: [0] },
    { runner: flatRunner(0.2), share: 0.5, styles: [1] },
  ]);
  const painted = await runner.paint(windowOf(0.5, [[1, 0], [0, 0]]));
  expect(painted.data[0]).toBeCloseTo(1, 5);
  expect(painted.data[1]).toBeCloseTo(0.5, 5);
});

test('a runner without a share in the window is not run', async () => {
  const [near, far] = [flatRunner(1), flatRunner(0)];
  const runner = blended([
    { runner: near, share: 0.5, styles: [0] },
    { runner: far, share: 0.5, styles: [1] },
  ]);
  await runner.paint(windowOf(0.5, [[1, 1], [0, 0]]));
  expect([near.seen.length, far.seen.length]).toEqual([1, 0]);
});

test('a part of several styles gets its own masks, whole within its cover', async () => {
  const pair = flatRunner(1);
  const runner = blended([
    { runner: pair, share: 0.5, styles: [0, 2] },
    { runner: flatRunner(0), share: 0.5, styles: [1] },
  ]);
  await runner.paint(windowOf(0.5, [[0.2, 0], [0.4, 1], [0.2, 0]]));
  expect(pair.seen[0]?.shape).toEqual([1, 2, 1, 2]);
  expect([...(pair.seen[0]?.data ?? [])]).toEqual([0.5, 1, 0.5, 0]);
});

test('tiles suit every part', () => {
  const runner = blended([
    { runner: flatRunner(0.3, { haloPx: 40, multiple: 4 }), share: 0.3, styles: [0] },
    { runner: flatRunner(0.7, { haloPx: 90, multiple: 6 }), share: 0.7, styles: [1] },
  ]);
  expect(runner.tiling).toEqual({ haloPx: 90, multiple: 12 });
  expect(runner.learnedSize).toBe(700);
});

test('the thumbnail is as large as the most demanding part asks', () => {
  const demanding = { ...flatRunner(0.3), measuredSize: 720 };
  expect(blended([{ runner: demanding, share: 0.3, styles: [0] }, { runner: flatRunner(0.7), share: 0.7, styles: [1] }]).measuredSize).toBe(720);
  expect(blended([{ runner: flatRunner(0.7), share: 1, styles: [0] }]).measuredSize).toBeUndefined();
});

test('two different fixed sizes are refused in words', () => {
  const fixed = (side: number): TilingNeeds => ({ haloPx: 0, multiple: 1, fixed: { width: side, height: side } });
  const parts = [720, 224].map((side, index) => ({ runner: flatRunner(0.5, fixed(side)), share: 0.5, styles: [index] }));
  expect(() => blended(parts)).toThrow(/fixed sizes/);
});

// Statistics of a glaze as bytes: what they hold, what they belong to, how far two of them are apart.
import { expect, test } from 'vitest';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import { decodeStatistics, encodeStatistics, statisticsDrift, statisticsKey } from '../../../../src-main/services/glaze/glaze-statistics.ts';
import { emptyMask, plainSettings } from '../../../support/painted-document.ts';

const table = (mean: number, variance: number) => ({ 'half.mean': tensor([2], Float32Array.of(mean, mean)), 'half.variance': tensor([2], Float32Array.of(variance, variance)) });

test('statistics come back from their bytes as they were, equal ones have equal bytes, and anything else is refused', () => {
  const statistics = { key: statisticsKey(plainSettings), fill: [0.25, 0.5, 0.75], first: table(0.5, 1), finer: table(0.25, 2) };
  const bytes = encodeStatistics(statistics);
  expect(decodeStatistics(bytes)).toEqual(statistics);
  expect(encodeStatistics(decodeStatistics(bytes))).toEqual(bytes);
  expect(decodeStatistics(encodeStatistics({ ...statistics, frame: [640, 480] })).frame).toEqual([640, 480]);
  const { finer: _finer, ...single } = statistics;
  expect(decodeStatistics(encodeStatistics(single))).toEqual(single);
  for (const wrong of [new Uint8Array(), bytes.subarray(0, 40), new TextEncoder().encode('no statistics at all')]) {
    expect(() => decodeStatistics(wrong)).toThrow(expect.objectContaining({ code: 'asset.corrupt' }));
  }
});

test('statistics belong to what changes them, light among it, and not to colours kept, the handle of the pad, or where a mask is brushed', () => {
  const key = statisticsKey(plainSettings);
  const [style] = plainSettings.styles;
  const masked = { ...plainSettings, styles: [{ ...style!, mask: emptyMask }] };
  expect(statisticsKey({ ...plainSettings, keepColours: 0.5, pad: { x: 0.1, y: 0.2 } })).toBe(key);
  expect(statisticsKey({ ...plainSettings, styles: [{ ...style!, weight: 7 }] })).toBe(key);
  expect(statisticsKey({ ...masked, styles: [{ ...style!, mask: { ...emptyMask, tiles: { '0,0': 'a'.repeat(64) } } }] })).toBe(statisticsKey(masked));
  expect(statisticsKey({ ...plainSettings, light: 0 })).toBe(key); // as records were before there was light
  expect(statisticsKey({ ...plainSettings, light: 1, brokenColour: 0 })).toBe(statisticsKey({ ...plainSettings, light: 1 })); // and broken colour
  const others = [{ ...plainSettings, light: 1 }, { ...plainSettings, brokenColour: 1 }, { ...plainSettings, light: 1, brokenColour: 1 }, { ...plainSettings, light: 1, brokenColour: 1, marks: 'facets' as const }, { ...plainSettings, light: 0.5 }, masked, { ...plainSettings, seed: 2 }, { ...plainSettings, noise: 0 }, { ...plainSettings, strokePercent: 50 }, { ...plainSettings, strength: 0.5 }, { ...plainSettings, styles: [{ style: 'other', weight: 1 }] }];
  expect(new Set([key, ...others.map(statisticsKey)]).size).toBe(others.length + 1);
});

test('drift is nothing between equal ones and counts shifts in standard deviations', () => {
  expect(statisticsDrift(table(0.5, 4), table(0.5, 4))).toBe(0);
  expect(statisticsDrift(table(0, 4), table(1, 4))).toBeCloseTo(0.5, 2);
  expect(statisticsDrift(table(0, 1), table(0, 4))).toBeCloseTo(Math.log(2), 2);
  expect(statisticsDrift({}, {})).toBe(0);
});

test('drift tells light that has moved, and not a small stroke', () => {
  const lit = (around: (cell: number) => number, cells = 100) => ({ ...table(0, 1), '0/light.surroundings': tensor([1, 2, 10, cells / 10], Float32Array.from({ length: 2 * cells }, (_, at) => (at < cells ? around(at) : 0.1))) });
  const before = lit((cell) => (cell < 10 ? 0.2 : 0.8));
  expect(statisticsDrift(before, lit((cell) => (cell < 10 ? 0.2 : 0.8)))).toBe(0);
  expect(statisticsDrift(before, lit((cell) => (cell >= 90 ? 0.2 : 0.8)))).toBeGreaterThan(0.3);
  expect(statisticsDrift(before, lit((cell) => (cell < 10 ? 0.2 : cell === 50 ? 0.5 : 0.8)))).toBeLessThan(0.08);
  for (const other of [table(0, 1), lit(() => 0.5, 80)]) expect(statisticsDrift(before, other)).toBe(Infinity);
});

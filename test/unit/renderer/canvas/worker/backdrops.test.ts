// What lies beneath and above the layer in hand: kept from stroke to stroke, made anew where it has changed.
import { expect, test } from 'vitest';
import type { DocumentRecord } from '../../../../../src-main/contract/document.ts';
import { createBackdrops } from '../../../../../src-renderer/canvas/worker/backdrops.ts';

const envelope = { name: '', visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };

function record(beneath: number, above: number, blend: 'normal' | 'multiply' = 'normal'): DocumentRecord {
  const filled = (id: string, grey: number) => ({ ...envelope, id, kind: 'fill' as const, fill: { type: 'solid' as const, colour: [grey, grey, grey, 1] as [number, number, number, number] } });
  return {
    formatVersion: 1, id: 'd', name: '', width: 512, height: 512, dpi: 72, depth: 8,
    layers: {
      root: { ...envelope, id: 'root', kind: 'group', children: ['under', 'own', 'over'] },
      under: filled('under', beneath), own: filled('own', 0.5), over: { ...filled('over', above), blend },
    },
  };
}

const access = { raster: () => undefined, bytes: () => undefined };
const part = { x: 10, y: 10, width: 4, height: 4 };
const nothing: ReadonlySet<string> = new Set();
const valueAt = ({ region, data }: { region: { x: number; y: number; width: number }; data: Float32Array }): number => Number(data[((10 - region.y) * region.width + 10 - region.x) * 4]?.toFixed(3));

test('a new record shows what was kept until that region is said to be stale', () => {
  const backdrops = createBackdrops();
  const of = (beneath: number) => backdrops.of({ record: record(beneath, 1), base: 'own', access, hidden: nothing }).beneath(part, 1);
  expect(valueAt(of(0.2))).toBe(0.2);
  expect(valueAt(of(0.7))).toBe(0.2);
  backdrops.stale({ x: 300, y: 300, width: 9, height: 9 });
  expect(valueAt(of(0.7))).toBe(0.2);
  backdrops.stale({ x: 0, y: 0, width: 20, height: 20 });
  expect(valueAt(of(0.7))).toBe(0.7);
});

test('another layer in hand or other hidden layers start anew', () => {
  const backdrops = createBackdrops();
  expect(valueAt(backdrops.of({ record: record(0.2, 1), base: 'own', access, hidden: nothing }).beneath(part, 1))).toBe(0.2);
  expect(valueAt(backdrops.of({ record: record(0.2, 1), base: 'over', access, hidden: nothing }).beneath(part, 1))).toBe(0.5);
  expect(valueAt(backdrops.of({ record: record(0.2, 1), base: 'over', access, hidden: new Set(['own']) }).beneath(part, 1))).toBe(0.2);
});

test('what blends by more than its alpha is not laid over as one picture', () => {
  const backdrops = createBackdrops();
  expect(backdrops.of({ record: record(0, 0.9), base: 'own', access, hidden: nothing }).above(part, 4)).toBeDefined();
  expect(backdrops.of({ record: record(0, 0.9, 'multiply'), base: 'own', access, hidden: nothing }).above(part, 4)).toBeUndefined();
});

// Parts of a tile that a stroke has changed: every changed px lies in one, and they are not much larger.
import { expect, test } from 'vitest';
import { changedBands } from '../../../../../src-renderer/canvas/worker/changed-bands.ts';

const tile = { x: 256, y: 512, width: 256, height: 256 };
const blank = (pxBytes: number): Uint8Array => new Uint8Array(256 * 256 * pxBytes);

function changedAt(pxBytes: number, points: readonly (readonly [number, number])[]): Uint8Array {
  const bytes = blank(pxBytes);
  for (const [x, y] of points) bytes[((y - tile.y) * 256 + x - tile.x) * pxBytes] = 9;
  return bytes;
}

test.each([1, 4, 8])('bands are as wide as their changes, at %i bytes per px', (pxBytes) => {
  const after = changedAt(pxBytes, [[300, 520], [340, 530], [400, 600]]);
  expect(changedBands(tile, tile, blank(pxBytes), after)).toEqual([
    { x: 300, y: 512, width: 41, height: 32 },
    { x: 400, y: 576, width: 1, height: 32 },
  ]);
});

test('only what lies inside is looked at', () => {
  const after = changedAt(4, [[300, 520], [400, 600]]);
  expect(changedBands(tile, { x: 290, y: 515, width: 300, height: 10 }, blank(4), after)).toEqual([{ x: 300, y: 515, width: 1, height: 10 }]);
});

test('equal states have none, wherever their bytes begin', () => {
  const shifted = (bytes: Uint8Array): Uint8Array => {
    const longer = new Uint8Array(bytes.byteLength + 1);
    longer.set(bytes, 1);
    return longer.subarray(1);
  };
  const after = changedAt(4, [[300, 520]]);
  expect(changedBands(tile, tile, shifted(after), after)).toEqual([]);
  expect(changedBands(tile, tile, blank(4), shifted(after))).toHaveLength(1);
});

// What the bucket, fills and gradients leave of a layer's alpha.
import { expect, test } from 'vitest';
import type { Change } from '../../../../../src-main/contract/changes.ts';
import { tileSidePx, type Colour, type DocumentRecord, type LayerOf } from '../../../../../src-main/contract/document.ts';
import type { ChangedTiles } from '../../../../../src-main/raster/tiles.ts';
import type { DeskParts } from '../../../../../src-renderer/canvas/worker/desk-parts.ts';
import { fillAtOnce, floodAtOnce, gradientAtOnce } from '../../../../../src-renderer/canvas/worker/painting-requests.ts';
import type { FromWorker } from '../../../../../src-renderer/canvas/worker/protocol.ts';

const envelope = { name: '', visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
/** Dark, its alpha rising from left to right. */
const tile = Uint8Array.from({ length: tileSidePx ** 2 * 4 }, (_, at) => (at % 4 === 3 ? (at >> 2) % tileSidePx : 20));
const target = { layer: 'p', part: 'pixels' } as const;
const [red, blue]: Colour[] = [[1, 0, 0, 1], [0, 0, 1, 1]];
const label = { key: 'canvas.fill' };

function desk(alphaLocked: boolean, tiles: Record<string, string> = { '0,0': 'a' }) {
  const paint: LayerOf<'raster'> = { ...envelope, id: 'p', kind: 'raster', alphaLocked, pixels: { x: 0, y: 0, depth: 8, tiles } };
  const record: DocumentRecord = {
    formatVersion: 1, id: 'd', name: '', width: 256, height: 256, dpi: 72, depth: 8,
    layers: { root: { ...envelope, id: 'root', kind: 'group', children: ['p'] }, p: paint },
  };
  const made: Uint8Array[] = [];
  const told: FromWorker[] = [];
  const parts = {
    mirror: { record },
    easel: { record },
    cache: { has: () => true, get: () => tile },
    line: { load: () => Promise.resolve(), isAbsent: () => false },
    selection: { region: () => undefined, coverage: () => undefined },
    steps: {
      hold: (tiles: ChangedTiles) => new Map([...tiles].map(([place, bytes]) => [place, bytes && `new-${made.push(bytes)}`])),
      make: (_label: unknown, _changes: readonly Change[]) => undefined,
    },
    post: (message: FromWorker) => void told.push(message),
  } as unknown as DeskParts;
  return { parts, made, told };
}

const acts: readonly (readonly [string, (parts: DeskParts) => Promise<null>])[] = [
  ['a fill', (parts) => fillAtOnce(parts, { target, colour: red!, label })],
  ['the bucket', (parts) => floodAtOnce(parts, { target, at: { x: 200, y: 9 }, tolerance: 1, contiguous: true, wholePicture: false, colour: red!, label })],
  ['a gradient', (parts) => gradientAtOnce(parts, { target, from: { x: 0, y: 0 }, to: { x: 0, y: 256 }, shape: 'linear', colours: [red!, blue!], label })],
];

test.each(acts)('%s keeps an alpha that is locked, and covers one that is not', async (_, act) => {
  for (const alphaLocked of [true, false]) {
    const { parts, made } = desk(alphaLocked);
    await act(parts);
    const [after] = made;
    const at = (x: number, y: number): readonly number[] => [...after!.subarray((y * 256 + x) * 4, (y * 256 + x) * 4 + 4)];
    expect(at(100, 10)[0]).toBeGreaterThan(200);
    expect(after!.some((value, index) => index % 4 === 3 && value !== tile[index])).toBe(!alphaLocked);
    expect(at(100, 10)[3]).toBe(alphaLocked ? 100 : 255);
  }
});

test.each(acts)('%s that meets nothing but a locked transparency is told to have done nothing', async (_, act) => {
  for (const [tiles, expected] of [[{}, [{ kind: 'unchanged', target, isPaint: true, isBare: true }]], [{ '0,0': 'a' }, []]] as const) {
    const { parts, told } = desk(true, tiles);
    await act(parts);
    expect(told).toEqual(expected);
  }
});

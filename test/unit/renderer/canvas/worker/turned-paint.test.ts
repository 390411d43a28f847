// What changes beneath a glaze show through it: layers that come and go, pixels and masks that are others, and nothing else.
import { expect, test } from 'vitest';
import type { Change, Json } from '../../../../../src-main/contract/changes.ts';
import { applyChanges } from '../../../../../src-main/contract/changes.ts';
import type { DocumentRecord, Layer, Mask, Raster } from '../../../../../src-main/contract/document.ts';
import { turnedPaint } from '../../../../../src-renderer/canvas/worker/turned-paint.ts';

const envelope = { name: '', visible: true, locked: false, clip: false, blend: 'normal', opacity: 1 } as const;
const settings = { styles: [], strength: 1, strokePercent: 0, keepColours: 0, freedom: 0, seed: 1 };
/** A tile whose first `count` px are opaque, or white in a mask; the others are nothing. */
const tile = (count: number, channels: 1 | 4): Uint8Array => new Uint8Array(256 * 256 * channels).fill(255, 0, count * channels);
const bytes = new Map([['one', tile(1, 4)], ['three', tile(3, 4)], ['mask-2', tile(2, 1)], ['mask-4', tile(4, 1)]]);
const raster = (tiles: Raster['tiles']): Raster => ({ x: 0, y: 0, depth: 8, tiles });
const mask = (tiles: Raster['tiles'], more: Partial<Mask> = {}): Mask => ({ ...raster(tiles), depth: 8, outside: 0, enabled: true, ...more }) as Mask;
const picture = (id: string, more: Partial<Layer> = {}): Layer => ({ ...envelope, id, kind: 'raster', pixels: raster({ '0,0': 'one' }), ...more }) as Layer;

const record = {
  formatVersion: 1, id: 'd', name: '', width: 512, height: 256, dpi: 72, depth: 8,
  layers: { root: { ...envelope, id: 'root', kind: 'group', children: ['paint', 'glaze', 'above'] }, paint: picture('paint'), glaze: { ...envelope, id: 'glaze', kind: 'glaze', settings }, above: picture('above') },
} as unknown as DocumentRecord;

const json = (value: unknown): Json => value as Json;
const children = (before: string[], after: string[]): Change => ({ path: ['layers', 'root', 'children'], before, after });

/** Shares of the first six px of the first row, and of the second tile's first, for each layer that shows through. */
function shown(changes: readonly Change[], before = record): number[][] {
  const turn = { before, after: applyChanges(before, changes), changes };
  return turnedPaint(turn, (id) => bytes.get(id)).map(({ coverage, region, glazes }) => {
    expect([...glazes]).toEqual(['glaze']);
    expect(region().width).toBeGreaterThan(0);
    return [...(coverage({ x: 0, y: 0, width: 6, height: 1 }) ?? new Float32Array(6)), coverage({ x: 256, y: 0, width: 1, height: 1 })?.[0] ?? 0];
  });
}

test('a picture that is placed shows where it has paint, and where it was when it goes', () => {
  const added = { path: ['layers', 'new'], after: json(picture('new', { pixels: raster({ '0,0': 'three' }) } as Partial<Layer>)) };
  const adding = [added, children(['paint', 'glaze', 'above'], ['paint', 'new', 'glaze', 'above'])];
  expect(shown(adding)).toEqual([[1, 1, 1, 0, 0, 0, 0]]);
  const removing = adding.map(({ path, after, ...rest }) => ({ path, before: after, ...('before' in rest ? { after: rest.before } : {}) })) as Change[];
  expect(shown(removing, applyChanges(record, adding))).toEqual([[1, 1, 1, 0, 0, 0, 0]]);
});

test('pixels that were written anew or undone show where they differ', () => {
  expect(shown([{ path: ['layers', 'paint', 'pixels'], before: json(raster({ '0,0': 'one' })), after: json(raster({ '0,0': 'three' })) }])).toEqual([[0, 1, 1, 0, 0, 0, 0]]);
  expect(shown([{ path: ['layers', 'paint', 'pixels', 'tiles', '1,0'], after: 'one' }])).toEqual([[0, 0, 0, 0, 0, 0, 1]]);
});

test('a tile whose bytes are not here differs everywhere', () => {
  expect(shown([{ path: ['layers', 'paint', 'pixels', 'tiles', '0,0'], before: 'one', after: 'unread' }])).toEqual([[1, 1, 1, 1, 1, 1, 0]]);
});

test('a mask shows where it differs: when it comes, is painted, or is set aside', () => {
  const masked = { path: ['layers', 'paint', 'mask'], after: json(mask({ '0,0': 'mask-2' }, { outside: 255 })) };
  expect(shown([masked])).toEqual([[0, 0, 1, 1, 1, 1, 0]]);
  expect(shown([{ ...masked, after: json(mask({ '0,0': 'mask-2' })) }])).toEqual([[0, 0, 1, 1, 1, 1, 1]]); // Outside of its tiles it hides.
  const before = applyChanges(record, [masked]);
  expect(shown([{ path: ['layers', 'paint', 'mask', 'tiles', '0,0'], before: 'mask-2', after: 'mask-4' }], before)).toEqual([[0, 0, 1, 1, 0, 0, 0]]);
  expect(shown([{ path: ['layers', 'paint', 'mask', 'enabled'], before: true, after: false }], before)).toEqual([[0, 0, 1, 1, 1, 1, 0]]);
});

test('what lies above the glaze, is only named anew, or takes the place of others shows nothing', () => {
  expect(shown([{ path: ['layers', 'above', 'pixels', 'tiles', '0,0'], before: 'one', after: 'three' }])).toEqual([]);
  expect(shown([{ path: ['layers', 'paint', 'name'], before: '', after: 'Sky' }])).toEqual([]);
  const merged = json(picture('merged', { pixels: raster({ '0,0': 'one' }) } as Partial<Layer>));
  expect(shown([{ path: ['layers', 'merged'], after: merged }, { path: ['layers', 'paint'], before: json(record.layers['paint']) }, children(['paint', 'glaze', 'above'], ['merged', 'glaze', 'above'])])).toEqual([]);
});

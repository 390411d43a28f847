// Steps from the worker to the window: shown at once, named in order, dropped when they fail.
import { expect, test } from 'vitest';
import type { Fault } from '../../../../../src-main/contract/fault.ts';
import { StudioError } from '../../../../../src-main/contract/fault.ts';
import type { DocumentRecord, LayerOf } from '../../../../../src-main/contract/document.ts';
import { createAssetCache } from '../../../../../src-renderer/canvas/worker/asset-cache.ts';
import type { AssetLine } from '../../../../../src-renderer/canvas/worker/asset-line.ts';
import { createDocumentMirror } from '../../../../../src-renderer/canvas/worker/document-mirror.ts';
import { tileChanges } from '../../../../../src-renderer/canvas/worker/paint-target.ts';
import { createPixelSteps } from '../../../../../src-renderer/canvas/worker/pixel-steps.ts';
import type { PixelStep } from '../../../../../src-renderer/canvas/worker/protocol.ts';

const envelope = { name: '', visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
const record: DocumentRecord = {
  formatVersion: 1, id: 'd', name: '', width: 512, height: 512, dpi: 72, depth: 8,
  layers: { root: { ...envelope, id: 'root', kind: 'group', children: ['p'] }, p: { ...envelope, id: 'p', kind: 'raster', pixels: { x: 0, y: 0, depth: 8, tiles: {} } } },
};
const target = { layer: 'p', part: 'pixels' } as const;

function started(write: (frames: readonly Uint8Array[]) => Promise<string[]>) {
  const cache = createAssetCache(1e6);
  const mirror = createDocumentMirror();
  mirror.open(record);
  const told: PixelStep[] = [];
  const faults: Fault[] = [];
  const line = { write } as Partial<AssetLine> as AssetLine;
  const steps = createPixelSteps({ cache, line, mirror, show: () => undefined, tell: (step) => told.push(step), fail: (fault) => faults.push(fault) });
  const draw = (place: string, value: number): void => {
    const held = steps.hold(new Map([[place, Uint8Array.of(value)]]));
    steps.make({ key: 'canvas.paint' }, tileChanges(mirror.record ?? record, target, held));
  };
  const tiles = (): Record<string, string> => (mirror.record?.layers['p'] as LayerOf<'raster'>).pixels.tiles;
  return { cache, mirror, told, faults, steps, draw, tiles };
}

test('a second stroke over a first that is not on disk yet names the first one’s lasting tile as what was there', async () => {
  const { draw, tiles, told, steps, cache } = started(async (frames) => frames.map(([value]) => `hash-${value}`));
  draw('0,0', 1);
  draw('0,0', 2);
  expect(cache.get(tiles()['0,0'] ?? '')).toEqual(Uint8Array.of(2));
  await steps.settled();
  expect(told.map(({ changes }) => changes)).toEqual([
    [{ path: ['layers', 'p', 'pixels', 'tiles', '0,0'], before: undefined, after: 'hash-1' }],
    [{ path: ['layers', 'p', 'pixels', 'tiles', '0,0'], before: 'hash-1', after: 'hash-2' }],
  ]);
  expect(tiles()['0,0']).toBe('hash-2');
});

test('a stroke that began before the one under it was on disk is a step all the same', async () => {
  const { mirror, steps, told, tiles, draw } = started(async (frames) => frames.map(([value]) => `hash-${value}`));
  draw('0,0', 1);
  const began = mirror.record ?? record;
  await steps.settled();
  expect(tiles()['0,0']).toBe('hash-1');
  steps.make({ key: 'canvas.paint' }, tileChanges(began, target, steps.hold(new Map([['0,0', Uint8Array.of(2)]]))));
  await steps.settled();
  expect(told[1]?.changes).toEqual([{ path: ['layers', 'p', 'pixels', 'tiles', '0,0'], before: 'hash-1', after: 'hash-2' }]);
  expect(tiles()['0,0']).toBe('hash-2');
});

test('once the window has taken a step it is not shown twice', async () => {
  const { draw, told, steps, mirror, tiles } = started(async (frames) => frames.map(([value]) => `hash-${value}`));
  draw('0,0', 1);
  await steps.settled();
  expect(mirror.told(told[0]?.changes ?? [], told[0]?.step)?.changes).toEqual([]);
  expect(tiles()).toEqual({ '0,0': 'hash-1' });
  expect(mirror.changesOf(told[0]?.step ?? 0)).toEqual([]);
});

test('pixels that do not reach the disk are taken back and the fault is told', async () => {
  const { draw, told, faults, steps, tiles } = started(() => Promise.reject(new StudioError('disk.full', { file: 'x' })));
  draw('0,0', 1);
  expect(Object.keys(tiles())).toEqual(['0,0']);
  await steps.settled();
  expect([told, faults.map(({ code }) => code), tiles()]).toEqual([[], ['disk.full'], {}]);
});

test('a step the window refuses is gone', async () => {
  const { draw, told, steps, tiles } = started(async (frames) => frames.map(([value]) => `hash-${value}`));
  draw('0,0', 1);
  await steps.settled();
  steps.refused(told[0]?.step ?? 0);
  expect(tiles()).toEqual({});
});

test('a change of the window that takes away what a step starts from leaves the step out', () => {
  const { draw, mirror } = started(() => new Promise(() => undefined));
  draw('0,0', 1);
  mirror.told([{ path: ['layers', 'p'], before: record.layers['p'] as never, after: undefined }]);
  expect(mirror.record?.layers['p']).toBeUndefined();
});

test('it has settled when what was on its way, and what came of that, is told', async () => {
  const { draw, told, steps } = started(async (frames) => frames.map(([value]) => `hash-${value}`));
  let load = (): void => undefined;
  const loaded = new Promise<void>((done) => (load = done)).then(() => draw('0,0', 1));
  steps.coming(loaded);
  steps.coming(Promise.reject(new StudioError('host.lost')));
  let isSettled = false;
  const settled = steps.settled().then(() => (isSettled = true));
  await new Promise((done) => setTimeout(done));
  expect(isSettled).toBe(false);
  load();
  await settled;
  expect(told).toHaveLength(1);
});

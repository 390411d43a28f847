// A stroke in hand: what it shows is what a plain composite shows, tiles that are missing are waited for, a selection limits it.
import { expect, test } from 'vitest';
import type { BlendMode, DocumentRecord, Layer, LayerOf } from '../../../../../src-main/contract/document.ts';
import { compositeGroup, type PixelAccess } from '../../../../../src-main/raster/composite.ts';
import { pixelsOf } from '../../../../../src-main/raster/pixels.ts';
import { startLiveStroke } from '../../../../../src-renderer/canvas/worker/live-stroke.ts';
import type { StrokeStart } from '../../../../../src-renderer/canvas/worker/protocol.ts';
import { penAt } from '../../../../support/scripted-stage.ts';

const envelope = { name: '', visible: true, locked: false, clip: false };
const brush = { sizePx: 60, hardness: 0.5, flow: 1, opacity: 0.8, spacing: 0.1, smoothing: 0, pressureSize: false, pressureOpacity: false };

/** Three layers of see-through noise in one group or two. */
function painted(above: BlendMode, grouped: boolean) {
  const tiles = new Map<string, Uint8Array>();
  const raster = (id: string, blend: BlendMode, opacity: number): Layer => {
    const bytes = Uint8Array.from({ length: 256 * 256 * 4 }, (_, index) => (index * 7919 + id.charCodeAt(0) * 31) % 251);
    tiles.set(`tile-${id}`, bytes);
    return { ...envelope, id, kind: 'raster', blend, opacity, pixels: { x: 0, y: 0, depth: 8, tiles: { '0,0': `tile-${id}` } } };
  };
  const group: Layer = { ...envelope, id: 'g', kind: 'group', blend: 'screen', opacity: 0.9, children: ['b'] };
  const record: DocumentRecord = {
    formatVersion: 1, id: 'd', name: '', width: 300, height: 200, dpi: 72, depth: 8,
    layers: {
      root: { ...envelope, id: 'root', kind: 'group', blend: 'normal', opacity: 1, children: grouped ? ['a', 'g', 'c'] : ['a', 'b', 'c'] },
      a: raster('a', 'normal', 1), b: raster('b', 'multiply', 0.7), c: raster('c', above, 0.5),
      ...(grouped ? { g: group } : {}),
    },
  };
  return { record, tiles };
}

const start: StrokeStart = { target: { layer: 'b', part: 'pixels' }, effect: 'paint', colour: [1, 0.5, 0, 1], brush, label: { key: 'canvas.paint' } };

test.each([
  ['normal', false],
  ['overlay', false],
  ['normal', true],
] as const)('under a layer that blends as %s (in a group: %s) the quick composite equals the plain one', (above, grouped) => {
  const { record, tiles } = painted(above, grouped);
  const live = startLiveStroke(start, record, (id) => tiles.get(id), undefined);
  const access: PixelAccess = { raster: (layer) => (layer as LayerOf<'raster'>).pixels, bytes: (id) => live?.bytes(id) ?? tiles.get(id) };
  live?.add([penAt(40, 40), penAt(120, 90)]);
  live?.paint();
  for (const region of [{ x: 20, y: 20, width: 50, height: 60 }, { x: 0, y: 10, width: 200, height: 120 }]) {
    const quick = pixelsOf(live!.composite(region, access, new Set()), 8);
    const plain = pixelsOf(compositeGroup(live!.record, region, access), 8);
    const worst = Array.from(quick.data).reduce((most, value, index) => Math.max(most, (quick.data[index - (index % 4) + 3] ?? 0) < 8 ? 0 : Math.abs(value - (plain.data[index] ?? 0))), 0);
    expect(worst).toBeLessThanOrEqual(1);
  }
});

test('smudging is shown as it will be kept, from the pixels of before the pen came, and waits for tiles in turn', () => {
  const { record, tiles } = painted('overlay', false);
  const finger: StrokeStart = { ...start, effect: 'smudge', brush: { ...brush, opacity: 0.8, spacing: 0.04 } };
  const drawn = (here: ReadonlyMap<string, Uint8Array>, batches: readonly (readonly ReturnType<typeof penAt>[])[]) => {
    const live = startLiveStroke(finger, record, (id) => here.get(id), undefined);
    for (const points of batches) {
      live?.add(points);
      live?.paint();
    }
    live?.end();
    return live;
  };
  const points = [penAt(40, 40), penAt(90, 60), penAt(120, 90), penAt(60, 120)];
  const live = drawn(tiles, points.map((point) => [point]));
  expect(live?.tiles.get('0,0')).not.toEqual(tiles.get('tile-b'));
  expect(Buffer.compare(live!.tiles.get('0,0')!, drawn(tiles, [points])!.tiles.get('0,0')!)).toBe(0);
  const access: PixelAccess = { raster: (layer) => (layer as LayerOf<'raster'>).pixels, bytes: (id) => live?.bytes(id) ?? tiles.get(id) };
  const region = { x: 20, y: 20, width: 120, height: 120 };
  expect(pixelsOf(live!.composite(region, access, new Set()), 8)).toEqual(pixelsOf(compositeGroup(live!.record, region, access), 8));
  const late = new Map<string, Uint8Array>();
  const waited = drawn(late, [points]);
  expect([waited?.tiles.size, waited?.missing()]).toEqual([0, ['tile-b']]);
  late.set('tile-b', tiles.get('tile-b')!);
  expect(waited!.catchUp().length).toBeGreaterThan(0);
  expect([Buffer.compare(waited!.tiles.get('0,0')!, live!.tiles.get('0,0')!), waited?.missing()]).toEqual([0, []]);
});

test('strokes differ from what was there only where the pen was', () => {
  const { record, tiles } = painted('normal', false);
  const live = startLiveStroke(start, record, (id) => tiles.get(id), undefined);
  live?.add([penAt(60, 60)]);
  live?.end();
  const [after, before] = [live?.tiles.get('0,0'), tiles.get('tile-b')];
  const changedAt = (x: number, y: number): boolean => [0, 1, 2, 3].some((channel) => after?.[(y * 256 + x) * 4 + channel] !== before?.[(y * 256 + x) * 4 + channel]);
  expect([changedAt(60, 60), changedAt(120, 60), changedAt(60, 100)]).toEqual([true, false, false]);
});

test.each(['paint', 'smudge'] as const)('a stroke (%s) on paint whose alpha is locked changes its colours alone', (effect) => {
  const { record, tiles } = painted('normal', false);
  const drawn = (alphaLocked: boolean) => {
    const layers = { ...record.layers, b: { ...record.layers['b'], alphaLocked } as Layer };
    const live = startLiveStroke({ ...start, effect }, { ...record, layers }, (id) => tiles.get(id), undefined);
    live?.add([penAt(40, 40), penAt(120, 90), penAt(160, 90)]);
    live?.end();
    const [after, before] = [live!.tiles.get('0,0')!, tiles.get('tile-b')!];
    const differing = [0, 0, 0, 0];
    after.forEach((value, index) => (differing[index % 4]! += value === before[index] ? 0 : 1));
    return { live: live!, colours: differing.slice(0, 3), alphas: differing[3] };
  };
  const locked = drawn(true);
  expect(locked.alphas).toBe(0);
  expect(Math.min(...locked.colours)).toBeGreaterThan(1000);
  expect(drawn(false).alphas).toBeGreaterThan(1000);
  const [at] = locked.live.coverage({ x: 40, y: 40, width: 1, height: 1 })!;
  expect(at).toBeCloseTo(drawn(false).live.coverage({ x: 40, y: 40, width: 1, height: 1 })![0]! * (tiles.get('tile-b')![(40 * 256 + 40) * 4 + 3]! / 255), 5);
});

test('a selection limits the stroke', () => {
  const { record, tiles } = painted('normal', false);
  const left = (region: { x: number; width: number; height: number }): Float32Array => Float32Array.from({ length: region.width * region.height }, (_, index) => (region.x + (index % region.width) < 60 ? 1 : 0));
  const live = startLiveStroke(start, record, (id) => tiles.get(id), left);
  live?.add([penAt(60, 60)]);
  live?.paint();
  const after = live?.tiles.get('0,0');
  expect(after?.[(60 * 256 + 65) * 4]).toBe(tiles.get('tile-b')?.[(60 * 256 + 65) * 4]);
  expect(after?.[(60 * 256 + 55) * 4]).not.toBe(tiles.get('tile-b')?.[(60 * 256 + 55) * 4]);
});

test('a stroke over a tile that is not in memory paints nothing until it is', () => {
  const { record, tiles } = painted('normal', false);
  const late = new Map<string, Uint8Array>();
  const live = startLiveStroke(start, record, (id) => late.get(id), undefined);
  live?.add([penAt(60, 60)]);
  expect(live?.paint()).toEqual([]);
  expect([live?.missing(), live?.tiles.size]).toEqual([['tile-b'], 0]);
  late.set('tile-b', tiles.get('tile-b') ?? new Uint8Array());
  expect(live?.catchUp().length).toBeGreaterThan(0);
  expect([live?.missing(), live?.tiles.size]).toEqual([[], 1]);
});

test('brushing a glaze in where it has no mask changes nothing; brushing out leaves it elsewhere', () => {
  const { record } = painted('normal', false);
  const glaze: Layer = { ...envelope, id: 'b', kind: 'glaze', blend: 'normal', opacity: 1, statisticsLocked: false, settings: { styles: [], strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 0 } };
  const glazed = { ...record, layers: { ...record.layers, b: glaze } };
  const [within, without] = (['paint', 'erase'] as const).map((effect) => {
    const live = startLiveStroke({ ...start, target: { layer: 'b', part: 'mask' }, effect, colour: [1, 1, 1, 1] }, glazed, () => undefined, undefined);
    live?.add([penAt(60, 60)]);
    live?.paint();
    return { mask: live?.record.layers['b']?.mask, changes: live?.changes() };
  });
  expect([within?.mask, within?.changes?.size]).toEqual([undefined, 0]);
  expect(without?.mask?.outside).toBe(255);
  expect(without?.changes?.get('0,0')?.[60 * 256 + 60]).toBeLessThan(105);
});

// A picture of a document without some of its layers: what a glaze saw of them goes with them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import type { DocumentRecord, LayerOf } from '../../../../src-main/contract/document.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { flattenFile, type FlattenFileOrder } from '../../../../src-main/services/glaze/flatten-file.ts';
import type { GlazeAssets } from '../../../../src-main/services/glaze/glaze-assets.ts';
import { glazeDesk } from '../../../../src-main/services/glaze/glaze-desk.ts';
import { glazeDocument } from '../../../../src-main/services/glaze/glaze-document.ts';
import { withoutLayers } from '../../../../src-main/services/glaze/without-layers.ts';
import type { OpenStyles } from '../../../../src-main/services/library/styles.ts';
import { localRunner } from '../../../support/local-runner.ts';
import { glazeLayerOf, paintedDocument, rasterLayerOf } from '../../../support/painted-document.ts';

const shelf = vi.hoisted(() => ({ assets: undefined as unknown, anew: 0 }));
vi.mock('../../../../src-main/services/glaze/glaze-assets.ts', () => ({ glazeAssets: () => shelf.assets as GlazeAssets }));
vi.mock('../../../../src-main/services/glaze/glaze-engine.ts', () => ({
  openGlazeStyles: () => {
    shelf.anew += 1;
    return styles();
  },
}));

const styles = async (): Promise<OpenStyles> => ({ runner: localRunner().runner, styles: [], provider: 'cpu', threads: 1 });
const folder = mkdtempSync(join(tmpdir(), 'flatten-'));
afterEach(() => void (shelf.anew = 0));
afterAll(() => rmSync(folder, { recursive: true }));

const empty = { x: 0, y: 0, depth: 8, tiles: {} } as const;

/** Noise, a red square on it, a glaze over both, a blue square above; the desk has painted it. */
async function scene() {
  const painted = paintedDocument({ width: 100, height: 80 }, [rasterLayerOf('red', empty), glazeLayerOf('glaze', { strokePercent: 0, noise: 0 }), rasterLayerOf('blue', empty)], createRandom(5));
  const square = (id: string, x: number, colour: readonly number[]) => {
    const layer = painted.record.layers[id] as LayerOf<'raster'>;
    painted.with({ ...layer, pixels: painted.painted(layer.pixels, { x, y: 20, width: 30, height: 30 }, colour) });
  };
  square('red', 10, [1, 0, 0, 1]);
  square('blue', 60, [0, 0, 1, 1]);
  shelf.assets = painted.assets;
  const desk = glazeDesk(async () => undefined);
  await desk.open(glazeDocument({ record: painted.record, assets: painted.assets, workFolder: tmpdir(), openStyles: styles }), 'first');
  await desk.rest('test');
  const flattened = async (order: Partial<FlattenFileOrder>): Promise<Buffer> => {
    const out = join(folder, 'picture.png');
    const folders = { home: '', styles: '', work: tmpdir(), resources: '' };
    await flattenFile({ record: painted.record, assets: '', folders, device: 'cpu', isPresent: true, longSidePx: 100, out, ...order }, desk, { open: () => Promise.reject(new Error()), liveSessions: () => 0 }, { signal: new AbortController().signal, progress: () => undefined });
    return sharp(out).removeAlpha().raw().toBuffer();
  };
  const at = (picture: Buffer, x: number, y: number) => [...picture.subarray(3 * (y * 100 + x), 3 * (y * 100 + x) + 3)];
  return { painted, desk, flattened, at };
}

const hiddenIn = (record: DocumentRecord, id: string): DocumentRecord => ({ ...record, layers: { ...record.layers, [id]: { ...record.layers[id]!, visible: false } } });

test('without a layer beneath a glaze, the glaze is painted as if that layer were hidden', async () => {
  const { painted, desk, flattened, at } = await scene();
  const [whole, without] = [await flattened({}), await flattened({ hidden: ['red'] })];
  expect(at(without, 25, 35)).not.toEqual(at(whole, 25, 35));
  expect(without.equals(await flattened({ record: hiddenIn(painted.record, 'red'), isPresent: false }))).toBe(true);
  expect((await flattened({})).equals(whole)).toBe(true);
  await desk.closeAll();
});

test('without a layer that no glaze sees, or without the glaze itself, nothing is painted anew', async () => {
  const { desk, flattened, at } = await scene();
  const whole = await flattened({});
  const [above, glaze] = [await flattened({ hidden: ['blue'] }), await flattened({ hidden: ['glaze'] })];
  expect(at(above, 25, 35)).toEqual(at(whole, 25, 35));
  expect(at(above, 75, 35)).not.toEqual(at(whole, 75, 35));
  expect(at(glaze, 25, 35)).toEqual([255, 0, 0]);
  expect(shelf.anew).toBe(0);
  await desk.closeAll();
});

test('locked statistics stay, others are measured again; where no glaze above is shown, the state stays as it is', () => {
  const painted = paintedDocument({ width: 20, height: 20 }, [rasterLayerOf('red', empty), { ...glazeLayerOf('free'), statistics: 'a'.repeat(64) }, { ...glazeLayerOf('locked'), statistics: 'b'.repeat(64), statisticsLocked: true }], createRandom(1));
  const { layers } = withoutLayers(painted.record, new Set(['red']))!;
  expect(layers['free']).not.toHaveProperty('statistics');
  expect(layers['locked']).toMatchObject({ statistics: 'b'.repeat(64) });
  expect(layers['red']).toMatchObject({ visible: false });
  expect(withoutLayers(painted.record, new Set(['locked']))).toBeUndefined();
  expect(withoutLayers(painted.record, new Set(['red', 'free', 'locked']))).toBeUndefined();
});

test('a layer that no glaze sees as it is changes nothing for one: hidden or see-through', () => {
  const painted = paintedDocument({ width: 20, height: 20 }, [rasterLayerOf('red', empty), glazeLayerOf('glaze')], createRandom(1));
  const red = painted.record.layers['red']!;
  const state = (layer: Partial<typeof red>): DocumentRecord => ({ ...painted.record, layers: { ...painted.record.layers, red: { ...red, ...layer } as typeof red } });
  const without = (record: DocumentRecord): DocumentRecord | undefined => withoutLayers(record, new Set(['red']));
  expect(without(state({}))).toBeDefined();
  expect(without(state({ visible: false }))).toBeUndefined();
  expect(without(state({ opacity: 0 }))).toBeUndefined();
});

// Live paint of glazes: whatever was drawn in whatever order, at rest it is a whole render, bit for bit.
import { tmpdir } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { StudioError } from '../../../../src-main/contract/fault.ts';
import type { DocumentRecord, GlazeSettings, LayerId, LayerOf, Mask, Raster } from '../../../../src-main/contract/document.ts';
import type { Region } from '../../../../src-main/contract/image.ts';
import { createRandom, type Random } from '../../../../src-main/engine/tensor/random.ts';
import { enlargedTile } from '../../../../src-main/raster/enlarged-tile.ts';
import { placesIn, bytesOfSamples } from '../../../../src-main/raster/tiles.ts';
import { glazeDocument, type GlazeDocument, type LayerNews } from '../../../../src-main/services/glaze/glaze-document.ts';
import { decodeStatistics } from '../../../../src-main/services/glaze/glaze-statistics.ts';
import { localRunner, type LocalRunnerOptions } from '../../../support/local-runner.ts';
import { emptyMask, glazeLayerOf, paintedDocument, randomRegion, rasterLayerOf, type PaintedDocument } from '../../../support/painted-document.ts';

const open: GlazeDocument[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

interface Watched {
  readonly document: GlazeDocument;
  /** What a page would show of each layer. */
  readonly shown: Map<LayerId, Map<string, Uint8Array>>;
  /** All news so far. */
  readonly told: LayerNews[];
  readonly painted: { px: number };
  step(): Promise<boolean>;
  rest(): Promise<void>;
}

/** Opens a document and follows its news as a page does; statistics go into the record. */
function watch(painted: PaintedDocument, options: LocalRunnerOptions = {}, isWatched = false): Watched {
  const px = { px: 0 };
  const document = glazeDocument({
    record: painted.record,
    assets: painted.assets,
    workFolder: tmpdir(),
    isWatched,
    openStyles: async () => {
      const { runner } = localRunner(options);
      const counting = { ...runner, paint: (window: Parameters<typeof runner.paint>[0]) => ((px.px += window.place.width * window.place.height), runner.paint(window)) };
      return { runner: counting, styles: [], provider: 'cpu', threads: 1 };
    },
  });
  open.push(document);
  const told: LayerNews[] = [];
  const shown = new Map<LayerId, Map<string, Uint8Array>>();
  const step = async (): Promise<boolean> => {
    const news = await document.step();
    if (!news) return false;
    if (news.fault) throw new Error(news.fault.code + JSON.stringify(news.fault.details));
    const tiles = shown.get(news.layer) ?? new Map<string, Uint8Array>();
    shown.set(news.layer, tiles);
    told.push(news);
    for (const place of news.small?.places ?? []) tiles.set(place, enlarged(news.small!, place));
    for (const [place, bytes] of news.tiles) {
      if (bytes) tiles.set(place, bytes);
      else tiles.delete(place);
    }
    if (news.measured) {
      const layer = document.record.layers[news.layer] as LayerOf<'glaze'>;
      await document.change(painted.with({ ...layer, statistics: painted.put(news.measured) }));
    }
    return true;
  };
  return { document, shown, told, painted: px, step, rest: async () => { while (await step()); } };
}

function enlarged({ pixels, shrink }: NonNullable<LayerNews['small']>, place: string): Uint8Array {
  const [column = 0, row = 0] = place.split(',').map(Number);
  return bytesOfSamples(enlargedTile(pixels, shrink, column, row).data);
}

/** Compares without printing megabytes. */
function differing(a: Watched, b: Watched): string[] {
  const found: string[] = [];
  for (const [layer, tiles] of b.shown) {
    const places = new Set([...tiles.keys(), ...(a.shown.get(layer)?.keys() ?? [])]);
    for (const place of places) {
      const [left, right] = [a.shown.get(layer)?.get(place), tiles.get(place)];
      if (!left || !right || Buffer.compare(left, right) !== 0) found.push(`${layer} ${place}`);
    }
  }
  return found;
}

function stroke(painted: PaintedDocument, id: LayerId, random: Random, region: Region = randomRegion({ x: 0, y: 0, ...painted.record }, random)): DocumentRecord {
  const layer = painted.record.layers[id] as LayerOf<'raster'>;
  return painted.with({ ...layer, pixels: painted.painted(layer.pixels, region, [random.uniform(), random.uniform(), random.uniform(), 0.3 + 0.7 * random.integer(2)]) });
}

const noPixels: Raster = { x: -3, y: 5, depth: 8, tiles: {} };

const scenes: readonly [string, { width: number; height: number; depth?: 16 }, Partial<GlazeSettings>, LocalRunnerOptions][] = [
  ['in one pass', { width: 300, height: 210 }, { strokePercent: 0 }, {}],
  ['in three passes', { width: 420, height: 300 }, { strokePercent: 100 }, { learnedSize: 96 }],
  ['in three passes, with windows of any size', { width: 420, height: 300 }, { strokePercent: 100 }, { learnedSize: 96, anySize: true }],
  ['painted larger than the document', { width: 150, height: 290 }, { strokePercent: 50 }, { learnedSize: 200 }],
  ['with colours kept, of 16 bit', { width: 280, height: 140, depth: 16 }, { keepColours: 0.6 }, { learnedSize: 80 }],
  ['at half strength', { width: 300, height: 260 }, { strength: 0.5 }, { learnedSize: 120 }],
  ['by a network of fixed windows', { width: 270, height: 180 }, { strokePercent: 0 }, { fixedPx: 64 }],
];

test.each([1, 0])('statistics of a glaze with light %f are measured anew after a crop only where it is lit: light is of places', async (light) => {
  const { document, rest } = watch(paintedDocument({ width: 100, height: 80 }, [glazeLayerOf('glaze', { strokePercent: 0, light })], createRandom(5)));
  await rest();
  expect((document.record.layers['glaze'] as LayerOf<'glaze'>).statistics).toBeDefined();
  await document.change({ ...document.record, width: 60 });
  const measured: Uint8Array[] = [];
  for (let news = await document.step(); news; news = await document.step()) if (news.measured) measured.push(news.measured);
  expect(measured.map((bytes) => decodeStatistics(bytes).frame)).toEqual(light === 0 ? [] : [[60, 80]]);
});

test.each(scenes)('strokes beneath a glaze %s leave what a whole render paints', async (_name, size, settings, runner) => {
  const random = createRandom(JSON.stringify(size).length + size.width);
  const painted = paintedDocument(size, [rasterLayerOf('paint', { ...noPixels, depth: size.depth ?? 8 }), glazeLayerOf('glaze', settings)], random);
  const live = watch(painted, runner);
  await live.rest();
  for (let i = 0; i < 6; i++) {
    await live.document.change(stroke(painted, i % 2 ? 'paint' : 'background', random));
    for (let n = random.integer(4); n > 0; n--) await live.step();
  }
  await live.rest();
  const fresh = watch(painted, runner);
  await fresh.rest();
  expect(differing(live, fresh)).toEqual([]);
  expect([...fresh.shown.keys()]).toEqual(['glaze']);
});

test('two glazes, one over the other, and a mask that is brushed leave what a whole render paints', async () => {
  const random = createRandom(11);
  const masked = glazeLayerOf('upper', { styles: [{ style: 'a', weight: 1, mask: emptyMask }], strokePercent: 100 });
  const painted = paintedDocument({ width: 330, height: 250 }, [glazeLayerOf('lower', { strokePercent: 0 }), rasterLayerOf('between', noPixels), masked], random);
  const options = { learnedSize: 100, bare: false };
  const live = watch(painted, options);
  await live.rest();
  for (let i = 0; i < 6; i++) {
    if (i % 3 === 0) await live.document.change(stroke(painted, 'background', random));
    if (i % 3 === 1) await live.document.change(stroke(painted, 'between', random));
    if (i % 3 === 2) {
      const upper = painted.record.layers['upper'] as LayerOf<'glaze'>;
      const [style] = upper.settings.styles;
      const mask = painted.painted(style!.mask!, randomRegion({ x: 0, y: 0, ...painted.record }, random), [1]);
      await live.document.change(painted.with({ ...upper, settings: { ...upper.settings, styles: [{ ...style!, mask }] } }));
    }
    for (let n = random.integer(5); n > 0; n--) await live.step();
  }
  await live.rest();
  const fresh = watch(painted, options);
  await fresh.rest();
  expect(differing(live, fresh)).toEqual([]);
  expect([...fresh.shown.keys()].sort()).toEqual(['lower', 'upper']);
});

test('a mask of a style that is moved, by tiles or by its grid, leaves what a whole render paints, without opening the glaze anew', async () => {
  const painted = paintedDocument({ width: 520, height: 300 }, [glazeLayerOf('glaze', { strokePercent: 0, styles: [{ style: 'a', weight: 1, mask: emptyMask }, { style: 'b', weight: 1 }] })], createRandom(8));
  const glaze = (): LayerOf<'glaze'> => painted.record.layers['glaze'] as LayerOf<'glaze'>;
  const mask = (): Mask => glaze().settings.styles[0]!.mask!;
  const take = (next: Mask): DocumentRecord => painted.with({ ...glaze(), settings: { ...glaze().settings, styles: [{ ...glaze().settings.styles[0]!, mask: next }, glaze().settings.styles[1]!] } });
  take(painted.painted(mask(), { x: 20, y: 30, width: 90, height: 60 }, [1]));
  const live = watch(painted, { masked: true });
  await live.rest();
  const before = live.document.layers.get('glaze')!.painter;
  const first = mask();
  for (const next of [{ ...first, x: first.x + 200, y: 40 }, painted.painted({ ...first, x: 0, y: 0, tiles: {} }, { x: 300, y: 90, width: 120, height: 40 }, [1]), first]) {
    const shown = live.shown.get('glaze')!.get('1,0')!;
    await live.document.change(take(next));
    await live.rest();
    const fresh = watch(painted, { masked: true });
    await fresh.rest();
    expect(differing(live, fresh)).toEqual([]);
    expect(apart(shown, live.shown.get('glaze')!.get('1,0')!)).toBeGreaterThan(0);
  }
  expect(live.document.layers.get('glaze')!.painter).toBe(before);
});

test('a layer that is hidden, moved, faded, or taken away beneath a glaze leaves what a whole render paints', async () => {
  const random = createRandom(5);
  const painted = paintedDocument({ width: 300, height: 200 }, [rasterLayerOf('paint', noPixels), glazeLayerOf('glaze', { strokePercent: 0 })], random);
  const live = watch(painted);
  await live.rest();
  await live.document.change(stroke(painted, 'paint', random));
  const paint = (): LayerOf<'raster'> => painted.record.layers['paint'] as LayerOf<'raster'>;
  const root = painted.record.layers['root'] as LayerOf<'group'>;
  const states = [
    () => painted.with({ ...paint(), opacity: 0.4 }),
    () => painted.with({ ...paint(), blend: 'multiply' }),
    () => painted.with({ ...paint(), pixels: { ...paint().pixels, x: 40 } }),
    () => painted.with({ ...paint(), visible: false }),
    () => painted.with({ ...paint(), visible: true }),
    () => painted.with({ ...root, children: ['paint', 'background', 'glaze'] }),
    () => painted.with({ ...root, children: ['background', 'glaze', 'paint'] }),
  ];
  for (const state of states) {
    await live.document.change(state());
    await live.rest();
    const fresh = watch(painted);
    await fresh.rest();
    expect(differing(live, fresh)).toEqual([]);
  }
});

test('a change far from the rest of the picture is painted alone, and first', async () => {
  const random = createRandom(3);
  const painted = paintedDocument({ width: 700, height: 500 }, [rasterLayerOf('paint', noPixels), glazeLayerOf('glaze', { strokePercent: 0 })], random);
  const live = watch(painted);
  await live.rest();
  live.painted.px = 0;
  await live.document.change(stroke(painted, 'paint', random, { x: 600, y: 40, width: 50, height: 30 }));
  const news = await live.document.step();
  expect([...news!.tiles.keys()]).toEqual(['2,0']);
  await live.rest();
  expect(live.painted.px).toBeLessThan(4 * 280 * 280);
});

test('a layer that is clipped, or let go, is painted first where it lies, and everything in the end', async () => {
  const random = createRandom(7);
  const painted = paintedDocument({ width: 700, height: 500 }, [rasterLayerOf('paint', noPixels), glazeLayerOf('glaze', { strokePercent: 0 })], random);
  const live = watch(painted);
  await live.rest();
  await live.document.change(stroke(painted, 'paint', random, { x: 600, y: 300, width: 50, height: 30 }));
  await live.rest();
  for (const clip of [true, false]) {
    await live.document.change(painted.with({ ...(painted.record.layers['paint'] as LayerOf<'raster'>), clip }));
    const news = await live.document.step();
    expect([...news!.tiles.keys()].every((place) => place === '2,1')).toBe(true);
    await live.rest();
    const fresh = watch(painted);
    await fresh.rest();
    expect(differing(live, fresh)).toEqual([]);
  }
});

test('a stroke beneath several passes is shown nearly right at once, and exactly at rest', async () => {
  const painted = paintedDocument({ width: 700, height: 600 }, [rasterLayerOf('paint', noPixels), glazeLayerOf('glaze', { strokePercent: 100 })], createRandom(6));
  const options = { learnedSize: 160, anySize: true };
  const live = watch(painted, options);
  await live.rest();
  live.painted.px = 0;
  const before = live.shown.get('glaze')!.get('1,1')!;
  await live.document.change(stroke(painted, 'paint', createRandom(2), { x: 300, y: 280, width: 150, height: 130 }));
  await live.step();
  expect(live.painted.px).toBeLessThan(100_000);
  const first = live.shown.get('glaze')!.get('1,1')!;
  await live.rest();
  const last = live.shown.get('glaze')!.get('1,1')!;
  expect(apart(first, last)).toBeGreaterThan(0);
  expect(apart(first, last)).toBeLessThan(apart(before, last) / 10);
  const fresh = watch(painted, options);
  await fresh.rest();
  expect(differing(live, fresh)).toEqual([]);
});

/** Mean difference of two tiles. */
function apart(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

test('a change that takes several pieces both ways comes to rest', async () => {
  const painted = paintedDocument({ width: 700, height: 600 }, [rasterLayerOf('paint', noPixels), glazeLayerOf('glaze', { strokePercent: 0 })], createRandom(4));
  const live = watch(painted);
  await live.rest();
  await live.document.change(stroke(painted, 'paint', createRandom(1), { x: 40, y: 30, width: 600, height: 500 }));
  let steps = 0;
  while (steps < 100 && (await live.step())) steps += 1;
  expect(steps).toBeLessThan(100);
  const fresh = watch(painted);
  await fresh.rest();
  expect(differing(live, fresh)).toEqual([]);
});

test('a device that fails while it paints is replaced by the CPU, without a further change', async () => {
  const painted = paintedDocument({ width: 100, height: 80 }, [glazeLayerOf('glaze', { strokePercent: 0 })], createRandom(3));
  const asked: boolean[] = [];
  const document = glazeDocument({
    record: painted.record,
    assets: painted.assets,
    workFolder: tmpdir(),
    openStyles: async (_settings, onCpu) => {
      asked.push(onCpu);
      const { runner } = localRunner();
      const failing = { ...runner, paint: () => Promise.reject(new StudioError('session.failed', { reason: 'the device is gone' })) };
      return { runner: onCpu ? runner : failing, styles: [], provider: onCpu ? 'cpu' : 'webgpu', threads: 1 };
    },
  });
  open.push(document);
  let [steps, tiles] = [0, 0];
  for (let news = await document.step(); news && steps < 20; news = await document.step()) {
    steps += 1;
    tiles += news.tiles.size;
    expect(news.fault).toBeUndefined();
  }
  expect([asked, tiles, document.layers.get('glaze')!.atRest()]).toEqual([[false, true], 1, true]);
});

test('a glaze that can be painted no more has its paint removed and says why, and the glaze above it is painted without it', async () => {
  const painted = paintedDocument({ width: 100, height: 80 }, [glazeLayerOf('glaze', { strokePercent: 0 }), glazeLayerOf('upper', { strokePercent: 0 })], createRandom(3));
  let isBroken = false;
  const document = glazeDocument({
    record: painted.record,
    assets: painted.assets,
    workFolder: tmpdir(),
    openStyles: async ({ seed }) => {
      if (isBroken && seed === 77) throw new StudioError('preset.missing', { name: 'gone' });
      return { runner: localRunner().runner, styles: [], provider: 'cpu', threads: 1 };
    },
  });
  open.push(document);
  while (await document.step());
  const paintOf = (id: LayerId) => document.layers.get(id)!.tiles().raster.tiles['0,0'];
  const before = paintOf('upper');
  expect([paintOf('glaze'), before]).not.toContain(undefined);
  isBroken = true;
  const layer = document.record.layers['glaze'] as LayerOf<'glaze'>;
  await document.change(painted.with({ ...layer, settings: { ...layer.settings, seed: 77 } }));
  const news = await document.step();
  expect(news).toMatchObject({ layer: 'glaze', fault: { code: 'preset.missing' } });
  expect([...news!.tiles]).toEqual([['0,0', null]]);
  while (await document.step());
  expect(paintOf('glaze')).toBeUndefined();
  expect([undefined, before]).not.toContain(paintOf('upper'));
  expect(document.layers.get('upper')!.atRest()).toBe(true);
});

test('a glaze without a style shows nothing, and one whose style is taken away has its paint removed', async () => {
  const random = createRandom(3);
  const painted = paintedDocument({ width: 100, height: 80 }, [glazeLayerOf('glaze')], random);
  const live = watch(painted);
  await live.rest();
  expect(live.shown.get('glaze')!.size).toBe(1);
  const layer = painted.record.layers['glaze'] as LayerOf<'glaze'>;
  await live.document.change(painted.with({ ...layer, settings: { ...layer.settings, styles: [] } }));
  await live.rest();
  expect(live.shown.get('glaze')!.size).toBe(0);
});

const large = { width: 1290, height: 1180 };
const everyPlace = placesIn({ x: 0, y: 0 }, { x: 0, y: 0, ...large }).map(({ place }) => place).sort();
const wash: LayerOf<'fill'> = { ...glazeLayerOf('wash'), kind: 'fill', visible: false, opacity: 0.6, fill: { type: 'solid', colour: [0.9, 0.2, 0.1, 1] } } as unknown as LayerOf<'fill'>;

test.each([
  ['in three passes', { strokePercent: 100 }, { learnedSize: 200, anySize: true }],
  ['in one pass', { strokePercent: 0 }, { anySize: true }],
] as const)('a large document %s is shown small at first and after a wide change, and is what a whole render paints in the end', async (_name, settings, options) => {
  const painted = paintedDocument(large, [wash, rasterLayerOf('paint', noPixels), glazeLayerOf('glaze', settings)], createRandom(12));
  const live = watch(painted, options, true);
  await live.rest();
  const [first] = live.told;
  expect([first!.coarse, [...first!.small!.places].sort(), [...first!.painted].sort()]).toEqual([true, everyPlace, everyPlace]);
  for (const visible of [true, false]) {
    live.told.length = 0;
    const before = new Map(live.shown.get('glaze'));
    await live.document.change(painted.with({ ...wash, visible }));
    await live.step();
    const coarse = new Map(live.shown.get('glaze'));
    await live.document.change(stroke(painted, 'paint', createRandom(2), { x: 700, y: 300, width: 90, height: 70 })); // Between the two: parts of tiles are told.
    await live.rest();
    expect(live.told.filter(({ small }) => small).map(({ small }) => [...small!.places].sort())).toEqual([everyPlace]);
    expect(live.told[0]!.small).toBeDefined();
    const last = live.shown.get('glaze')!;
    for (const place of ['0,0', '4,3', '2,1']) expect(apart(coarse.get(place)!, last.get(place)!)).toBeLessThan(apart(before.get(place)!, last.get(place)!) / 2);
  }
  const fresh = watch(painted, options);
  await fresh.rest();
  expect(differing(live, fresh)).toEqual([]);
});

test('a stroke on a large document, and renewed statistics, are not shown small', async () => {
  const painted = paintedDocument(large, [rasterLayerOf('paint', noPixels), glazeLayerOf('glaze', { strokePercent: 100 })], createRandom(12));
  const live = watch(painted, { learnedSize: 200, anySize: true }, true);
  await live.rest();
  live.told.length = 0;
  await live.document.change(stroke(painted, 'paint', createRandom(2), { x: 200, y: 300, width: 300, height: 200 }));
  await live.rest();
  const glaze = painted.record.layers['glaze'] as LayerOf<'glaze'>;
  const other = watch(painted, { learnedSize: 200, anySize: true });
  await live.document.change(painted.with({ ...glaze, statistics: painted.put((await (await other.step(), other.document.layers.get('glaze')!.remeasure()))!) }));
  await live.rest();
  expect(live.told.length).toBeGreaterThan(20);
  expect(live.told.filter(({ small }) => small)).toEqual([]);
});

test('of two glazes the upper one is shown small over the small paint of the lower', async () => {
  const painted = paintedDocument(large, [wash, glazeLayerOf('lower', { strokePercent: 0 }), glazeLayerOf('upper', { strokePercent: 100 })], createRandom(9));
  const options = { learnedSize: 200, anySize: true };
  const live = watch(painted, options, true);
  await live.rest();
  live.told.length = 0;
  await live.document.change(painted.with({ ...wash, visible: true }));
  await live.step();
  await live.step();
  expect(live.told.map(({ layer, small }) => [layer, small?.places.length])).toEqual([['lower', everyPlace.length], ['upper', everyPlace.length]]);
  const coarse = new Map(live.shown.get('upper'));
  await live.rest();
  expect(live.told.filter(({ small }) => small).length).toBe(2);
  for (const place of ['0,0', '4,3', '2,1']) expect(apart(coarse.get(place)!, live.shown.get('upper')!.get(place)!)).toBeLessThan(30);
  const fresh = watch(painted, options);
  await fresh.rest();
  expect(differing(live, fresh)).toEqual([]);
});

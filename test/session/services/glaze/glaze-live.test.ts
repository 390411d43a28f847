// Glazes in the real engine process: measured once, painted live, the same again in every picture and file, after a crash too.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GlazeTiles } from '../../../../src-main/contract/glaze-tiles.ts';
import { decodePixels, inspectPicture, readRecipe } from '../../../../src-main/engine/image/codec.ts';
import { openPaintingStudio, type PaintingStudio } from '../../../support/painting-studio.ts';

const style = { styles: [{ style: 'munch-scream', weight: 1 }] };
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'velatura-live-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const open: PaintingStudio[] = [];
afterEach(async () => {
  for (const studio of open.splice(0)) await studio.close();
});
async function opened(settings = {}, size = { width: 300, height: 220 }): Promise<PaintingStudio> {
  const studio = await openPaintingStudio(size, { ...style, ...settings });
  open.push(studio);
  return studio;
}

async function pixelsOf(studio: PaintingStudio, picture: string): Promise<number[]> {
  const path = join(folder, `${picture.slice(0, 16)}.png`);
  await writeFile(path, await studio.picture(picture));
  return [...(await decodePixels(path, { alpha: true })).data];
}

async function jobEnd(studio: PaintingStudio, job: string) {
  for (;;) {
    const found = (await studio.ask('jobs.list', null)).find(({ id }) => id === job)!;
    if (['done', 'failed', 'cancelled'].includes(found.state)) return found;
    await new Promise((go) => setTimeout(go, 20));
  }
}

describe('a live glaze', () => {
  it('after strokes has the pixels of the state painted afresh with its statistics, in one pass and in several', async () => {
    for (const [settings, size] of [[{ strokePercent: 0 }, undefined], [{ strokePercent: 200, keepColours: 0.3 }, { width: 460, height: 330 }]] as const) {
      const studio = await opened(settings, size);
      for (const [x, y] of [[30, 40], [200, 100], [60, 150]] as const) {
        const rest = studio.next('glaze.tiles', ({ paint }) => paint.atRest);
        await studio.stroke({ x, y, width: 70, height: 40 }, [x / 255, 0.2, y / 255, 1]);
        if (x === 60) await rest;
      }
      const { picture: live } = await studio.ask('pictures.flatten', { document: studio.document, longSidePx: 460 });
      // a commit that changes nothing makes the state before it one that is painted for the purpose
      const painted = studio.record();
      const { head } = (await studio.ask('documents.open', { document: studio.document })).history;
      await studio.commit([{ path: ['layers', 'glaze', 'name'], before: 'glaze', after: 'renamed' }]);
      const { picture: afresh } = await studio.ask('pictures.flatten', { document: studio.document, entry: head, longSidePx: 460 });
      expect(await pixelsOf(studio, afresh)).toEqual(await pixelsOf(studio, live));
      const { picture: bare } = await studio.ask('pictures.flatten', { document: studio.document, longSidePx: 460, hidden: ['glaze'] });
      expect(bare).not.toBe(live);
      expect(painted.layers['glaze']).toHaveProperty('statistics');
    }
  });

  it('of an earlier state of a large document has nearly its picture, painted small', async () => {
    const studio = await opened({ strokePercent: 100 }, { width: 1700, height: 1300 });
    const { head } = (await studio.ask('documents.open', { document: studio.document })).history;
    await studio.commit([{ path: ['layers', 'glaze', 'name'], before: 'glaze', after: 'renamed' }]);
    const [live, small, bare] = [{}, { entry: head, nearly: true }, { hidden: ['glaze'] }].map((of) => studio.ask('pictures.flatten', { document: studio.document, longSidePx: 64, ...of }));
    const pixels = [];
    for (const asked of [live!, small!, bare!]) {
      const { picture, width, height } = await asked;
      expect([width, height]).toEqual([64, 49]);
      pixels.push(await pixelsOf(studio, picture));
    }
    const apart = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
    expect(apart(pixels[1]!, pixels[0]!)).toBeLessThan(apart(pixels[2]!, pixels[0]!) / 3);
  });

  it('is told to be at rest also after a change that leaves its paint as it was', async () => {
    const studio = await opened({ strokePercent: 0 });
    const rest = studio.next('glaze.tiles', ({ paint }) => paint.atRest);
    await studio.commit([{ path: ['layers', 'glaze', 'name'], before: 'glaze', after: 'renamed' }]);
    expect((await rest).paint).toMatchObject({ layer: 'glaze', tiles: {}, coarse: false });
  });

  it('says of its paint which state it is of, and waits until all of the present one is painted', async () => {
    const studio = await opened({ strokePercent: 0 });
    const told: GlazeTiles[] = [];
    void studio.next('glaze.tiles', ({ paint }) => told.push(paint) === 0);
    await studio.stroke({ x: 30, y: 40, width: 70, height: 40 }, [0.9, 0.1, 0.1, 1]);
    const { sequences } = await studio.ask('glaze.rest', { document: studio.document, layers: ['glaze'] });
    const { head } = (await studio.ask('documents.open', { document: studio.document })).history;
    const first = told.find(({ painted }) => painted['0,0'] === head);
    expect(first).toMatchObject({ state: head, tiles: { '0,0': expect.any(String) as string } });
    expect(told.at(-1)).toMatchObject({ atRest: true, state: head, sequence: sequences['glaze'] });
    const { paint: retold } = await studio.next('glaze.tiles', ({ paint }) => paint.whole);
    expect(retold).toMatchObject({ atRest: true, state: head, painted: { '0,0': head } });
    expect(retold.sequence).toBeGreaterThan(sequences['glaze']!);
    await studio.commit([{ path: ['layers', 'glaze', 'settings', 'styles'], before: style.styles, after: [{ style: 'nobody knows it', weight: 1 }] }]);
    await expect(studio.ask('glaze.rest', { document: studio.document, layers: ['glaze'] })).rejects.toThrow('preset.missing');
    await studio.ask('glaze.rest', { document: studio.document, layers: [] });
  });

  it('is painted again, whole, after the engine process was killed, and says so', async () => {
    const studio = await opened({ strokePercent: 0 });
    const before = await studio.ask('pictures.flatten', { document: studio.document, longSidePx: 300 });
    const restarting = studio.next('engine', ({ state }) => state === 'restarting');
    const again = studio.next('glaze.tiles', ({ paint }) => paint.whole);
    studio.killEngine();
    await restarting;
    expect(Object.keys((await again).paint.tiles)).toHaveLength(2);
    expect((await studio.ask('pictures.flatten', { document: studio.document, longSidePx: 300 })).picture).toBe(before.picture);
  });

  it('asks for fresh statistics when the pen rests on another picture, and not where they are locked', async () => {
    const studio = await opened({ strokePercent: 0 });
    const drifted = studio.next('glaze.measured', ({ drift }) => drift);
    await studio.stroke({ x: 0, y: 0, width: 300, height: 200 }, [0.05, 0.1, 0.9, 1]);
    const { statistics } = await drifted;
    expect(statistics).not.toBe(studio.layer<'glaze'>('glaze').statistics);
    expect((await studio.ask('glaze.measure', { document: studio.document, layer: 'glaze' })).statistics).toBe(statistics);
    await studio.commit([{ path: ['layers', 'glaze', 'statisticsLocked'], before: false, after: true }]);
    let told = 0;
    void studio.next('glaze.measured').then(() => (told += 1));
    await studio.stroke({ x: 0, y: 0, width: 300, height: 200 }, [0.9, 0.9, 0.05, 1]);
    await new Promise((go) => setTimeout(go, 3000));
    expect(told).toBe(0);
  });

  it('measures anew for other settings, and tells of a style that is not there without losing its paint', async () => {
    const studio = await opened({ strokePercent: 0 });
    const measured = studio.next('glaze.measured');
    await studio.commit([{ path: ['layers', 'glaze', 'settings', 'seed'], before: 3, after: 4 }]);
    expect((await measured).drift).toBe(false);
    const failed = studio.next('glaze.failed');
    await studio.commit([{ path: ['layers', 'glaze', 'settings', 'styles'], before: style.styles, after: [{ style: 'nobody knows it', weight: 1 }] }]);
    expect((await failed).fault.code).toBe('preset.missing');
  });
});

describe('an export', () => {
  let studio: PaintingStudio;
  beforeAll(async () => {
    studio = await openPaintingStudio({ width: 300, height: 220 }, { ...style, strokePercent: 0 });
  });
  afterAll(() => studio.close());

  it('has the pixels of the screen within one step of 255, its recipe and its density', async () => {
    const { picture } = await studio.ask('pictures.flatten', { document: studio.document, longSidePx: 300 });
    const shown = await pixelsOf(studio, picture);
    for (const [format, depth] of [['png', 8], ['png', 16], ['tiff', 16]] as const) {
      const out = join(folder, `export-${depth}.${format}`);
      const { job } = await studio.ask('export', { document: studio.document, format, depth, dpi: 240, out });
      expect((await jobEnd(studio, job)).state).toBe('done');
      const { data } = await decodePixels(out, { alpha: true });
      expect(Array.from<number>(data).reduce((most, value, i) => Math.max(most, Math.abs(value - shown[i]!)), 0)).toBeLessThanOrEqual(1);
      expect((await inspectPicture(out)).depth).toBe(depth);
      expect(JSON.parse((await readRecipe(out))!)).toMatchObject({ strokePercent: 0, glazes: [{ seed: 3, styles: [{ weight: 1 }] }] });
    }
  });

  it('is scaled, laid over a colour where the format has no alpha, and warns of enlarging', async () => {
    await studio.commit([
      { path: ['layers', 'glaze', 'visible'], before: true, after: false },
      { path: ['layers', 'background', 'visible'], before: true, after: false },
    ]);
    const { job } = await studio.ask('export', { document: studio.document, format: 'jpeg', width: 600, matte: [1, 0, 0], recipe: false });
    const done = await jobEnd(studio, job);
    expect(done).toMatchObject({ state: 'done', notes: [{ key: 'export.enlarged' }], file: { name: 'test.jpg', address: expect.stringContaining('/exports/') } });
    const out = join(folder, 'matte.jpg');
    const { job: second } = await studio.ask('export', { document: studio.document, format: 'jpeg', matte: [1, 0, 0], recipe: false, out });
    expect((await jobEnd(studio, second)).state).toBe('done');
    const { data } = await decodePixels(out);
    expect([data[0]! > 250, data[1]! < 5, data[2]! < 5]).toEqual([true, true, true]);
    expect(await readRecipe(out)).toBeUndefined();
  });

  it('that cannot be written fails with a fault and leaves nothing behind', async () => {
    const out = join(folder, 'picture.webp');
    await writeFile(out, 'what was there');
    const { job } = await studio.ask('export', { document: studio.document, format: 'webp', width: 20_000, out });
    expect(await jobEnd(studio, job)).toMatchObject({ state: 'failed', fault: { code: 'picture.too-large' } });
    expect(await readFile(out, 'utf8')).toBe('what was there');
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('variants and comparisons', () => {
  it('are painted one after another, those that fail told apart, with meters; a run can be cancelled', async () => {
    const studio = await opened({ strokePercent: 0 });
    const { settings } = studio.layer<'glaze'>('glaze');
    const [first, failed, third] = [studio.next('variant', ({ index }) => index === 0), studio.next('variant.failed'), studio.next('variant', ({ index }) => index === 2)];
    const items = [settings, { ...settings, styles: [{ style: 'nobody', weight: 1 }] }, { ...settings, strength: 0.5 }];
    const { job } = await studio.ask('variants.render', { document: studio.document, beneath: 'glaze', longSidePx: 120, meters: true, items });
    const [whole, half] = [await first, await third];
    expect([whole.width, whole.height, (await failed).index]).toEqual([120, 88, 1]);
    expect(half.meters!.contentKept!).toBeGreaterThan(whole.meters!.contentKept!);
    expect(half.meters!.colourShift!).toBeLessThan(whole.meters!.colourShift!);
    expect((await jobEnd(studio, job)).state).toBe('done');
    const many = await studio.ask('variants.render', { document: studio.document, longSidePx: 120, meters: false, items: Array.from({ length: 50 }, (_, seed) => ({ ...settings, seed })) });
    await studio.next('variant');
    await studio.ask('jobs.cancel', { job: many.job });
    expect((await jobEnd(studio, many.job)).state).toBe('cancelled');
    const meters = await studio.ask('compare.measure', { before: half.picture, after: half.picture });
    expect(meters).toEqual({ contentKept: 1, colourShift: 0 });
    const sheet = join(folder, 'sheet.png');
    await studio.ask('compare.save', { before: whole.picture, after: half.picture, out: sheet });
    expect(await inspectPicture(sheet)).toMatchObject({ width: 2 * 120 + 3 * 32, height: 88 + 2 * 32 });
    expect(await studio.ask('variants.judge', { document: studio.document, settings, verdict: 'refused' })).toBeNull();
  });
});

// Strokes and moved pixels beneath glazes on the screen: seen until the paint of all glazes above is told to have them, however late it comes.
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { tileSidePx, type Layer } from '../../../src-main/contract/document.ts';
import { firstState } from '../../../src-main/contract/history.ts';
import type { GlazeTiles } from '../../../src-main/contract/glaze-tiles.ts';
import { openedDocument } from '../../support/scripted-gallery.ts';
import { openScriptedPage, type ScriptedPage } from '../../support/scripted-page.ts';

const colours = { red: [200, 0, 0], green: [0, 200, 0], blue: [0, 0, 200] } as const;
type Colour = keyof typeof colours;
const size = { width: 2 * tileSidePx, height: tileSidePx };
const settings = { styles: [{ style: 'scream', weight: 1 }], strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 1 };
const glazed = (id: string): Layer => ({ id, name: id, kind: 'glaze', visible: true, locked: false, opacity: 1, blend: 'normal', clip: false, settings, statistics: 'a'.repeat(64), statisticsLocked: false }) as Layer;
let opened: ScriptedPage;
let glazes: readonly string[];
const sequences = new Map<string, number>();

beforeAll(async () => {
  opened = await openScriptedPage({ 'documents.sample': () => openedDocument({ ...size, layers: Object.fromEntries(glazes.map((id) => [id, glazed(id)])), children: ['paint', ...glazes] }) });
  for (const [name, [r, g, b]] of Object.entries(colours)) {
    opened.studio.assets.set(name, Uint8Array.from({ length: 4 * tileSidePx ** 2 }, (_, i) => [r, g, b, 255][i % 4]!));
  }
});
afterAll(() => opened?.close());
beforeEach(() => {
  opened.studio.calls.splice(0);
  sequences.clear();
});

/** A document with these glazes over its paint, which are red all over. */
async function openWith(...ids: readonly string[]): Promise<void> {
  glazes = ids;
  const { page } = opened;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.reload();
  await opened.openDocument();
  for (const layer of ids) await tell(layer, { '0,0': 'red', '1,0': 'red' }, { atRest: true });
  await expect.poll(() => shown()).toEqual(['red', 'red']);
  await page.getByRole('treeitem', { name: /^Photograph,/ }).locator('.name').click();
  await page.getByRole('button', { name: 'Brush', exact: true }).click();
}

/** Paint of a state, `painted` in all places it names. */
async function tell(layer: string, tiles: Readonly<Record<string, Colour>>, { state = firstState, painted = Object.keys(tiles), atRest = false }: { state?: string; painted?: readonly string[]; atRest?: boolean } = {}): Promise<void> {
  const sequence = (sequences.get(layer) ?? 0) + 1;
  sequences.set(layer, sequence);
  const paint: GlazeTiles = { document: 'document-1', layer, sequence, whole: sequence === 1, tiles, coarse: false, atRest, state, painted: Object.fromEntries(painted.map((place) => [place, state])) };
  opened.studio.emit({ kind: 'glaze.tiles', paint });
  await opened.page.waitForTimeout(400); // It has come, and would be seen.
}

/** A stroke by hand through the middles of both tiles; answers the state it made. */
async function stroke(): Promise<string> {
  const { page, studio } = opened;
  const box = await surface();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const before = studio.callsOf('documents.commit').length;
  await page.mouse.move(x - 200, y);
  await page.mouse.down();
  for (let dx = -180; dx <= 200; dx += 20) await page.mouse.move(x + dx, y);
  await page.mouse.up();
  await page.mouse.move(2, 790); // The brush's outline leaves the picture.
  await expect.poll(() => studio.callsOf('documents.commit').length).toBe(before + 1);
  return studio.callsOf('documents.commit').at(-1)!.entry.id;
}

async function surface() {
  const box = await opened.page.locator('.surface').boundingBox();
  if (!box) throw new Error('There is no canvas to be seen.');
  return box;
}

/** The middles of the tiles: "stroke" where they show what was painted, black. */
async function shown(dy = 0): Promise<string[]> {
  const box = await surface();
  const { data, info } = await sharp(await opened.page.locator('.surface').screenshot()).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number): number[] => [...data.subarray(3 * ((Math.round(box.height / 2) + dy) * info.width + x)).subarray(0, 3)];
  const names = Object.keys(colours) as Colour[];
  return [at(Math.round(box.width / 2) - 128), at(Math.round(box.width / 2) + 128)].map((pixel) => {
    const name = names.find((each) => colours[each].join() === pixel.join());
    return name ?? (Math.max(...pixel) < 60 ? 'stroke' : pixel.join());
  });
}

test('paint of before the stroke leaves it in sight, however late it comes and at rest too', async () => {
  await openWith('glaze');
  const state = await stroke();
  expect(await shown()).toEqual(['stroke', 'stroke']);
  await opened.page.waitForTimeout(400);
  await tell('glaze', { '0,0': 'green', '1,0': 'green' });
  expect(await shown()).toEqual(['stroke', 'stroke']);
  await tell('glaze', {}, { atRest: true });
  expect(await shown()).toEqual(['stroke', 'stroke']);
  await tell('glaze', { '0,0': 'blue' }, { state });
  await expect.poll(() => shown()).toEqual(['blue', 'stroke']);
  await tell('glaze', { '1,0': 'blue' }, { state, atRest: true });
  await expect.poll(() => shown()).toEqual(['blue', 'blue']);
});

test('a tile that is painted in part keeps the stroke until it has all of it', async () => {
  await openWith('glaze');
  const state = await stroke();
  await opened.page.waitForTimeout(400);
  await tell('glaze', { '0,0': 'green' }, { state, painted: [] });
  expect(await shown()).toEqual(['stroke', 'stroke']);
  await tell('glaze', { '0,0': 'blue' }, { state });
  await expect.poll(() => shown()).toEqual(['blue', 'stroke']);
});

test('of two quick strokes the second stays when the paint of the first comes', async () => {
  await openWith('glaze');
  const first = await stroke();
  const second = await stroke();
  await opened.page.waitForTimeout(400);
  await tell('glaze', { '0,0': 'green', '1,0': 'green' }, { state: first });
  expect(await shown()).toEqual(['stroke', 'stroke']);
  await tell('glaze', { '0,0': 'blue', '1,0': 'blue' }, { state: second, atRest: true });
  await expect.poll(() => shown()).toEqual(['blue', 'blue']);
});

test('beneath two glazes it is seen until both have painted it, or one of them is hidden', async () => {
  await openWith('lower', 'upper');
  const state = await stroke();
  await opened.page.waitForTimeout(400);
  await tell('lower', { '0,0': 'green', '1,0': 'green' }, { state, atRest: true });
  expect(await shown()).toEqual(['stroke', 'stroke']);
  await tell('upper', { '0,0': 'blue' }, { state });
  await expect.poll(() => shown()).toEqual(['blue', 'stroke']);
  await opened.page.getByRole('treeitem', { name: /^upper,/ }).getByRole('button', { name: /^Hide/ }).click();
  await expect.poll(() => shown()).toEqual(['green', 'green']);
});

test.each([['a layer', false], ['a selection', true]])('%s that is dragged leaves no old shape behind, and stays where it was put until the glaze has painted it', async (_, isSelected) => {
  await openWith('glaze');
  const state = await stroke();
  await tell('glaze', { '0,0': 'blue', '1,0': 'blue' }, { state, atRest: true });
  await expect.poll(() => shown()).toEqual(['blue', 'blue']);
  const { page, studio } = opened;
  if (isSelected) await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Move and transform', exact: true }).click();
  await page.waitForTimeout(400); // Its frame is measured.
  const box = await surface();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x + 128, y);
  await page.mouse.down();
  for (const dy of [10, 30, 60, 90]) await page.mouse.move(x + 128, y + dy);
  await page.waitForTimeout(400);
  expect((await shown()).join()).not.toMatch(/blue|stroke/); // What lies beneath: nothing.
  const before = studio.callsOf('documents.commit').length;
  await page.mouse.up();
  await expect.poll(() => studio.callsOf('documents.commit').length).toBe(before + 1);
  await page.waitForTimeout(600);
  expect((await shown()).join()).not.toMatch(/blue|stroke/);
  expect(await shown(90)).toEqual(['stroke', 'stroke']);
  const moved = studio.callsOf('documents.commit').at(-1)!.entry.id;
  await tell('glaze', { '0,0': 'green', '1,0': 'green' }, { state: moved, atRest: true });
  await expect.poll(() => shown()).toEqual(['green', 'green']);
  await expect.poll(() => shown(90)).toEqual(['green', 'green']);
});

test('a stroke that is undone is out of sight at once, whatever the glaze still has of it, and in sight again when it is redone', async () => {
  await openWith('glaze');
  const state = await stroke();
  await tell('glaze', { '0,0': 'blue', '1,0': 'blue' }, { state, atRest: true });
  await expect.poll(() => shown()).toEqual(['blue', 'blue']);
  await opened.page.keyboard.press('Control+z');
  await expect.poll(() => shown()).not.toEqual(['blue', 'blue']);
  expect((await shown()).join()).not.toMatch(/blue|stroke/); // What lies beneath: nothing.
  expect((await shown(90)).join()).toBe('blue,blue'); // Where nothing was painted the glaze stays.
  await tell('glaze', { '0,0': 'green' });
  await expect.poll(async () => (await shown())[0]).toBe('green');
  expect((await shown())[1]).not.toMatch(/blue|stroke/);
  await opened.page.keyboard.press('Control+Shift+z');
  await expect.poll(() => shown()).toEqual(['stroke', 'stroke']);
  await tell('glaze', { '0,0': 'blue', '1,0': 'blue' }, { state, atRest: true });
  await expect.poll(() => shown()).toEqual(['blue', 'blue']);
});

test('nothing complained', () => expect(opened.complaints).toEqual([]));

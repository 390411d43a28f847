// Renewed statistics of a glaze on the screen: its former paint stays until the new is there, and fades; an edit or quiet motion ends that.
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { tileSidePx, type Layer } from '../../../src-main/contract/document.ts';
import { openedDocument } from '../../support/scripted-gallery.ts';
import { openScriptedPage, type ScriptedPage } from '../../support/scripted-page.ts';

const colours = { red: [200, 0, 0], green: [0, 200, 0], blue: [0, 0, 200] } as const;
type Colour = keyof typeof colours;
const hash = (letter: string): string => letter.repeat(64);
const size = { width: 2 * tileSidePx, height: tileSidePx };
let opened: ScriptedPage;
let sequence: number;

/** Two tiles of a glaze whose paint is told by the test. */
function glazed(): Layer {
  const settings = { styles: [{ style: 'scream', weight: 1 }], strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 1 };
  return { id: 'glaze', name: 'The Scream', kind: 'glaze', visible: true, locked: false, opacity: 1, blend: 'normal', clip: false, settings, statistics: hash('a'), statisticsLocked: false } as Layer;
}

beforeAll(async () => {
  opened = await openScriptedPage({ 'documents.sample': () => openedDocument({ ...size, layers: { glaze: glazed() }, children: ['paint', 'glaze'] }) });
  for (const [name, [r, g, b]] of Object.entries(colours)) {
    opened.studio.assets.set(name, Uint8Array.from({ length: 4 * tileSidePx ** 2 }, (_, i) => [r, g, b, 255][i % 4]!));
  }
});
afterAll(() => opened?.close());
beforeEach(async () => {
  await opened.page.emulateMedia({ reducedMotion: 'no-preference' });
  await opened.page.reload();
  await opened.openDocument();
  opened.studio.calls.splice(0);
  sequence = 0;
  await tell({ '0,0': 'red', '1,0': 'red' });
  await expect.poll(shown).toEqual(['red', 'red']);
});

async function tell(tiles: Readonly<Record<string, Colour>>, atRest = true): Promise<void> {
  opened.studio.emit({ kind: 'glaze.tiles', paint: { document: 'document-1', layer: 'glaze', sequence: ++sequence, whole: sequence === 1, tiles, coarse: false, atRest, state: 'first', painted: {} } });
  await opened.page.waitForTimeout(400); // It has come, and would be seen.
}

async function renew(letter: string): Promise<void> {
  opened.studio.emit({ kind: 'glaze.measured', document: 'document-1', layer: 'glaze', statistics: hash(letter), drift: true });
  await expect.poll(() => JSON.stringify(opened.studio.callsOf('documents.amend'))).toContain(hash(letter));
}

/** The middle of each tile. */
async function pixels(): Promise<number[][]> {
  const box = await opened.page.locator('.surface').boundingBox();
  if (!box) throw new Error('There is no canvas to be seen.');
  const { data, info } = await sharp(await opened.page.locator('.surface').screenshot()).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number): number[] => [...data.subarray(3 * (Math.round(box.height / 2) * info.width + x)).subarray(0, 3)];
  return [at(Math.round(box.width / 2) - 128), at(Math.round(box.width / 2) + 128)];
}

async function shown(): Promise<string[]> {
  const names = Object.keys(colours) as Colour[];
  return (await pixels()).map((pixel) => names.find((name) => colours[name].join() === pixel.join()) ?? `between: ${pixel.join()}`);
}

test('nothing of the new paint is seen before all of it is there; then one goes over into the other', async () => {
  await renew('b');
  await tell({ '0,0': 'blue' }, false);
  expect(await shown()).toEqual(['red', 'red']);
  const told = tell({ '1,0': 'blue' });
  for (let [left = []] = await pixels(); left.join() !== colours.blue.join(); [left = []] = await pixels()) {
    expect(left[1]).toBe(0);
    expect(Math.abs(left[0]! + left[2]! - 200)).toBeLessThanOrEqual(2); // Red and blue alone, in shares of one.
  }
  await told;
  await expect.poll(shown).toEqual(['blue', 'blue']);
});

test('paint that comes without renewed statistics is seen tile by tile', async () => {
  await tell({ '0,0': 'blue' }, false);
  await expect.poll(shown).toEqual(['blue', 'red']);
});

test('an edit shows at once what is there', async () => {
  await renew('c');
  await tell({ '0,0': 'green' }, false);
  expect(await shown()).toEqual(['red', 'red']);
  await opened.page.getByRole('treeitem', { name: /^Photograph,/ }).getByRole('button', { name: /^Hide/ }).click();
  await expect.poll(shown).toEqual(['green', 'red']);
});

test('another view shows what is there, and waits again for what is not', async () => {
  const { page } = opened;
  await renew('d');
  await tell({ '0,0': 'green' }, false);
  await page.locator('.status select').selectOption('0.5');
  await page.locator('.status select').selectOption('1');
  await expect.poll(shown).toEqual(['green', 'red']);
  await tell({ '1,0': 'green' });
  await expect.poll(shown).toEqual(['green', 'green']);
});

test('who wants no motion sees the new paint as it comes', async () => {
  await opened.page.emulateMedia({ reducedMotion: 'reduce' });
  await renew('e');
  await tell({ '0,0': 'blue' }, false);
  await expect.poll(shown).toEqual(['blue', 'red']);
});

test('nothing complained', () => expect(opened.complaints).toEqual([]));

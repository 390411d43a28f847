// Rulers along the window's edges, upright and turned, in px and mm.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tileSidePx, type Layer } from '../../../src-main/contract/document.ts';
import { openedDocument } from '../../support/scripted-gallery.ts';
import { openScriptedPage, type ScriptedPage } from '../../support/scripted-page.ts';

const size = { width: 2 * tileSidePx, height: tileSidePx };
const paint = { ...openedDocument().record.layers['paint'], pixels: { x: 0, y: 0, depth: 8, tiles: { '0,0': 'blue', '1,0': 'blue' } } } as Layer;
let opened: ScriptedPage;

beforeAll(async () => {
  opened = await openScriptedPage({ 'documents.sample': () => openedDocument({ ...size, layers: { paint } }) });
  opened.studio.assets.set('blue', Uint8Array.from({ length: 4 * tileSidePx ** 2 }, (_, i) => [40, 80, 160, 255][i % 4]!));
  await opened.openDocument();
  await opened.page.keyboard.press('Shift+R');
});
afterAll(() => opened?.close());

/** Where a number stands along a ruler, from the middle of the canvas, px; undefined where it is not there. */
async function placeOf(ruler: 'across' | 'down', label: string): Promise<number | undefined> {
  const box = await opened.page.locator('.surface').boundingBox();
  const marks = opened.page.getByRole('img', { name: `Ruler ${ruler}` }).locator('g').filter({ has: opened.page.locator('text').getByText(label, { exact: true }) });
  const path = (await marks.count()) === 0 ? null : await marks.first().locator('path').getAttribute('d');
  const [, x = 0, y = 0] = (/^M([\d.-]+) ([\d.-]+)/.exec(path ?? '') ?? []).map(Number);
  return path && box ? (ruler === 'across' ? x - box.width / 2 : y - box.height / 2) : undefined;
}

const near = (wanted: number): unknown => ({ asymmetricMatch: (found: unknown) => typeof found === 'number' && Math.abs(found - wanted) <= 1.5 });

async function turnRight(times: number): Promise<void> {
  const { page } = opened;
  for (let i = 0; i < times; i++) {
    await page.getByRole('menuitem', { name: 'View', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Turn the view right/ }).click();
  }
}

test('upright, both count from the document’s corner', async () => {
  await expect.poll(() => placeOf('across', '0')).toEqual(near(-256));
  await expect.poll(() => placeOf('across', '200')).toEqual(near(-56));
  await expect.poll(() => placeOf('down', '200')).toEqual(near(72));
});

test('turned by 15°, they measure along the window from where the corner lies, in px and mm', async () => {
  await turnRight(1);
  await expect.poll(() => placeOf('across', '0')).toEqual(near(-214));
  await expect.poll(() => placeOf('across', '200')).toEqual(near(-14));
  await expect.poll(() => placeOf('down', '0')).toEqual(near(-190));
  await opened.page.getByRole('button', { name: 'Unit of the rulers: px' }).click();
  await expect.poll(() => placeOf('across', '10')).toEqual(near(-214 + (10 * 300) / 25.4));
  await opened.page.getByRole('button', { name: 'Unit of the rulers: mm' }).click();
});

test('at a quarter turn the upper one counts the document’s y, leftwards', async () => {
  await turnRight(5);
  await expect.poll(() => placeOf('across', '0')).toEqual(near(128));
  await expect.poll(() => placeOf('across', '200')).toEqual(near(-72));
  await expect.poll(() => placeOf('down', '200')).toEqual(near(-56));
});

test('zoomed, they count with the picture', async () => {
  await opened.page.locator('.status select').selectOption('0.5');
  await expect.poll(() => placeOf('across', '0')).toEqual(near(64));
  await expect.poll(() => placeOf('across', '200')).toEqual(near(-36));
});

test('nothing complained', () => expect(opened.complaints).toEqual([]));

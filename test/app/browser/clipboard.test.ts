// Copy and paste in a real browser with its clipboard: own copies come back at their depth, what was copied elsewhere later is placed.
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Layer } from '../../../src-main/contract/document.ts';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

const side = 200;
let studio: StudioDriver;
shootFailures(() => studio);

beforeAll(async () => {
  studio = await openStudio();
  await studio.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const fine = Uint16Array.from({ length: side * side * 3 }, (_, at) => (at * 331) % 65536);
  const png = await sharp(fine, { raw: { width: side, height: side, channels: 3 } }).toColourspace('rgb16').png().toBuffer();
  await studio.openPicture('fine.png', png);
});

afterAll(() => studio?.close());

async function layers(): Promise<Layer[]> {
  const wire = await studio.wire();
  const [latest] = await wire.ask('documents.list');
  const { record } = await wire.ask('documents.open', { document: latest?.id ?? '' });
  return Object.values(record.layers).filter(({ kind }) => kind !== 'group');
}

test('what was copied here comes back with 16 bit, though the system’s clipboard holds 8', async () => {
  const { page } = studio;
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await expect.poll(() => page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types))).toEqual(['image/png']);
  await studio.tells(() => page.keyboard.press('Control+v'));
  await expect.poll(async () => (await layers()).map((layer) => [layer.kind, 'pixels' in layer ? (layer.pixels as { depth: number }).depth : 0]).sort()).toEqual([['image', 16], ['raster', 16]]);
});

test('what was copied elsewhere since is placed instead', async () => {
  const { page } = studio;
  await page.evaluate(async (length) => {
    const canvas = new OffscreenCanvas(length, length);
    const context = canvas.getContext('2d');
    if (context) context.fillStyle = '#208040';
    context?.fillRect(0, 0, length, length);
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': await canvas.convertToBlob({ type: 'image/png' }) })]);
  }, side);
  await studio.tells(() => page.keyboard.press('Control+v'));
  await expect.poll(async () => (await layers()).filter(({ kind }) => kind === 'image').length).toBe(2);
});

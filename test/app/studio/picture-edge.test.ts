// A picture is its own colour up to its edge, at whatever zoom it is fitted: nothing of the checkerboard shines through.
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStudio, patienceMs, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;
const dark = 32;

beforeAll(async () => {
  studio = await openStudio();
});
afterAll(() => studio?.close());
shootFailures(() => studio);

/** Red values from inside the picture outwards, px by px of the screen, across the middle of its right and its lower edge. */
async function acrossEdges(width: number, height: number): Promise<{ readonly right: number[]; readonly bottom: number[] }> {
  const { page } = studio;
  const box = await page.locator('.surface[role=application]').boundingBox();
  const zoom = Number(await page.locator('.status select').inputValue());
  if (!box) throw new Error('There is no canvas to be seen.');
  const middle = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
  const reds = async (clip: { x: number; y: number; width: number; height: number }): Promise<number[]> => {
    const data = await sharp(await page.screenshot({ clip })).removeAlpha().raw().toBuffer();
    return [...data.filter((_, at) => at % 3 === 0)];
  };
  return {
    right: await reds({ x: middle.x + Math.floor((width * zoom) / 2) - 8, y: middle.y, width: 16, height: 1 }),
    bottom: await reds({ x: middle.x, y: middle.y + Math.floor((height * zoom) / 2) - 8, width: 1, height: 16 }),
  };
}

test('800 × 1000 px, fitted', async () => {
  const { page } = studio;
  const [width, height] = [800, 1000];
  await page.setViewportSize({ width: 1440, height: 900 });
  await studio.openPicture(`dark-${width}.png`, await sharp({ create: { width, height, channels: 3, background: { r: dark, g: dark, b: dark } } }).png().toBuffer());
  await page.locator('.status > span').first().filter({ hasText: `${width} × ${height}` }).waitFor();
  await page.mouse.move(2, 890);
  await expect.poll(async () => (await acrossEdges(width, height)).right[0], { timeout: patienceMs }).toBe(dark);
  for (const edge of Object.values(await acrossEdges(width, height))) {
    const around = edge.at(-1) ?? dark;
    expect(around).not.toBe(dark); // The strip reaches beyond the picture.
    expect(edge.filter((red) => red !== around && Math.abs(red - dark) > 1)).toEqual([]);
  }
});

// A file of several frames in a real browser: its layers, the sentence about them, and another frame in a layer's place.
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

const size = { width: 120, height: 80 };
const colours = [[200, 60, 40], [40, 150, 80], [40, 80, 190]] as const;
let studio: StudioDriver;
shootFailures(() => studio);

beforeAll(async () => {
  studio = await openStudio();
  const frames = Buffer.concat(colours.flatMap((colour) => Array.from({ length: size.width * size.height }, () => Buffer.from(colour))));
  const gif = await sharp(frames, { raw: { width: size.width, height: size.height * 3, channels: 3, pageHeight: size.height } }).gif().toBuffer();
  await studio.openPicture('frames.gif', gif);
});

afterAll(() => studio?.close());

const middle = async (): Promise<number[]> => {
  const { data, width } = await studio.flattened();
  return [...data.subarray((40 * width + 60) * 3, (40 * width + 60) * 3 + 3)];
};
const near = (colour: readonly number[], found: readonly number[]): boolean => found.every((value, channel) => Math.abs(value - colour[channel]!) < 8);

test('every frame is a layer, the first is shown, and a sentence says so', async () => {
  const { page } = studio;
  await page.getByText('frames.gif has 3 pages or frames').waitFor();
  expect(await page.getByRole('treeitem').count()).toBe(3);
  expect(near(colours[0], await middle())).toBe(true);
});

test('a layer takes another frame, and undo gives its own back', async () => {
  const { page } = studio;
  await studio.chooseLayer('frames 1');
  await studio.tells(() => page.getByLabel('Page or frame').selectOption('3'));
  await expect.poll(async () => near(colours[2], await middle())).toBe(true);
  await studio.tells(() => page.keyboard.press('Control+z'));
  await expect.poll(async () => near(colours[0], await middle())).toBe(true);
  expect(studio.complaints).toEqual([]);
});

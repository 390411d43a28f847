// Journey: two states of the history compared under one line, measured, and saved as one picture, as shown or as a sheet.
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePicture } from '../../support/sample-picture.ts';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;

beforeAll(async () => {
  studio = await openStudio();
  await studio.openPicture('portrait.png', await samplePicture('portrait', 320, 400));
  await studio.addGlaze(/Scream/);
  await studio.setNumber('Strength', 60);
  await studio.saved();
  await studio.agrees();
  await studio.workspace('Compare');
});

afterAll(() => studio?.close());
shootFailures(() => studio);

test('two states of the history stand under one line, which the keyboard moves', async () => {
  const { page } = studio;
  for (const [side, words] of [['Left picture (A)', 'As it was opened'], ['Right picture (B)', 'Strength']] as const) {
    await page.getByRole('button', { name: side }).click();
    await studio.shoot(`compare-sources-${side.slice(0, 4)}`);
    await page.getByRole('listbox', { name: side }).getByRole('option', { name: words }).first().click();
  }
  const line = page.getByRole('slider', { name: 'Line between A and B' });
  await line.waitFor();
  await page.getByText('Preparing the pictures …').waitFor({ state: 'hidden' });
  const shown = async (): Promise<string> => (await page.locator('.viewer').screenshot()).toString('base64');
  const before = await shown();
  await line.focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  await expect.poll(shown).not.toBe(before);
  await studio.shoot('compare-split');
  for (const mode of ['Side by side', 'Onion', 'Difference']) {
    await page.getByRole('radio', { name: mode }).click();
    await studio.shoot(`compare-${mode.toLowerCase().replaceAll(' ', '-')}`);
  }
});

test('meters tell in words how far the two are from one another, with numbers on demand', async () => {
  const { page } = studio;
  const meters = page.locator('.pair dl');
  await expect.poll(() => meters.locator('dt').allTextContents()).toEqual(['Picture', 'Style', 'Colour']);
  await page.locator('.pair').getByRole('checkbox', { name: 'Numbers' }).check();
  await expect.poll(() => meters.locator('.number').allTextContents()).toEqual([expect.stringMatching(/^\d+ %$/), expect.stringMatching(/^\d+ %$/), expect.stringMatching(/\d/)]);
  await studio.shoot('compare-meters');
});

async function saved(choice: RegExp): Promise<Picture> {
  const { page } = studio;
  const { name, bytes } = await studio.download(async () => {
    await page.getByRole('button', { name: 'Save as one picture …' }).click();
    await page.getByRole('menuitem', { name: choice }).click();
  });
  expect(name).toMatch(/\.png$/);
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, at: (x, y) => [...data.subarray(3 * (y * info.width + x), 3 * (y * info.width + x) + 3)] };
}

async function choose(mode: string): Promise<void> {
  await studio.page.getByRole('radio', { name: mode }).click();
}

test('the comparison is saved as it is shown, whole and at its own size', async () => {
  await choose('Side by side');
  const side = await saved(/As shown: Side by side/);
  expect([side.width, side.height]).toEqual([2 * 320 + 8, 400]);
  const [places, right] = [[[40, 60], [160, 200], [300, 390]] as const, 320 + 8];
  const [a, b] = [places.map(([x, y]) => side.at(x, y)), places.map(([x, y]) => side.at(right + x, y))];
  expect(a).not.toEqual(b);
  expect(side.at(324, 200)).toEqual([255, 255, 255]);

  await choose('Split'); // The line stands right of the middle.
  const split = await saved(/As shown: Split/);
  expect([split.width, split.height]).toEqual([320, 400]);
  const line = Array.from({ length: 320 }, (_, x) => x).filter((x) => [0, 100, 200, 399].every((y) => split.at(x, y).every((value) => value === 255)));
  expect(line).toHaveLength(2);
  expect(line[0]).toBeGreaterThan(160);
  expect(places.map(([x, y]) => split.at(x, y))).toEqual([a[0], a[1], b[2]]);

  await choose('Onion');
  const onion = await saved(/As shown: Onion/);
  const middle = places.map((_, place) => a[place]!.map((value, channel) => (value + b[place]![channel]!) / 2));
  expect(largest(places.map(([x, y]) => onion.at(x, y)), middle)).toBeLessThanOrEqual(1.5);

  await choose('Difference');
  const difference = await saved(/As shown: Difference/);
  const apart = places.map((_, place) => a[place]!.map((value, channel) => Math.min(255, 4 * Math.abs(value - b[place]![channel]!))));
  expect(largest(places.map(([x, y]) => difference.at(x, y)), apart)).toBeLessThanOrEqual(4);

  await choose('Blink');
  const blink = await saved(/Blink: both side by side/);
  expect([blink.width, places.map(([x, y]) => blink.at(right + x, y))]).toEqual([side.width, b]);
});

test('before and after are saved on one sheet; the painting of a style that ships is not at hand', async () => {
  const { width, height } = await saved(/^Before and after on one sheet$/);
  expect([width, height]).toEqual([2 * 320 + 3 * 32, 400 + 2 * 32]);
  expect(studio.complaints).toEqual([]);
});

interface Picture {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): number[];
}

function largest(some: readonly number[][], others: readonly number[][]): number {
  return Math.max(...some.flatMap((rgb, place) => rgb.map((value, channel) => Math.abs(value - others[place]![channel]!))));
}

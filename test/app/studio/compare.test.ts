// Journey: two states of the history compared under one line, measured, and saved as one picture.
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
  await page.getByRole('combobox', { name: 'Left picture (A)' }).selectOption({ label: 'As it was opened' });
  await page.getByRole('combobox', { name: 'Right picture (B)' }).selectOption({ label: 'Strength' });
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

test('the comparison is saved as one picture, wider than either', async () => {
  const { name, bytes } = await studio.download(() => studio.page.getByRole('button', { name: 'Save as one picture …' }).click());
  expect(name).toMatch(/\.png$/);
  const { width, height, format } = await sharp(bytes).metadata();
  expect(format).toBe('png');
  expect(width).toBeGreaterThan(2 * 320);
  expect(height).toBeGreaterThanOrEqual(400);
  expect(studio.complaints).toEqual([]);
});

// Journey: a painting is dropped, a style is learned from it for a few seconds, saved, and glazed over the artist's picture.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePicture, smallPainting } from '../../support/sample-picture.ts';
import { largestDifference, openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;

beforeAll(async () => {
  studio = await openStudio();
  await studio.openPicture('garden.png', await samplePicture('garden', 320, 240));
});

afterAll(() => studio?.close());
shootFailures(() => studio);

test('a style is taught from a dropped painting and watched on the artist’s own picture', async () => {
  const { page } = studio;
  await studio.workspace('Teach');
  await studio.shoot('teach-empty');
  await studio.drop('field.png', await smallPainting(400, 320), page.locator('.draft'));
  await page.getByRole('group', { name: /Part of field\.png that is learned/ }).waitFor();
  await page.getByRole('combobox', { name: 'Marks' }).selectOption({ label: 'Facets' });
  await studio.shoot('teach-draft');
  await page.getByRole('button', { name: 'Start teaching' }).click();
  await page.getByText('Learning', { exact: false }).first().waitFor();
  const awaited = page.getByRole('progressbar', { name: 'Time until the first picture' });
  await awaited.waitFor({ state: 'visible' });
  await studio.shoot('teach-awaited');
  await awaited.waitFor({ state: 'hidden' });
  await page.getByText(/step \d+ of \d+/).waitFor();
  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByRole('img', { name: 'Losses' }).waitFor();
  await studio.shoot('teach-run');
  await page.getByRole('button', { name: 'Details' }).click();
});

test('finished under a name it stands in the gallery, and glazes the picture', async () => {
  const { page } = studio;
  await page.getByRole('button', { name: 'Finish and save …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Finish and save' });
  await dialog.getByLabel('Name of the style').fill('Field of strokes');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('“Field of strokes” is in the gallery.').waitFor();
  await studio.shoot('teach-done');

  await studio.workspace('Paint');
  const before = await studio.flattened();
  await page.getByRole('combobox', { name: 'Shown styles' }).selectOption({ label: 'My own' });
  await studio.addGlaze(/^Field of strokes/);
  await studio.saved();
  await studio.agrees();
  expect(largestDifference(before, await studio.flattened())).toBeGreaterThan(20);
  await studio.shoot('teach-applied');
  expect(studio.complaints).toEqual([]);
});

// Journey: a picture is dropped, glazed, its strength and strokes are set, and it is exported for print.
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePicture } from '../../support/sample-picture.ts';
import { largestDifference, openStudio, rawOf, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;

beforeAll(async () => {
  studio = await openStudio();
});

afterAll(() => studio?.close());
shootFailures(() => studio);

const dialog = () => studio.page.getByRole('dialog', { name: 'Export' });

async function openExport(): Promise<void> {
  await studio.page.getByRole('button', { name: 'Export', exact: true }).click();
  await dialog().getByRole('radio', { name: 'TIFF' }).click();
  await dialog().getByLabel('Depth').selectOption({ label: '16 bit' });
}

/** A profile names itself in UTF-16. */
const wordsOf = (profile: Uint8Array | undefined): string => Buffer.from(profile ?? []).toString('latin1').replaceAll('\0', '');

/** Typed, and left: that is when a field is read. */
async function fill(label: string, value: string): Promise<void> {
  await dialog().getByLabel(label).fill(value);
  await dialog().getByLabel(label).press('Tab');
}

const exported = () => studio.download(() => dialog().getByRole('button', { name: 'Export', exact: true }).click());

test('a dropped picture is glazed, and the screen shows what a whole render gives', async () => {
  await studio.shoot('start');
  await studio.openPicture('garden.png', await samplePicture('garden', 400, 300));
  const before = await studio.flattened();
  await studio.addGlaze(/Tahiti/);
  await studio.setNumber('Strength', 80);
  await studio.setNumber('Stroke size', 60);
  await studio.saved();
  await studio.agrees();
  await studio.shoot('paint');
  expect(largestDifference(before, await studio.flattened())).toBeGreaterThan(40);
  await expect.poll(studio.steps).toEqual(['Beginning', 'Glaze: Three Tahitian Women', 'Strength', 'Stroke size']);
});

test('its print file has 16 bits, its own resolution and profile, and the pixels of the screen', async () => {
  const screen = await studio.screen();
  await openExport();
  await dialog().getByLabel('Unit').selectOption({ label: 'px' });
  await fill('Resolution', '200');
  await dialog().getByLabel('Colour profile').selectOption({ label: 'sRGB' });
  await studio.shoot('export');
  const { name, bytes } = await exported();
  await dialog().getByRole('button', { name: 'Close', exact: true }).last().click();
  expect(name).toMatch(/^garden.*\.tiff?$/);
  const { icc, ...facts } = await sharp(bytes).metadata();
  expect(facts).toMatchObject({ format: 'tiff', depth: 'ushort', density: 200, width: 400, height: 300 });
  expect(wordsOf(icc)).toContain('sRGB');
  expect(largestDifference(await rawOf(bytes), screen)).toBeLessThanOrEqual(1);
});

test('a print larger than the picture is warned of, and comes in its size and colour space', async () => {
  await openExport();
  await dialog().getByLabel('Unit').selectOption({ label: 'cm' });
  await fill('Resolution', '300');
  await fill('Width', '5.08');
  await dialog().getByLabel('Colour profile').selectOption({ label: 'Adobe RGB' });
  await dialog().getByText(/every pixel becomes 1.5 times as large/).waitFor();
  const { bytes } = await exported();
  const { icc, ...facts } = await sharp(bytes).metadata();
  expect(facts).toMatchObject({ depth: 'ushort', density: 300, width: 600, height: 450 });
  expect(wordsOf(icc)).toContain('Adobe RGB');
  expect(studio.complaints).toEqual([]);
});

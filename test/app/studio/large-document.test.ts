// Journey: 8192 × 8192 px, several layers. Painted at fit and at 1:1, exported whole, and there again after a restart.
import { freemem } from 'node:os';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { largestDifference, openStudio, patienceMs, rawOf, shootFailures, type RawPicture, type StudioDriver } from '../../support/studio-driver.ts';

const sidePx = 8192;
/** In the middle of the document, what is looked at px by px. */
const crop = { width: 400, height: 300 };
/** The page, its canvas, the host and the export's pixels, bytes. */
const neededBytes = 3e9;
let studio: StudioDriver | undefined;

const hasRoom = freemem() > neededBytes;
if (!hasRoom) console.warn(`large-document: skipped, ${Math.round(freemem() / 1e6)} MB of memory are free and ${neededBytes / 1e6} are needed.`);

beforeAll(async () => {
  if (hasRoom) studio = await openStudio();
});
afterAll(() => studio?.close());
shootFailures(() => studio);

async function create({ page }: StudioDriver): Promise<void> {
  await page.getByRole('button', { name: 'New', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'New document' });
  await dialog.getByLabel('Unit').selectOption({ label: 'px' });
  await dialog.getByLabel('Name').fill('Mural');
  for (const side of ['Width', 'Height']) await dialog.getByLabel(side, { exact: true }).fill(String(sidePx));
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('application', { name: 'Canvas: Mural' }).waitFor();
}

const shows = ({ page }: StudioDriver): Promise<void> => page.locator('.surface[aria-busy=false]').waitFor();

async function zoom(driver: StudioDriver, keys: 'Control+0' | 'Control+1'): Promise<void> {
  await driver.page.keyboard.press(keys);
  await shows(driver);
}

/** The middle of the document on the screen, at 1:1. */
async function middle({ page }: StudioDriver): Promise<RawPicture> {
  const box = await page.locator('.surface').boundingBox();
  if (!box) throw new Error('There is no canvas to be seen.');
  const [x, y] = [box.x + box.width / 2 - crop.width / 2, box.y + box.height / 2 - crop.height / 2];
  return rawOf(await page.screenshot({ clip: { x, y, ...crop } }));
}

test.skipIf(!hasRoom)('a document of 8192 × 8192 px is painted, exported whole and opened again', async () => {
  const driver = studio!;
  const { page } = driver;
  await create(driver);
  await driver.menu('Layer', 'New layer', 'New paint layer');
  await page.keyboard.press('b');
  await driver.setNumber('Size', 600);
  await driver.stroke(Array.from({ length: 9 }, (_, i) => ({ x: 2500 + i * 400, y: 3000 + i * 300, pressure: 1 })));
  await driver.setNumber('Opacity', 50, page.getByRole('region', { name: 'Layers' }));
  await driver.menu('Layer', 'New layer', 'New paint layer');
  await zoom(driver, 'Control+1');
  await driver.setNumber('Size', 30);
  await driver.stroke(Array.from({ length: 9 }, (_, i) => ({ x: 3950 + i * 36, y: 4180 - i * 20, pressure: 0.8 })));
  await driver.saved();
  await shows(driver);
  const painted = await middle(driver);
  await driver.shoot('large-1-1');
  const before = await driver.steps();

  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: 'PNG' }).click();
  const { bytes } = await driver.download(() => dialog.getByRole('button', { name: 'Export', exact: true }).click());
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  const file = sharp(bytes, { limitInputPixels: sidePx ** 2 });
  expect(await file.metadata()).toMatchObject({ width: sidePx, height: sidePx });
  const place = { left: (sidePx - crop.width) / 2, top: (sidePx - crop.height) / 2 };
  expect(largestDifference(painted, await rawOf(await file.extract({ ...place, ...crop }).png().toBuffer()))).toBeLessThanOrEqual(1);

  await zoom(driver, 'Control+0');
  await driver.shoot('large-fit');
  await driver.host.stop();
  await driver.host.start();
  await driver.reopen();
  await page.getByRole('button', { name: /^Mural/ }).click();
  await page.getByRole('application', { name: 'Canvas: Mural' }).waitFor();
  await expect.poll(driver.steps, { timeout: patienceMs }).toEqual(before);
  await zoom(driver, 'Control+1');
  await expect.poll(async () => largestDifference(painted, await middle(driver)), { timeout: patienceMs }).toBe(0);
  expect(driver.complaints).toEqual([]);
});

// Journey: the engine process is killed while it paints a glaze and while it exports; the window goes on, the work is done.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePicture } from '../../support/sample-picture.ts';
import { largestDifference, openStudio, patienceMs, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;

beforeAll(async () => {
  studio = await openStudio();
  await studio.openPicture('street.png', await samplePicture('old-street', 600, 480));
});

afterAll(() => studio?.close());
shootFailures(() => studio);

async function killEngine(): Promise<number> {
  let engine: number | undefined;
  await expect.poll(() => (engine = studio.host.child('engine')), { timeout: patienceMs, interval: 20 }).toBeDefined();
  process.kill(engine!, 'SIGKILL');
  return engine!;
}

test('a glaze whose engine is killed while it paints is painted by the next engine', async () => {
  const before = await studio.flattened();
  await studio.addGlaze(/Starry Night/);
  await studio.page.getByText(/^(Painting …|Coarse; the fine paint follows|Painted)$/).first().waitFor();
  const killed = await killEngine();
  await studio.shoot('engine-killed');
  await studio.page.locator('[data-state=engine].answering').waitFor();
  await studio.agrees();
  expect(studio.host.child('engine')).not.toBe(killed);
  expect(largestDifference(before, await studio.flattened())).toBeGreaterThan(40);
});

test('a stroke drawn while there is no engine is kept, and restyled when there is one again', async () => {
  const before = await studio.flattened();
  await studio.chooseLayer('street');
  await studio.menu('Layer', 'New layer', 'New paint layer');
  await killEngine();
  await studio.stroke(Array.from({ length: 12 }, (_, i) => ({ x: 100 + 30 * i, y: 240, pressure: 0.8 })));
  await studio.saved();
  await studio.agrees();
  expect(largestDifference(before, await studio.flattened())).toBeGreaterThan(40);
});

test('an export whose engine is killed is carried out by the next one', async () => {
  const { page } = studio;
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: 'PNG' }).click();
  const { bytes } = await studio.download(async () => {
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await killEngine();
  });
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  await page.locator('[data-state=engine].answering').waitFor();
  expect(studio.complaints).toEqual([]);
});

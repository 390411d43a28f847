// Journey: strokes, the studio is closed and started again, and every step is still there to be undone, redone and jumped to.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { largestDifference, openStudio, patienceMs, shootFailures, type RawPicture, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;
let whole: RawPicture;
let first: RawPicture;

const step = (index: number) => studio.page.getByRole('list', { name: 'Steps of history' }).locator('.step').nth(index);

/** Whether the panel shows the step the document stands at. */
function isInSight(): Promise<boolean> {
  return studio.page.locator('.step[aria-current=step]').evaluate((row) => {
    const [inner, outer] = [row.getBoundingClientRect(), row.closest('.steps')!.getBoundingClientRect()];
    return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
  });
}

async function stroke(y: number): Promise<void> {
  await studio.stroke(Array.from({ length: 12 }, (_, i) => ({ x: 60 + i * 25, y, pressure: 0.7 })));
  await studio.saved();
}

beforeAll(async () => {
  studio = await openStudio();
  await studio.page.getByRole('button', { name: 'New', exact: true }).click();
  const dialog = studio.page.getByRole('dialog', { name: 'New document' });
  await dialog.getByLabel('Unit').selectOption({ label: 'px' });
  await dialog.getByLabel('Name').fill('Strokes');
  await dialog.getByLabel('Width', { exact: true }).fill('400');
  await dialog.getByLabel('Height', { exact: true }).fill('300');
  await studio.shoot('new');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await studio.page.getByRole('application', { name: 'Canvas: Strokes' }).waitFor();
});

afterAll(() => studio?.close());
shootFailures(() => studio);

test('a closed studio that is started again shows the document with its steps and their pictures', async () => {
  await studio.menu('Layer', 'New layer', 'New paint layer');
  await stroke(60);
  await studio.agrees();
  first = await studio.flattened();
  await stroke(150);
  await stroke(240);
  await studio.agrees();
  whole = await studio.flattened();
  await expect.poll(studio.steps).toHaveLength(5);
  const before = await studio.steps();
  await expect.poll(() => step(4).locator('canvas, img').count(), { timeout: patienceMs }).toBeGreaterThan(0);

  await studio.host.stop();
  await studio.host.start();
  await studio.reopen();
  await studio.page.getByRole('button', { name: /^Strokes/ }).click();
  await studio.page.getByRole('application', { name: 'Canvas: Strokes' }).waitFor();
  await expect.poll(studio.steps).toEqual(before);
  await expect.poll(isInSight, { timeout: patienceMs }).toBe(true);
  await studio.agrees();
  expect(largestDifference(whole, await studio.flattened())).toBe(0);
  await studio.shoot('restarted');
});

test('undo, redo and jump lead to the same pixels as before the restart', async () => {
  const { page } = studio;
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  for (let i = 0; i < 2; i++) await studio.tells(() => undo.click());
  await studio.saved();
  await studio.agrees();
  expect(largestDifference(first, await studio.flattened())).toBe(0);
  for (let i = 0; i < 2; i++) await studio.tells(() => page.keyboard.press('Control+Shift+Z'));
  await studio.saved();
  await studio.agrees();
  expect(largestDifference(whole, await studio.flattened())).toBe(0);
  await studio.tells(() => step(2).click());
  await studio.saved();
  await studio.agrees();
  expect(largestDifference(first, await studio.flattened())).toBe(0);
});

test('a stroke after a jump back is a branch; the line that was left can still be reached', async () => {
  await stroke(30);
  await studio.page.getByRole('button', { name: /2 other steps/ }).click();
  await studio.shoot('branch');
  const left = studio.page.getByRole('list', { name: 'Steps of history' }).locator('.step.state:not([aria-current])').last();
  await studio.tells(() => left.click());
  await studio.saved();
  await studio.agrees();
  expect(largestDifference(whole, await studio.flattened())).toBe(0);
  expect(studio.complaints).toEqual([]);
});

// Every state of history gets its picture: the beginning, and steps that followed one another too quickly for one.
import { afterAll, expect, test } from 'vitest';
import { openStudio, patienceMs, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver | undefined;
afterAll(() => studio?.close());
shootFailures(() => studio);

test('fast steps and the beginning have their pictures once the hand rests, with what is transparent, and after a restart', async () => {
  studio = await openStudio();
  const { page, host } = studio;
  await page.getByRole('button', { name: 'New', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'New document' });
  await dialog.getByLabel('Unit').selectOption({ label: 'px' });
  await dialog.getByLabel('Name').fill('Quick');
  for (const side of ['Width', 'Height']) await dialog.getByLabel(side, { exact: true }).fill('400');
  await dialog.getByLabel('Ground').selectOption({ label: 'See-through' });
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('application', { name: 'Canvas: Quick' }).waitFor();
  for (let step = 0; step < 3; step++) await page.keyboard.press('Control+Shift+N');
  await expect.poll(studio.steps).toHaveLength(4);
  const pictures = () => page.getByRole('list', { name: 'Steps of history' }).locator('.step img').count();
  /** Of the middle of each. */
  const alphas = () =>
    page.locator('.step img').evaluateAll(async (images) => {
      const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
      return Promise.all(
        images.map(async (image) => {
          await (image as HTMLImageElement).decode();
          context.clearRect(0, 0, 1, 1);
          context.drawImage(image as HTMLImageElement, 0, 0, 1, 1);
          return context.getImageData(0, 0, 1, 1).data[3];
        }),
      );
    });
  await expect.poll(pictures, { timeout: patienceMs }).toBe(4);
  await studio.saved();
  await studio.shoot('history-pictures');
  expect(await alphas()).toEqual([0, 0, 0, 0]); // Nothing was painted: all of it is seen through, on the chequer beneath.
  expect(await page.locator('.state-picture.chequered').count()).toBe(4);
  await host.stop();
  await host.start();
  await studio.reopen();
  await page.getByRole('button', { name: /^Quick/ }).click();
  await expect.poll(pictures, { timeout: patienceMs }).toBe(4);
});

// Every state of history gets its picture: the beginning, and steps that followed one another too quickly for one.
import { afterAll, expect, test } from 'vitest';
import { openStudio, patienceMs, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver | undefined;
afterAll(() => studio?.close());
shootFailures(() => studio);

test('fast steps and the beginning have their pictures once the hand rests, and after a restart', async () => {
  studio = await openStudio();
  const { page, host } = studio;
  await page.getByRole('button', { name: 'New', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'New document' });
  await dialog.getByLabel('Unit').selectOption({ label: 'px' });
  await dialog.getByLabel('Name').fill('Quick');
  for (const side of ['Width', 'Height']) await dialog.getByLabel(side, { exact: true }).fill('400');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('application', { name: 'Canvas: Quick' }).waitFor();
  for (let step = 0; step < 3; step++) await page.keyboard.press('Control+Shift+N');
  await expect.poll(studio.steps).toHaveLength(4);
  const pictures = () => page.getByRole('list', { name: 'Steps of history' }).locator('.step img').count();
  await expect.poll(pictures, { timeout: patienceMs }).toBe(4);
  await studio.saved();
  await studio.shoot('history-pictures');
  await host.stop();
  await host.start();
  await studio.reopen();
  await page.getByRole('button', { name: /^Quick/ }).click();
  await expect.poll(pictures, { timeout: patienceMs }).toBe(4);
});

// Journey: twenty variants in a queue, cancelled, painted again, and one of them taken with a click.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePicture } from '../../support/sample-picture.ts';
import { openStudio, patienceMs, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;

beforeAll(async () => {
  studio = await openStudio();
  await studio.openPicture('still.png', await samplePicture('still-life', 200, 160));
  await studio.workspace('Compare');
  await studio.page.getByRole('tab', { name: 'Variants' }).click();
});

afterAll(() => studio?.close());
shootFailures(() => studio);

const tiles = () => studio.page.getByRole('button', { name: /^Take this one: / });
const painted = () => studio.page.locator('.variants figure:not(.waiting)');

async function plan(): Promise<void> {
  const { page } = studio;
  const styles = page.getByRole('combobox', { name: 'Add a style …' });
  for (let i = 0; i < 5; i++) await styles.selectOption({ index: 1 });
  for (const strength of [40, 60, 80]) {
    const field = page.getByRole('textbox', { name: 'Strength: Another value' });
    await field.fill(String(strength));
    await field.press('Enter');
  }
}

test('twenty variants are planned, and cancelled in the middle: what is painted stays', async () => {
  const { page } = studio;
  await plan();
  await page.getByText(/^20 variants, about/).waitFor();
  await page.getByRole('button', { name: 'Paint the variants' }).click();
  await expect.poll(() => painted().count(), { timeout: patienceMs }).toBeGreaterThan(1);
  await page.locator('.plan').getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByText('Cancelled; what was painted stays.').waitFor();
  const count = await painted().count();
  expect(count).toBeGreaterThan(1);
  expect(count).toBeLessThan(20);
  expect(await tiles().count()).toBe(20);
  await studio.shoot('variants-cancelled');
});

test('run again from the list of jobs, all twenty come, each with its meters', async () => {
  const { page } = studio;
  await page.getByRole('button', { name: 'No jobs' }).click();
  await studio.shoot('jobs');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: /^1 job/ }).click();
  await expect.poll(() => painted().count(), { timeout: 4 * patienceMs }).toBe(20);
  await expect.poll(() => page.locator('.variants figure dl').count()).toBe(20);
  await studio.shoot('variants');
});

test('a click on one takes it: the picture is glazed with its settings, as one step', async () => {
  const { page } = studio;
  const name = (await tiles().nth(5).getAttribute('aria-label')) ?? '';
  const [, style = '', strength = ''] = /: (.*), strength (\d+) %/.exec(name) ?? [];
  await studio.tells(() => tiles().nth(5).click());
  await page.getByText('Taken', { exact: true }).waitFor();
  await studio.workspace('Paint');
  await studio.saved();
  await studio.agrees();
  expect(await page.getByRole('textbox', { name: 'Strength', exact: true }).inputValue()).toBe(strength);
  await expect.poll(studio.steps).toEqual(['Beginning', `Glaze: ${style}`]);
  expect(studio.complaints).toEqual([]);
});

test('undone it is marked no more, and marked again where it is there again', async () => {
  const { page } = studio;
  const badge = page.locator('.variants').getByText('Taken', { exact: true });
  await studio.workspace('Compare');
  await badge.waitFor();
  await studio.tells(() => page.getByRole('button', { name: 'Undo', exact: true }).click());
  await badge.waitFor({ state: 'detached' });
  await studio.tells(() => page.getByRole('button', { name: 'Redo', exact: true }).click());
  await badge.waitFor();
});

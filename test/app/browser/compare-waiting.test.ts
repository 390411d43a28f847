// The comparison and the variants while there are no pictures yet, over a scripted host.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScriptedPage, type ScriptedPage } from '../../support/scripted-page.ts';

let opened: ScriptedPage;
beforeAll(async () => void (opened = await openScriptedPage({ 'compare.measure': () => ({ contentKept: 0.9, colourShift: 12 }) })));
afterAll(() => opened?.close());

test('two pictures have no zoom before they are there, and nothing to be zoomed', async () => {
  const { page, studio } = opened;
  const flatten = studio.answers['pictures.flatten'];
  let go = (): void => undefined;
  const gate = new Promise<void>((resolve) => (go = resolve));
  studio.answers['pictures.flatten'] = async (params) => (await gate, flatten!(params));
  await opened.openDocument();
  await opened.workspace('Compare');
  await page.getByText('Preparing the pictures …').waitFor();
  expect(await page.locator('.zoom').innerText()).toBe('');
  await page.locator('.viewer').focus();
  await page.keyboard.press('+');
  go();
  await expect.poll(() => page.locator('.zoom').innerText()).toMatch(/^\d{2,3} %$/);
  const fitted = await page.locator('.zoom').innerText();
  await page.getByRole('button', { name: 'Fit (0)' }).click();
  expect(await page.locator('.zoom').innerText()).toBe(fitted);
});

test('what is no value of a variant stays in its field, with what to do beside it', async () => {
  const { page } = opened;
  await page.getByRole('tab', { name: 'Variants' }).click();
  const plan = page.locator('.plan');
  const field = page.getByLabel(/^Strength: /);
  for (const typed of ['much', '250', '%']) {
    await field.fill(typed);
    await field.press('Enter');
    await expect.poll(() => plan.getByRole('alert').allInnerTexts()).toEqual([`“${typed}” is no number from 0 % to 100 %. Type one, or empty the field.`]);
    expect(await field.inputValue()).toBe(typed);
  }
  await field.fill('70 %');
  await field.press('Enter');
  await plan.getByText('70 %', { exact: true }).waitFor();
  expect([await field.inputValue(), await plan.getByRole('alert').count()]).toEqual(['', 0]);
});

test('variants that are cancelled before anything was painted say so', async () => {
  const { page, studio } = opened;
  studio.answers['variants.render'] = () => ({ job: 'job-1' });
  await page.getByLabel('Add a style …').selectOption('scream');
  await page.getByRole('button', { name: 'Paint the variants' }).click();
  await page.getByText('0 of 2').waitFor();
  studio.emit({ kind: 'job', job: { id: 'job-1', kind: 'variants', details: {}, state: 'cancelled', canCancel: true, canRetry: false, sequence: 1 } });
  await page.getByText('Cancelled before anything was painted.').waitFor();
});

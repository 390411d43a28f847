// The comparison while its pictures are still made, over a scripted host.
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

// Keys of one's own: the way from the sheet to the editor, keys that somebody has, and taking them back.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScriptedPage, type ScriptedPage } from '../../support/scripted-page.ts';

let opened: ScriptedPage;
beforeAll(async () => void (opened = await openScriptedPage()));
afterAll(() => opened?.close());

const keysOf = (command: string) => opened.page.getByRole('button', { name: new RegExp(`^Keys of ${command}:`) });
const button = (name: string) => opened.page.getByRole('dialog').getByRole('button', { name, exact: true });

test('the sheet leads to where keys are changed', async () => {
  const { page } = opened;
  await page.locator('body').press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await button('Change keys …').click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('tab', { name: 'Shortcuts', selected: true }).waitFor();
  expect(await settings.evaluate((pane) => pane.contains(document.activeElement))).toBe(true);
});

test('keys in use name their command and are kept, or taken and given back', async () => {
  const { page } = opened;
  await keysOf('About Velatura').click();
  await page.keyboard.press('b');
  await page.getByRole('alert').getByText('B belongs to “Brush”.').waitFor();
  await page.screenshot({ path: `${process.env['VELATURA_SCREENS'] ?? '.work/screens'}/shortcut-in-use.png` });
  await button('Keep').click();
  expect([await keysOf('About Velatura').innerText(), await keysOf('Brush').innerText()]).toEqual(['–', 'B']);
  expect(opened.studio.calls.filter(({ method }) => method === 'settings.change')).toEqual([]);

  await page.keyboard.press('Enter'); // The focus is where it was.
  await page.keyboard.press('b');
  await button('Take it').click();
  await page.getByText('B was taken from “Brush”.').waitFor();
  await expect.poll(() => keysOf('Brush').innerText()).toBe('–');
  expect(await keysOf('About Velatura').innerText()).toBe('B');
  await button('Undo').click();
  await expect.poll(() => keysOf('Brush').innerText()).toBe('B');
  expect(await keysOf('About Velatura').innerText()).toBe('–');
});

test('the question is in sight wherever its command stands, and Tab walks on', async () => {
  const { page } = opened;
  await keysOf('About Velatura').click();
  await page.keyboard.press('5');
  const [question, pane] = [page.getByRole('alert').getByText(/^5 belongs to “Opacity:/), page.getByRole('tabpanel')];
  await question.waitFor();
  const lowest = async (part: typeof pane): Promise<number> => part.evaluate((each) => each.getBoundingClientRect().bottom);
  await expect.poll(async () => (await lowest(question)) <= (await lowest(pane))).toBe(true);
  await button('Keep').click();
  await page.keyboard.press('Enter');
  await page.getByText('press keys …').waitFor();
  await page.keyboard.press('Shift+Tab');
  await page.getByText('press keys …').waitFor({ state: 'detached' });
  expect(await keysOf('About Velatura').innerText()).toBe('–');
  expect(await keysOf('About Velatura').evaluate((keys) => keys === document.activeElement)).toBe(false);
  await page.keyboard.press('Escape');
});

test('words that no command has are answered, and can be mended', async () => {
  const { page } = opened;
  await page.locator('body').press('?');
  await page.getByRole('searchbox', { name: 'Find a command' }).fill('zzz');
  await page.getByRole('dialog').getByText('No command of that name.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'What do you want to do?' }).fill('zzz');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('No command of that name.').waitFor();
  await page.keyboard.press('Escape');
  expect(opened.complaints).toEqual([]);
});

// What dialogs and lists say while they wait, of what does not fit, and in which words: over a scripted host.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openedDocument } from '../../support/scripted-gallery.ts';
import { openScriptedPage, type ScriptedPage } from '../../support/scripted-page.ts';

let opened: ScriptedPage;
let fontsCome = (): void => undefined;
const fontsRead = new Promise<void>((resolve) => (fontsCome = resolve));

beforeAll(async () => {
  const { record, history, ...rest } = openedDocument();
  const entry = { id: 'one', parent: 'first', label: { key: 'layer.add', details: { name: 'Paint' } }, at: new Date(0).toISOString(), changes: [] };
  opened = await openScriptedPage({
    'documents.sample': () => ({ ...rest, record: { ...record, name: '未命名' }, history: { ...history, entries: [entry], head: 'one', bytes: 1_000_000 } }),
    'documents.thinPlan': () => ({ states: 3, bytes: 920_000 }),
    'text.fonts': async () => (await fontsRead, [{ name: 'Inter', origin: 'bundled' as const, weights: [400], varies: false, hasItalic: false }]),
  });
  await opened.openDocument();
});
afterAll(() => opened?.close());

test('the dialog of the history has its sentences apart, and names the document in the language of the page', async () => {
  const { page } = opened;
  await page.getByRole('button', { name: 'Make the history smaller' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make the history smaller' });
  await dialog.getByText('The history of “Untitled” takes 1 MB.').waitFor();
  const plan = dialog.getByRole('status');
  await expect.poll(() => plan.innerText()).toMatch(/^3 steps .*80 kB\.\s+It does not get that small: 920 kB/);
  await page.keyboard.press('Escape');
});

test('the export proposes the name that is seen, and counts bytes as the window does', async () => {
  const { page } = opened;
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  expect(await dialog.getByLabel('File name').inputValue()).toBe('Untitled');
  await dialog.getByLabel('Unit').selectOption('px');
  await dialog.getByLabel('Width').fill('100');
  await dialog.getByLabel('Width').blur();
  await dialog.getByText(/^about \d+(\.\d)? kB, /).waitFor();
  await page.keyboard.press('Escape');
});

test('fonts that are still being read are waited for; only then is there none of a name', async () => {
  const { page } = opened;
  await page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name: 'Text', exact: true }).click();
  await page.getByRole('button', { name: /^Font: / }).click();
  await page.getByText('Reading the fonts …').waitFor();
  fontsCome();
  await page.getByRole('option', { name: 'Inter' }).waitFor();
  await page.getByRole('textbox', { name: 'Find a font' }).fill('zzz');
  await page.getByText('No font of that name.').waitFor();
  expect(opened.complaints).toEqual([]);
});

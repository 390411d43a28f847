// Journey: words written on the canvas, seen, edited, moved, undone, there again after a restart, and exported.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LayerOf } from '../../../src-main/contract/document.ts';
import { readFontBytes } from '../../../src-main/services/text/font-file.ts';
import { largestDifference, openStudio, patienceMs, rawOf, shootFailures, type RawPicture, type StudioDriver } from '../../support/studio-driver.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let studio: StudioDriver;
const poll = { timeout: patienceMs };

/** Px darker than half, within columns. */
function dark({ width, height, data }: RawPicture, from = 0, to = width): number {
  let count = 0;
  for (let y = 0; y < height; y++) for (let x = from; x < to; x++) count += Number((data[3 * (y * width + x)] ?? 255) < 128);
  return count;
}

/** The one text layer as the host has it. */
async function textLayer(): Promise<LayerOf<'text'> | undefined> {
  const wire = await studio.wire();
  const [card] = await wire.ask('documents.list');
  const { record } = await wire.ask('documents.open', { document: card!.id });
  return Object.values(record.layers).find((layer): layer is LayerOf<'text'> => layer.kind === 'text');
}

const words = () => studio.page.getByRole('textbox', { name: 'Words' });
const done = () => studio.page.getByRole('button', { name: 'Done', exact: true }).click();

beforeAll(async () => {
  studio = await openStudio();
  await studio.page.getByRole('button', { name: 'New', exact: true }).click();
  const dialog = studio.page.getByRole('dialog', { name: 'New document' });
  await dialog.getByLabel('Unit').selectOption({ label: 'px' });
  await dialog.getByLabel('Name').fill('Poster');
  await dialog.getByLabel('Width', { exact: true }).fill('500');
  await dialog.getByLabel('Height', { exact: true }).fill('300');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await studio.page.getByRole('application', { name: 'Canvas: Poster' }).waitFor();
});

afterAll(() => studio?.close());
shootFailures(() => studio);

test('words are seen as they are written, and are one step of history', async () => {
  const { page } = studio;
  await page.getByRole('application', { name: 'Canvas: Poster' }).focus();
  await page.keyboard.press('t');
  await studio.pen([{ x: 40, y: 120 }]);
  await words().waitFor();
  await page.keyboard.type('画');
  await expect.poll(async () => (await textLayer())?.text, poll).toBe('画');
  await studio.setNumber('Size', 72, page.getByRole('group', { name: 'Options of the tool' }));
  await words().focus();
  await page.keyboard.type(' Velatura');
  await expect.poll(async () => (await textLayer())?.text, poll).toBe('画 Velatura');
  await studio.shoot('text-editor');
  await done();
  await words().waitFor({ state: 'detached' });
  await studio.saved();
  await expect.poll(studio.steps).toEqual(['Beginning', 'New: Text']);
  await page.getByRole('treeitem', { name: '画 Velatura, Text' }).waitFor();
  await studio.agrees();
  const shown = await studio.flattened();
  expect(dark(shown, 40, 115)).toBeGreaterThan(600); // The Chinese sign, which the chosen font does not have.
  expect(dark(shown, 130, 420)).toBeGreaterThan(2000);
});

test('text that is clicked is edited again; undo brings back the words there were', async () => {
  const { page } = studio;
  const before = await studio.flattened();
  await studio.pen([{ x: 200, y: 100 }]);
  await words().waitFor();
  expect(await words().inputValue()).toBe('画 Velatura');
  await words().fill('画 Velatura\nBold');
  await page.getByRole('combobox', { name: 'Weight' }).first().selectOption('900');
  await done();
  await expect.poll(async () => (await textLayer())?.weight, poll).toBe(900);
  await studio.saved();
  await studio.agrees();
  expect(dark(await studio.flattened())).toBeGreaterThan(dark(before) * 1.5);
  await expect.poll(studio.steps).toHaveLength(3);
  await studio.tells(() => page.getByRole('button', { name: 'Undo', exact: true }).click());
  await studio.saved();
  await studio.agrees();
  expect(largestDifference(before, await studio.flattened())).toBe(0);
  await studio.tells(() => page.getByRole('button', { name: 'Redo', exact: true }).click());
});

test('moved and turned it stays text', async () => {
  const { page } = studio;
  const { at } = (await textLayer())!;
  await page.getByRole('application', { name: 'Canvas: Poster' }).focus();
  await page.keyboard.press('v');
  await page.getByLabel('X', { exact: true }).waitFor();
  await studio.tells(() => page.keyboard.press('Shift+ArrowRight'));
  await expect.poll(async () => (await textLayer())?.at, poll).toEqual([at[0] + 10, at[1]]);
  await studio.setNumber('Angle', 90);
  await studio.tells(() => page.getByRole('button', { name: 'Apply', exact: true }).click());
  await expect.poll(async () => (await textLayer())?.linear?.map((value) => Math.round(value)), poll).toEqual([0, 1, -1, 0]);
  await studio.saved();
  await studio.shoot('text-turned');
  await studio.tells(() => page.getByRole('button', { name: 'Undo', exact: true }).click());
});

test('lines go from top to bottom where the artist says so, and back', async () => {
  const { page } = studio;
  const before = await studio.flattened();
  await page.getByRole('application', { name: 'Canvas: Poster' }).focus();
  await page.keyboard.press('t');
  const options = page.getByRole('group', { name: 'Options of the tool' });
  await options.getByRole('button', { name: 'Vertical lines' }).click();
  await expect.poll(async () => (await textLayer())?.vertical, poll).toBe(true);
  await studio.saved();
  await studio.agrees();
  expect(dark(await studio.flattened(), 150)).toBeLessThan(dark(before, 150) / 10); // All of it stands in two columns.
  await studio.shoot('text-vertical');
  await options.getByRole('button', { name: 'Vertical lines' }).click();
  await expect.poll(async () => (await textLayer())?.vertical, poll).toBeUndefined();
  await studio.saved();
  expect(largestDifference(before, await studio.flattened())).toBe(0);
});

test('a font of one’s own is added, used, and removed once asked; what is set in it stays as it is', async () => {
  const { page } = studio;
  const file = join(temporaryFolder(), 'Owned.ttf');
  const inter = resolve(import.meta.dirname, '../../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-italic.woff2');
  const bytes = Buffer.from(await readFontBytes(inter));
  const [name, other] = ['Inter', 'Owned'].map((word) => Buffer.from(word, 'utf16le').swap16()) as [Buffer, Buffer];
  for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at)) other.copy(bytes, at);
  writeFileSync(file, bytes);

  const options = page.getByRole('group', { name: 'Options of the tool' });
  const picker = (font: string) => options.getByRole('button', { name: `Font: ${font}`, exact: true });
  await picker('Inter').click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add a font file …' }).click();
  await (await chooser).setFiles(file);
  await expect.poll(async () => (await textLayer())?.font, poll).toBe('Owned');
  await studio.saved();
  const before = await studio.flattened();

  await picker('Owned').click();
  await page.getByRole('button', { name: 'Remove a font …' }).click();
  await page.getByRole('button', { name: 'Remove “Owned” …' }).click();
  const question = page.getByRole('dialog', { name: 'Remove “Owned”?' });
  await question.getByText('One layer of this document is set in it.').waitFor();
  await studio.shoot('font-remove');
  await question.getByRole('button', { name: 'Remove', exact: true }).click();
  await picker('Owned (not on this machine)').waitFor();
  expect(largestDifference(before, await studio.flattened())).toBe(0);
  await studio.tells(() => page.getByRole('button', { name: 'Undo', exact: true }).click());
  await expect.poll(async () => (await textLayer())?.font, poll).toBe('Inter');
});

test('text left without words leaves no layer', async () => {
  const { page } = studio;
  const before = await studio.steps();
  await page.keyboard.press('t');
  await studio.pen([{ x: 40, y: 280 }]);
  await words().waitFor();
  await page.keyboard.press('Escape');
  await words().waitFor({ state: 'detached' });
  expect(await studio.steps()).toEqual(before);
});

test('after a restart the words are there to be edited, and the export shows them', async () => {
  const { page } = studio;
  await studio.saved();
  const before = await studio.flattened();
  const layer = await textLayer();
  expect(studio.complaints).toEqual([]); // While the host is away the page may complain.
  await studio.host.stop();
  await studio.host.start();
  await studio.reopen();
  await page.getByRole('button', { name: /^Poster/ }).click();
  await page.getByRole('application', { name: 'Canvas: Poster' }).waitFor();
  await studio.agrees();
  expect(largestDifference(before, await studio.flattened())).toBe(0);
  expect(await textLayer()).toEqual(layer);
  await page.getByRole('treeitem', { name: /Text$/ }).click();
  await page.getByRole('button', { name: 'Edit the words' }).click();
  expect(await words().inputValue()).toBe('画 Velatura\nBold');
  await page.keyboard.press('Escape');

  const file = await studio.download(async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Export', exact: true }).click();
  });
  expect(largestDifference(before, await rawOf(file.bytes))).toBeLessThanOrEqual(1);
});

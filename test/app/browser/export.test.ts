// The export dialog, over a scripted host.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobState } from '../../../src-main/contract/studio-records.ts';
import { openScriptedPage, type ScriptedPage } from '../../support/scripted-page.ts';

let opened: ScriptedPage;
beforeAll(async () => {
  opened = await openScriptedPage({ export: () => ({ job: 'job-1' }), 'jobs.cancel': () => null });
  await opened.openDocument();
});
afterAll(() => opened?.close());

const job = (changes: Partial<JobState>): JobState => ({ id: 'job-1', kind: 'export', details: {}, state: 'running', canCancel: true, canRetry: false, sequence: 1, ...changes });

test('a size on paper becomes px, warns where the picture is too small, and the file is fetched when it is ready', async () => {
  const { page, studio } = opened;
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByLabel('Unit').selectOption('cm');
  await dialog.getByLabel('Width').fill('40');
  await dialog.getByLabel('Width').blur();
  await dialog.getByText('4724 × 3543 px').waitFor();
  await dialog.getByText(/every pixel becomes 3 times as large/).waitFor();
  await dialog.getByRole('radio', { name: 'TIFF' }).click();
  await dialog.getByLabel('Depth').selectOption('16');
  await dialog.getByRole('button', { name: 'Export' }).click();
  await expect.poll(() => studio.callsOf('export')).toMatchObject([{ format: 'tiff', width: 4724, height: 3543, depth: 16, dpi: 300, recipe: true }]);
  studio.emit({ kind: 'job', job: job({ share: 0.5, secondsLeft: 9 }) });
  await dialog.getByText('9 s left').waitFor();
  const download = page.waitForEvent('download');
  const notes = [{ key: 'export.masks-smaller', details: { px: 512, own: 4096 } }];
  studio.emit({ kind: 'job', job: job({ state: 'done', sequence: 2, notes, file: { name: 'Evening lake.tif', address: '/exports/picture-1/Evening%20lake.tif', bytes: 5_000_000 } }) });
  expect((await download).suggestedFilename()).toBe('Evening lake.tif');
  await dialog.getByText('Evening lake.tif is ready, 5 MB.').waitFor();
  await dialog.getByText('The masks are in the recipe at 512 px on the long side, not 4096').waitFor();
});

test('a size that cannot be is given back, with what can be', async () => {
  const { page } = opened;
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('button', { name: 'Export another' }).click();
  for (const [label, typed] of [['Width', '0'], ['Height', ''], ['Width', '99999'], ['Resolution', '0']] as const) {
    const field = dialog.getByLabel(label);
    const before = await field.inputValue();
    await field.fill(typed);
    await field.blur();
    expect([label, typed, await field.inputValue()]).toEqual([label, typed, before]);
    await dialog.getByText('A side has 1 to 65,536 px, and there are 1 to 9,600 dpi. The size stays as it was.').waitFor();
  }
  await dialog.getByLabel('Resolution').fill('72.5');
  await dialog.getByLabel('Resolution').blur();
  expect(await dialog.getByText(/^A side has/).count()).toBe(0);
  expect(await dialog.getByLabel('Resolution').evaluate((field: HTMLInputElement) => field.validity.valid)).toBe(true);
  await dialog.getByLabel('Resolution').fill('300');
  await dialog.getByLabel('Resolution').blur();
});

test('what went wrong stands in the dialog, and its settings are still there', async () => {
  const { page, studio } = opened;
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('button', { name: 'Export' }).click();
  await expect.poll(() => studio.callsOf('export').length).toBe(2);
  studio.emit({ kind: 'job', job: job({ state: 'failed', sequence: 3, fault: { code: 'disk.full', details: { file: 'Evening lake.tif' } } }) });
  await dialog.getByRole('alert').waitFor();
  expect(await dialog.getByRole('radio', { name: 'TIFF' }).getAttribute('aria-checked')).toBe('true');
});

test('a cancel is answered at once, however long the work takes to stop', async () => {
  const { page, studio } = opened;
  const dialog = page.getByRole('dialog', { name: 'Export' });
  studio.emit({ kind: 'job', job: job({ share: 0.5, sequence: 4 }) });
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
  const told = dialog.getByRole('button', { name: 'Cancelling …' });
  await told.waitFor();
  expect(await told.isDisabled()).toBe(true);
  studio.emit({ kind: 'job', job: job({ state: 'cancelled', sequence: 5 }) });
  await dialog.getByText('The export was cancelled. Nothing was written.').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('layered formats leave no choice about the recipe, and say why; the wish is kept for the others', async () => {
  const { page, studio } = opened;
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  const recipe = dialog.getByRole('checkbox', { name: 'Write into the file how it was made' });
  const choose = (format: string): Promise<void> => dialog.getByRole('radio', { name: format }).click();
  const state = async (): Promise<boolean[]> => [await recipe.isDisabled(), await recipe.isChecked()];
  await choose('PNG');
  expect(await state()).toEqual([false, true]);
  await recipe.uncheck();
  await choose('OpenRaster');
  await dialog.getByText(/^OpenRaster files always keep the layers’ settings/).waitFor();
  expect(await state()).toEqual([true, true]);
  await choose('Photoshop');
  await dialog.getByText(/^Photoshop files hold the finished pixels/).waitFor();
  expect(await state()).toEqual([true, false]);
  studio.calls.splice(0);
  await dialog.getByRole('button', { name: 'Export' }).click();
  await expect.poll(() => studio.callsOf('export').map(({ format, recipe: wished }) => [format, wished])).toEqual([['psd', undefined]]);
  studio.emit({ kind: 'job', job: job({ state: 'cancelled', sequence: 6 }) });
  await dialog.getByRole('button', { name: 'Export another' }).click();
  await choose('JPEG');
  expect(await state()).toEqual([false, false]);
  await dialog.getByRole('button', { name: 'Export' }).click();
  await expect.poll(() => studio.callsOf('export').at(-1)).toMatchObject({ format: 'jpeg', recipe: false });
});

test('nothing complained', () => expect(opened.complaints).toEqual([]));

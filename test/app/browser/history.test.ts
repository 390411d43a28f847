// The history panel in a real browser: jumps, branches, snapshots, and thinning that asks first.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;
shootFailures(() => studio);

beforeAll(async () => {
  studio = await openStudio();
  const { page } = studio;
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByRole('button', { name: /^Square/ }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('treeitem').first().waitFor();
});

afterAll(() => studio?.close());

const step = (words: RegExp) => studio.page.locator('.step').filter({ hasText: words });
const layers = (): Promise<number> => studio.page.getByRole('treeitem').count();

describe('history', () => {
  test('lists steps in order, the present one marked, with pictures once the hand rests', async () => {
    for (let made = 0; made < 3; made++) await studio.page.keyboard.press('Control+Shift+N');
    await studio.saved();
    await expect.poll(studio.steps).toEqual(['Beginning', 'New: Paint', 'New: Paint 2', 'New: Paint 3']);
    expect(await studio.page.locator('.step[aria-current=step]').count()).toBe(1);
    await step(/New: Paint/).last().locator('img').waitFor();
  });

  test('goes to any state with a click, and back again', async () => {
    await step(/Beginning/).click();
    await expect.poll(layers).toBe(2);
    await step(/New: Paint/).nth(1).click();
    await expect.poll(layers).toBe(4);
  });

  test('folds the line left behind under the state it leaves from', async () => {
    await studio.tells(() => studio.page.keyboard.press('Control+j'));
    await studio.saved();
    const branch = studio.page.getByRole('button', { name: '1 other step' });
    await branch.waitFor();
    await branch.click();
    await step(/New: Paint/).nth(2).click();
    await expect.poll(layers).toBe(5);
    await studio.page.getByRole('button', { name: '1 other step' }).waitFor();
  });

  test('keeps a snapshot by name, to go back to', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: 'Keep this state as a snapshot' }).click();
    await page.getByRole('textbox', { name: 'Name of the snapshot' }).fill('Before the sky');
    await page.keyboard.press('Enter');
    const snapshot = page.getByRole('group', { name: 'Snapshots' }).getByRole('button', { name: 'Before the sky' });
    await snapshot.waitFor();
    await step(/Beginning/).click();
    await expect.poll(layers).toBe(2);
    await snapshot.click();
    await expect.poll(layers).toBe(5);
  });

  test('keeps one from the menu, by the palette, and by a key that the artist can change', async () => {
    const { page } = studio;
    const ways: Readonly<Record<string, () => Promise<unknown>>> = {
      menu: () => studio.menu('Edit', 'Snapshot of this state …'),
      key: () => page.keyboard.press('Control+Alt+s'),
      palette: async () => {
        await page.keyboard.press('Control+k');
        await page.getByRole('dialog').getByRole('combobox').or(page.getByRole('dialog').getByRole('textbox')).first().fill('snapshot');
        await page.keyboard.press('Enter');
      },
    };
    for (const [name, open] of Object.entries(ways)) {
      await open();
      await page.getByRole('textbox', { name: 'Name of the snapshot' }).fill(`By ${name}`);
      await page.keyboard.press('Enter');
      await page.getByRole('group', { name: 'Snapshots' }).getByRole('button', { name: `By ${name}` }).waitFor();
    }
    await (await studio.wire()).ask('settings.change', { shortcuts: { 'edit.snapshot': 'Mod+Alt+K' } });
    await expect.poll(async () => {
      await page.keyboard.press('Control+Alt+k');
      return page.getByRole('textbox', { name: 'Name of the snapshot' }).count();
    }).toBe(1);
    await studio.shoot('snapshot-by-key');
    await page.keyboard.press('Escape');
  });

  test('forgets its oldest steps only after asking, and keeps the picture and the snapshot', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: 'Make the history smaller' }).click();
    const dialog = page.getByRole('dialog', { name: 'Make the history smaller' });
    expect(await dialog.innerText()).toMatch(/cannot be undone/);
    await dialog.getByLabel('Keep').selectOption('0');
    await dialog.getByRole('button', { name: 'Forget the oldest steps' }).click();
    await expect.poll(async () => (await studio.steps()).length).toBeLessThan(4);
    await expect.poll(layers).toBe(5);
    await page.getByRole('button', { name: 'Before the sky', exact: true }).waitFor();
    expect(studio.complaints).toEqual([]);
  });
});

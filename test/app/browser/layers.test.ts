// The layers panel in a real browser: made, chosen, named, moved by hand and by keys, merged; each act one step.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sharp from 'sharp';
import type { Locator } from 'playwright-core';
import { largestDifference, openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;
shootFailures(() => studio);

const row = (name: string): Locator => studio.page.getByRole('treeitem', { name: new RegExp(`^${name},`) });
/** "1Group 2Paint …", top first, with the depth of each. */
const tree = (): Promise<string> =>
  studio.page.getByRole('treeitem').evaluateAll((rows) => rows.map((each) => `${each.getAttribute('aria-level')}${each.getAttribute('aria-label')?.split(',')[0]}`).join(' '));
const becomes = (wanted: string): Promise<unknown> => expect.poll(tree).toBe(wanted);

/** Of the paint in a small picture with the ground beneath it; 1 where the paint is not there. */
async function contrastWith(picture: Locator, paint: 'white' | 'black'): Promise<number> {
  const { data, info } = await sharp(await picture.screenshot()).extract({ left: 2, top: 7, width: 26, height: 16 }).greyscale().raw().toBuffer({ resolveWithObject: true });
  const values = Array.from({ length: info.width * info.height }, (_, at) => data[at * info.channels] ?? 0).sort((a, b) => a - b);
  const light = (value: number): number => (value / 255) ** 2.2 + 0.05;
  const [darkest = 0, lightest = 0] = [values[0], values.at(-1)];
  if (paint === 'white' ? lightest < 230 : darkest > 40) return 1;
  const ground = values[Math.floor(values.length / 2)] ?? 0; // Most of the picture.
  return paint === 'white' ? light(lightest) / light(ground) : light(ground) / light(darkest);
}

async function rename(from: string, to: string): Promise<void> {
  await row(from).first().locator('.words').dblclick();
  await studio.page.getByRole('textbox', { name: 'Name of the layer' }).fill(to);
  await studio.page.keyboard.press('Enter');
}

beforeAll(async () => {
  studio = await openStudio();
  const { page } = studio;
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByLabel('Unit').selectOption('px');
  await page.getByLabel('Width', { exact: true }).fill('300');
  await page.getByLabel('Height', { exact: true }).fill('200');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('treeitem').first().waitFor();
});

afterAll(() => studio?.close());

describe('layers', () => {
  test('are made from the menu and named by a double click', async () => {
    await rename('Background', 'Ground');
    await rename('Layer 1', 'One');
    for (const name of ['Two', 'Three']) {
      await studio.menu('Layer', 'New layer', 'New paint layer');
      await rename('Paint', name);
    }
    await becomes('1Three 1Two 1One 1Ground');
  });

  test('go into a group together, and further ones by drag and drop', async () => {
    await row('One').click();
    await row('Two').click({ modifiers: ['Shift'] });
    await studio.page.keyboard.press('Control+g');
    await becomes('1Three 1Group 2Two 2One 1Ground');
    await row('Three').dragTo(row('Group'));
    await becomes('1Group 2Three 2Two 2One 1Ground');
    await row('Three').dragTo(row('Ground'), { targetPosition: { x: 120, y: 33 } });
    await becomes('1Group 2Two 2One 1Ground 1Three');
  });

  test('are walked, moved, folded, hidden and removed by keys alone', async () => {
    const { keyboard } = studio.page;
    await row('Three').focus();
    await row('Three').click();
    await keyboard.press('Alt+ArrowUp');
    await becomes('1Group 2Two 2One 1Three 1Ground');
    await keyboard.press('Home');
    await expect.poll(() => row('Group').getAttribute('aria-selected')).toBe('true');
    await keyboard.press('ArrowLeft');
    await becomes('1Group 1Three 1Ground');
    await keyboard.press('ArrowRight');
    await becomes('1Group 2Two 2One 1Three 1Ground');
    await keyboard.press('ArrowDown');
    await keyboard.press('Alt+Backspace');
    await becomes('1Group 2Two 2One 1Three 1Ground');
    await keyboard.press('Space');
    await row('Two').getByRole('button', { name: 'Show Two' }).waitFor();
    await keyboard.press('Delete');
    await becomes('1Group 2One 1Three 1Ground');
    await keyboard.press('Control+z');
    await becomes('1Group 2Two 2One 1Three 1Ground');
    // The paint that was on its way when the layer went is beneath its removal.
    await expect.poll(studio.steps).toEqual(expect.arrayContaining(['Fill', 'Hide Two']));
    expect(await studio.page.getByText('does not fit').count()).toBe(0);
  });

  test('merge into paint that looks the same', async () => {
    await studio.menu('View', 'Fit');
    await row('Three').click();
    await studio.stroke([{ x: 60, y: 60 }, { x: 240, y: 140 }]);
    await expect.poll(async () => (await studio.steps()).at(-1)).toBe('Brush');
    await studio.saved();
    const before = await studio.flattened();
    await studio.page.keyboard.press('Control+e');
    await becomes('1Group 2Two 2One 1Ground');
    await studio.saved();
    const after = await studio.flattened();
    expect(before.data.some((value) => value < 128)).toBe(true);
    expect(Buffer.compare(before.data, after.data)).toBe(0);
  });

  test('take an opacity dragged along as one step, whatever its values on the way', async () => {
    await row('Ground').click();
    const thumb = studio.page.getByRole('slider', { name: 'Opacity' }).last();
    await thumb.focus();
    // At once: on a busy machine six round trips are not keys in a row.
    await Promise.all(Array.from({ length: 6 }, () => studio.page.keyboard.press('ArrowLeft')));
    await expect.poll(() => thumb.getAttribute('aria-valuenow')).toBe('94');
    await expect.poll(async () => (await studio.steps()).at(-1)).toBe('Opacity of Ground');
    await studio.page.keyboard.press('Control+z');
    await expect.poll(() => thumb.getAttribute('aria-valuenow')).toBe('100');
  });

  test('have masks that are added, switched off, inverted and removed', async () => {
    await studio.menu('Layer', 'Mask', 'Add a mask');
    // What is painted next goes on it.
    await expect.poll(() => row('Ground').getByRole('button', { name: 'Mask of Ground', exact: true }).getAttribute('aria-pressed')).toBe('true');
    await row('Ground').getByRole('button', { name: 'Mask of Ground', exact: true }).click({ modifiers: ['Shift'] });
    await row('Ground').getByRole('button', { name: 'Mask of Ground, off' }).waitFor();
    await row('Ground').getByRole('button', { name: 'Mask of Ground, off' }).click({ modifiers: ['Shift'] });
    await studio.saved();
    const shown = await studio.flattened();
    await studio.tells(() => studio.menu('Layer', 'Mask', 'Invert the mask'));
    await expect.poll(async () => (await studio.steps()).at(-1)).toBe('Invert the mask of Ground');
    expect(largestDifference(shown, await studio.flattened())).toBeGreaterThan(0); // Nothing of it is left: the chequers are seen.
    await studio.shoot('mask-inverted');
    await studio.tells(() => studio.page.getByRole('group', { name: 'Mask' }).getByRole('button', { name: 'Invert the mask' }).click());
    await studio.agrees();
    expect(largestDifference(shown, await studio.flattened())).toBe(0);
    await studio.menu('Layer', 'Mask', 'Remove the mask');
    await expect.poll(() => row('Ground').getByRole('button', { name: /^Mask/ }).count()).toBe(0);
  });

  test.each(['light', 'dark'] as const)('show white and black paint on their small pictures in the %s theme', async (theme) => {
    const { page } = studio;
    await (await studio.wire()).ask('settings.change', { theme });
    await page.locator(`:root[data-theme=${theme}]`).waitFor();
    for (const colour of ['white', 'black'] as const) {
      await studio.menu('Layer', 'New layer', 'New paint layer');
      await rename('Paint', `${colour} ${theme}`);
      await page.keyboard.press('b');
      await page.keyboard.press('d');
      if (colour === 'white') await page.keyboard.press('x');
      await studio.stroke([{ x: 60, y: 60, pressure: 1 }, { x: 240, y: 140, pressure: 1 }]);
      await expect.poll(() => contrastWith(row(`${colour} ${theme}`).locator('.layer-picture'), colour)).toBeGreaterThan(2.8);
    }
    await studio.shoot(`layers-thumbnails-${theme}`);
    expect(studio.complaints).toEqual([]);
  });
});

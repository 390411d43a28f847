// The keyboard goes on where it was: after dialogs, after a layer was renamed; what refuses a stroke says how to go on.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePicture } from '../../support/sample-picture.ts';
import { openStudio, patienceMs, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;

beforeAll(async () => {
  studio = await openStudio();
  await studio.openPicture('garden.png', await samplePicture('garden', 320, 240));
  await studio.menu('Layer', 'New layer', 'New paint layer');
  await studio.page.getByRole('treeitem', { name: 'Paint, Paint' }).waitFor();
});
afterAll(() => studio?.close());
shootFailures(() => studio);

const focused = (): Promise<string> => studio.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName ?? '');
const focusBecomes = (name: string): Promise<void> => expect.poll(focused, { timeout: patienceMs }).toBe(name);

test.each([
  ['File', 'New …'],
  ['File', 'Rename the document …'],
  ['Edit', 'Settings …'],
  ['Help', 'Find a command …'],
  ['Help', 'Keyboard shortcuts'],
  ['Help', 'About Velatura'],
])('a dialog from %s, %s gives the keyboard back to the canvas', async (...names) => {
  const { page } = studio;
  await page.locator('.surface[role=application]').focus();
  await studio.menu(...names);
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await focusBecomes('Canvas: garden');
});

test('arrows go on from a layer that was renamed, or was not', async () => {
  const { page } = studio;
  const field = page.getByRole('textbox', { name: 'Name of the layer' });
  await studio.chooseLayer('Paint');
  await page.keyboard.press('F2');
  await field.fill('Sky');
  await field.press('Enter');
  await focusBecomes('Sky, Paint');
  await page.keyboard.press('F2');
  await field.press('Escape');
  await focusBecomes('Sky, Paint');
  await page.keyboard.press('ArrowDown');
  await focusBecomes('garden, Picture');
});

test('Enter in a number of a transform gives the keyboard to the canvas, where Enter makes it', async () => {
  const { page } = studio;
  await studio.chooseLayer('garden');
  await page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name: 'Move and transform', exact: true }).click();
  await studio.setNumber('X', 12);
  await focusBecomes('Canvas: garden');
  await studio.tells(() => page.keyboard.press('Enter'));
  expect((await studio.steps()).at(-1)).toMatch(/^Move/);
});

test('Escape in a number drops what was typed, and in the canvas the transform; a name that is dragged changes its number by one a px', async () => {
  const { page } = studio;
  const field = page.getByRole('textbox', { name: 'X', exact: true });
  await expect.poll(() => field.inputValue(), { timeout: patienceMs }).toBe('12');
  await field.fill('500');
  await field.press('Escape');
  await focusBecomes('Canvas: garden');
  expect(await field.inputValue()).toBe('12');
  const name = (await page.locator('.option label').getByText('X', { exact: true }).boundingBox())!;
  await page.mouse.move(name.x + 2, name.y + 4);
  await page.mouse.down();
  await page.mouse.move(name.x + 9, name.y + 4);
  await page.mouse.up();
  await expect.poll(() => field.inputValue(), { timeout: patienceMs }).toBe('19');
  await field.press('Escape');
  await focusBecomes('Canvas: garden');
  await page.keyboard.press('Escape');
  await expect.poll(() => field.inputValue(), { timeout: patienceMs }).toBe('12');
  await page.getByRole('textbox', { name: 'Angle' }).fill('20');
  await page.getByRole('textbox', { name: 'Angle' }).press('Enter');
  const top = page.getByRole('textbox', { name: 'Y', exact: true });
  await expect.poll(() => top.inputValue(), { timeout: patienceMs }).toMatch(/^-\d\d$/);
  expect(await top.evaluate((box: HTMLInputElement) => box.scrollWidth <= box.clientWidth)).toBe(true);
  await page.keyboard.press('Escape');
});

test('a locked layer says how it is unlocked, and then takes the stroke', async () => {
  const { page } = studio;
  const line = [{ x: 60, y: 60 }, { x: 120, y: 90 }, { x: 180, y: 90 }];
  await studio.chooseLayer('Sky');
  await page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name: 'Brush', exact: true }).click();
  await studio.tells(() => page.getByRole('button', { name: 'Lock Sky', exact: true }).click());
  await studio.pen(line);
  await page.getByText('The layer is locked. Unlock it, or the group it is in, with the lock beside the name.').waitFor();
  await studio.tells(() => page.getByRole('button', { name: 'Unlock Sky', exact: true }).click());
  await studio.stroke(line);
  expect((await studio.steps()).at(-1)).toBe('Brush');
});

test('a document that cannot be has no size', async () => {
  const { page } = studio;
  await studio.menu('File', 'New …');
  const width = page.getByRole('spinbutton', { name: 'Width' });
  const sum = page.getByText(/megapixels/);
  await sum.waitFor();
  await width.fill('0');
  await width.press('Tab');
  await page.getByRole('alert').filter({ hasText: 'A side has 1 to' }).waitFor();
  expect(await sum.count()).toBe(0);
  await page.keyboard.press('Escape');
});

// What is in hand is what is seen: commands of a hidden document, keys of words that are written, a new mask, a bar that stands still.
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;
shootFailures(() => studio);
beforeAll(async () => {
  studio = await openStudio();
  await studio.openPicture('white.png', await sharp({ create: { width: 600, height: 400, channels: 3, background: '#fff' } }).png().toBuffer());
  for (let i = 0; i < 2; i++) await studio.tells(() => studio.menu('Layer', 'New layer', 'New paint layer'));
});
afterAll(() => studio?.close());

const button = (name: string) => studio.page.getByRole('button', { name, exact: true });
const home = () => button('Start screen').click();
const zoom = () => studio.page.getByRole('combobox', { name: 'Zoom' });
const size = () => studio.page.locator('.status').getByText('600 × 400 px');

/** A drag with the mouse between shares of the canvas; `within` happens before it ends. */
async function drag(from: readonly [number, number], to: readonly [number, number], within: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  const { mouse } = studio.page;
  const box = (await studio.page.locator('.surface').boundingBox())!;
  await mouse.move(box.x + box.width * from[0], box.y + box.height * from[1]);
  await mouse.down();
  await mouse.move(box.x + box.width * to[0], box.y + box.height * to[1], { steps: 4 });
  await within();
  await mouse.up();
}

describe('a document that is not in sight', () => {
  test.each(['the start screen', 'Teach'])('is left alone by keys and bars behind %s', async (place) => {
    const { page } = studio;
    const steps = await studio.steps();
    await (place === 'Teach' ? studio.workspace('Teach') : home());
    for (const keys of ['Control+z', 'Control+z', 'Shift+Delete', 'Control+j']) await page.locator('body').press(keys);
    for (const name of ['Undo', 'Redo', 'Export']) expect(await button(name).isDisabled()).toBe(true);
    expect(await button('Undo').getAttribute('title')).toBe('Undo: the document is not in sight');
    expect([await zoom().count(), await size().count()]).toEqual([0, 0]);
    await page.getByRole('menuitem', { name: 'Layer', exact: true }).click();
    expect(await page.getByRole('menuitem', { name: /^Duplicate/ }).getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
    await (place === 'Teach' ? studio.workspace('Paint') : home());
    await zoom().waitFor();
    expect([await size().count(), await studio.steps()]).toEqual([1, steps]);
    await studio.tells(() => page.keyboard.press('Control+z'));
    await expect.poll(() => page.getByRole('treeitem').count()).toBe(2);
    await studio.tells(() => button('Redo').click());
    await expect.poll(() => page.getByRole('treeitem').count()).toBe(3);
  });

  test('is undone beside the comparison that shows it, its layers not', async () => {
    await studio.workspace('Compare');
    await studio.page.locator('body').press('Shift+Delete');
    expect([await zoom().count(), await size().count()]).toEqual([0, 1]);
    await studio.tells(() => button('Undo').click());
    await studio.workspace('Paint');
    await expect.poll(() => studio.page.getByRole('treeitem').count()).toBe(2);
    await studio.tells(() => button('Redo').click());
  });
});

describe('words that are written', () => {
  const words = () => studio.page.locator('.editor textarea');

  test('go on after a look at the menus, in another language as well', async () => {
    const { page } = studio;
    await page.getByRole('application', { name: /^Canvas/ }).focus();
    await page.keyboard.press('t');
    await studio.pen([{ x: 60, y: 120 }]);
    await words().waitFor();
    await page.keyboard.type('ab');
    await studio.menu('View', 'Rulers');
    await page.keyboard.type('be');
    expect(await words().inputValue()).toBe('abbe');
    await expect.poll(() => words().evaluate((field) => field === document.activeElement)).toBe(true);
    await studio.menu('View', 'Language', '简体中文');
    await page.getByRole('menuitem', { name: '视图', exact: true }).waitFor();
    await page.keyboard.type(' v5?');
    expect(await words().inputValue()).toBe('abbe v5?');
    await studio.shoot('text-after-menu-zh');
    await studio.menu('视图', '语言', 'English');
    await page.getByRole('menuitem', { name: 'View', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Rulers/ }).click();
  });

  test('get letters that are typed with a button or nothing in focus, and the button its own keys', async () => {
    const { page } = studio;
    const vertical = page.getByRole('group', { name: 'Options of the tool' }).getByRole('button', { name: 'Vertical lines' });
    await vertical.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => vertical.getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Space');
    await page.keyboard.type('ms');
    expect(await words().inputValue()).toBe('abbe v5?ms');
    await words().blur();
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    await page.keyboard.type('h');
    expect(await words().inputValue()).toBe('abbe v5?m\nh');
    await button('Done').click();
    await words().waitFor({ state: 'detached' });
    await studio.saved();
  });
});

test('a mask from the selection is what is painted on next', async () => {
  const { page } = studio;
  await page.getByRole('treeitem', { name: /, Paint/ }).first().locator('.name').click();
  await page.getByRole('application', { name: /^Canvas/ }).focus();
  await page.keyboard.press('m');
  await drag([0.35, 0.4], [0.5, 0.6]);
  await studio.tells(() => studio.menu('Layer', 'Mask', 'Mask from the selection'));
  await expect.poll(() => page.getByRole('treeitem', { selected: true }).locator('.mask').getAttribute('aria-pressed')).toBe('true');
  await page.getByRole('application', { name: /^Canvas/ }).focus();
  await page.keyboard.press('Control+d');
});

test('controls of the move stay where they are while it goes on', async () => {
  const { page } = studio;
  await page.getByRole('treeitem', { name: /^white/ }).locator('.name').click();
  await page.getByRole('application', { name: /^Canvas/ }).focus();
  await page.keyboard.press('v');
  const bar = page.getByRole('group', { name: 'Options of the tool' });
  await bar.getByRole('button', { name: 'Turn right' }).waitFor();
  const places = () => bar.evaluate((options) => [options.scrollWidth, ...[...options.querySelectorAll('button, input')].map((each) => Math.round(each.getBoundingClientRect().left))]);
  const apply = bar.locator('button', { hasText: 'Apply' });
  const before = await places();
  expect(await apply.isVisible()).toBe(false);
  let during: number[] = [];
  await studio.tells(() =>
    drag([0.4, 0.5], [0.5, 0.55], async () => {
      await apply.waitFor({ state: 'visible' });
      during = await places();
      await studio.shoot('move-apply');
    }),
  );
  await apply.waitFor({ state: 'hidden' });
  expect([during, await places()]).toEqual([before, before]);
  expect(await bar.evaluate((options) => options.scrollWidth <= options.clientWidth)).toBe(true); // All of it is in sight.
  expect(studio.complaints).toEqual([]);
});

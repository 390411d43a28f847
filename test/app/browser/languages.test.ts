// Both languages and both themes of the real page: switched while it is open, kept, and nothing left untranslated.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;
shootFailures(() => studio);

/** Words of controls and headings that hold English sentences. */
const english = (): Promise<string[]> =>
  studio.page.evaluate(() => {
    const said = [...document.querySelectorAll('button, label, h1, h2, h3, p, [aria-label], [role=menuitem], option')]
      .filter((each) => each.checkVisibility() && !each.closest('[data-style-card]'))
      .flatMap((each) => [each.getAttribute('aria-label') ?? '', each.children.length === 0 ? (each.textContent ?? '') : '']);
    return [...new Set(said.filter((words) => /\b[a-z]{3,} [a-z]{3,}\b/.test(words)))];
  });

beforeAll(async () => {
  studio = await openStudio();
});

afterAll(() => studio?.close());

describe('the page', () => {
  test('switches to Chinese while it is open, throughout, and keeps to it', async () => {
    const { page } = studio;
    await studio.menu('View', 'Language', '简体中文');
    await page.getByRole('button', { name: '新建', exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await english()).toEqual([]);
    await page.locator('.sample').click();
    await page.getByRole('treeitem').nth(1).waitFor();
    expect(await english()).toEqual([]);
    for (const name of ['对比', '教学', '绘画']) {
      await studio.workspace(name);
      expect(await english(), name).toEqual([]);
    }
    await studio.shoot('paint-zh-CN');
    await studio.reopen();
    await page.getByRole('button', { name: '新建', exact: true }).waitFor();
  });

  test('names what it makes in the language that is seen', async () => {
    const cards = await (await studio.wire()).ask('documents.list');
    expect(cards[0]?.name).toMatch(/\p{Script=Han}/u);
  });

  test('says faults and their remedies in Chinese', async () => {
    await studio.drop('破损.png', new Uint8Array([1, 2, 3]));
    const alert = studio.page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/\p{Script=Han}{4,}/u);
    expect(await alert.innerText()).toContain('破损.png');
    await alert.getByRole('button', { name: '重试' }).waitFor();
    await alert.getByRole('button', { name: '关闭通知' }).click();
    await alert.waitFor({ state: 'detached' });
  });

  test('has its Chinese letters from a font of its own', async () => {
    const fonts = () => studio.page.evaluate(() => [...document.fonts].filter((font) => font.status === 'loaded').map(({ family }) => family.replaceAll('"', '')));
    await expect.poll(fonts).toContain('Noto Sans SC Variable');
  });

  test('has marks that Latin shares as wide as its letters', async () => {
    const marks = ['…', '“', '”'];
    const ems = () => studio.page.evaluate((each) => each.map((mark) => {
      const word = Object.assign(document.createElement('span'), { textContent: mark, style: 'font-size: 100px; position: absolute' });
      document.body.append(word);
      const { width } = word.getBoundingClientRect();
      word.remove();
      return width / 100;
    }), marks);
    await expect.poll(ems).toEqual(marks.map(() => 1));
  });

  test('changes to the light theme in the settings, and back to English', async () => {
    const { page } = studio;
    await page.keyboard.press('Control+,');
    await page.getByLabel('主题').selectOption('light');
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('light');
    await page.getByLabel('语言').selectOption('en');
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'New', exact: true }).waitFor();
    await studio.shoot('start-light');
  });

  test('finds commands by their English letters, and by new keys that are kept', async () => {
    const { page } = studio;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('shortc');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Shortcuts' }).click();
    await page.getByRole('button', { name: /^Keys of About Velatura/ }).click();
    await page.keyboard.press('Control+Shift+F9');
    await page.getByRole('button', { name: 'Keys of About Velatura: Ctrl+Shift+F9' }).waitFor();
    await page.keyboard.press('Escape');
    const wire = await studio.wire();
    await expect.poll(async () => JSON.stringify(await wire.ask('settings.read'))).toContain('F9');
    await studio.reopen();
    await page.keyboard.press('Control+Shift+F9');
    await page.getByRole('dialog', { name: 'About Velatura' }).waitFor();
    expect(studio.complaints).toEqual([]);
  });
});

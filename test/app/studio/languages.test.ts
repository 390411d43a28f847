// Journey: the window in Chinese and in English, switched while it runs: every word in its language, every glyph there.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplePicture, smallPainting } from '../../support/sample-picture.ts';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;
let page: Page;

beforeAll(async () => {
  studio = await openStudio({ locale: 'zh-CN' });
  ({ page } = studio);
});

afterAll(() => studio?.close());
shootFailures(() => studio);

/** Names, units and formats that are the same in every language. */
const sameEverywhere = [
  /\/[\w/-]+/g, // Paths go first and whole: a folder's name may hold a unit.
  /Velatura/g, /English/g, /\bInter\b/g, /OpenRaster|Photoshop|Krita|GIMP|MyPaint|Affinity|ONNX|WebGPU|CUDA|DirectML|Core ML|NVIDIA|VELATURA_HOME/g,
  /\b(PNG|JPEG|WebP|TIFF|PSD|ORA|CPU|cpu|MIT|Letter|Node|RGB|sRGB|Display P3|Adobe RGB|A[345]|ESRGAN|ID)\b/g, /\.(ora|psd|vstyle|onnx|png)\b/g,
  /(?<![A-Za-z])(px|dpi|mm|cm|in|MB|kB|KB|GB|Hz|min)(?![A-Za-z])/g,
  /\b(Ctrl|Alt|Shift|Esc|Escape|Enter|Space|Tab|Del|Delete|Backspace|F\d+)\b/g, /Δ\w/g, /#[0-9a-f]{6}\b/g,
];

/** What is to be read in the window now: texts, labels, tips. */
function wordsInSight(): Promise<string[]> {
  return page.evaluate(() => {
    const isSeen = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { parentElement: parent } = node;
      if (parent && !parent.closest('[lang]:not(html), kbd, .menu-keys, script') && isSeen(parent)) found.add((node.textContent ?? '').trim());
    }
    for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder], [aria-valuetext]')) {
      if (!isSeen(element)) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext']) found.add(element.getAttribute(name)?.trim() ?? '');
    }
    return [...found];
  });
}

/** Words that are not Chinese, and no name; Chinese with commas that are not. */
async function englishLeft(): Promise<string[]> {
  return (await wordsInSight()).filter((text) => /\p{Script=Han}, /u.test(text) || /[A-Za-z]{2,}/.test(sameEverywhere.reduce((left, name) => left.replaceAll(name, ' '), text)));
}

const tell = async (where: string): Promise<[string, string[]]> => [where, await englishLeft()];

/** Words that are left, each with the place where it was met first. */
function everyOnce(told: readonly (readonly [string, readonly string[]])[]): string[] {
  const first = new Map<string, string>();
  for (const [where, left] of told) for (const words of left) if (!first.has(words)) first.set(words, where);
  return [...first].map(([words, where]) => `${where}: ${words}`);
}

/** Opens the menus one after another. */
async function menus(): Promise<[string, string[]][]> {
  const told: [string, string[]][] = [];
  for (const trigger of await page.getByRole('menubar').getByRole('menuitem').all()) {
    await trigger.click();
    const menu = page.getByRole('menu').first();
    await menu.waitFor();
    told.push(await tell(`menu ${await trigger.textContent()}`));
    for (const sub of await menu.locator('[aria-haspopup=menu]:not([data-disabled])').all()) {
      await sub.hover();
      await sub.and(page.locator('[data-state=open]')).waitFor();
      told.push(await tell(`menu ${await sub.textContent()}`));
    }
    await page.keyboard.press('Escape');
    if (await menu.count()) await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
  }
  return told;
}

/** Runs a command from the palette by its English name, and looks at the dialog that it opens. */
async function dialog(command: string): Promise<[string, string[]]> {
  await page.keyboard.press('Control+K');
  await page.getByRole('dialog').getByRole('combobox').or(page.getByRole('dialog').getByRole('textbox')).first().fill(command);
  const told = await tell('palette');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await expect.poll(() => page.getByRole('dialog').getByRole('heading').first().textContent()).toMatch(/\p{Script=Han}/u);
  const opened = await tell(command);
  for (const tab of await page.getByRole('dialog').getByRole('tab').all()) {
    await tab.click();
    opened[1].push(...(await englishLeft()));
  }
  await studio.shoot(`zh-${command.toLowerCase().replaceAll(' ', '-')}`);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  return [command, [...told[1], ...opened[1]]];
}

describe('in Chinese', () => {
  test('the start screen speaks it, in a font that has its glyphs', async () => {
    expect(await tell('start')).toEqual(['start', []]);
    await studio.shoot('zh-start');
    const fonts = await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].filter(({ family, status }) => /Noto Sans SC/.test(family) && status === 'loaded').length;
    });
    expect(fonts).toBeGreaterThan(0);
    const shapes = await page.evaluate(() => {
      const draw = (letter: string): string => {
        const canvas = new OffscreenCanvas(32, 32);
        const context = canvas.getContext('2d')!;
        context.font = `24px ${getComputedStyle(document.body).fontFamily}`;
        context.fillText(letter, 2, 26);
        return String(context.getImageData(0, 0, 32, 32).data);
      };
      return new Set(['罩', '染', '画', '层'].map(draw)).size;
    });
    expect(shapes).toBe(4); // A glyph that is missing looks like every other that is.
  });

  test('every menu, dialog and panel of the workspace Paint does', async () => {
    await studio.openPicture('画.png', await samplePicture('garden', 240, 180));
    await page.locator('[data-style-card]').first().click();
    await studio.saved();
    const told = [await tell('a glaze')];
    await studio.shoot('zh-paint');
    told.push(...(await menus()));
    for (const tool of await page.getByRole('toolbar').getByRole('button').all()) {
      await tool.click();
      told.push(await tell(`tool ${await tool.getAttribute('aria-label')}`));
    }
    await page.getByRole('treeitem').last().locator('.name').click();
    told.push(await tell('a picture'));
    await page.getByRole('treeitem').last().click({ button: 'right' });
    await page.getByRole('menu').waitFor();
    told.push(await tell('menu of a layer'));
    await page.keyboard.press('Escape');
    await page.locator('[data-style-card]').first().click({ button: 'right' });
    await page.getByRole('menu').waitFor();
    told.push(await tell('menu of a style'));
    await page.keyboard.press('Escape');
    for (const command of ['New …', 'Export …', 'Settings', 'Keyboard shortcuts', 'About', 'Rename the document']) told.push(await dialog(command));
    expect(everyOnce(told)).toEqual([]);
  });

  test('so do comparison, variants and teaching', async () => {
    const told: [string, string[]][] = [];
    await page.keyboard.press('Alt+2');
    await page.locator('.pair dl').waitFor();
    told.push(await tell('compare'));
    await studio.shoot('zh-compare');
    await page.getByRole('tab').last().click();
    told.push(await tell('variants'));
    await studio.shoot('zh-variants');
    await page.keyboard.press('Alt+3');
    told.push(await tell('teach'));
    await studio.drop('夜.png', await smallPainting(240, 200), page.locator('.draft'));
    await page.locator('.crop .frame').waitFor();
    told.push(await tell('a painting to teach'));
    await page.getByRole('button', { name: '添加部分' }).click();
    await page.getByRole('button', { name: '添加部分' }).click();
    await page.getByText('第 2 个部分，共 2 个。').waitFor();
    told.push(await tell('parts of a painting to teach'));
    await studio.shoot('zh-teach');
    await page.keyboard.press('Alt+1');
    expect(everyOnce(told)).toEqual([]);
  });
});

test('switched to English while it runs, the same window speaks English, and remembers it', async () => {
  await studio.menu('视图', '语言', 'English');
  await page.getByRole('button', { name: 'Export', exact: true }).waitFor();
  // A layer keeps the name of its file; the history tells it. What the program called the others is English now.
  const kept = (await page.getByRole('treeitem').locator('.name').allTextContents()).map((name) => name.trim());
  expect(kept.filter((name) => /\p{Script=Han}/u.test(name))).toEqual(['画']);
  expect(kept).toHaveLength(2);
  const words = (await page.locator('.window').innerText()).split('\n');
  expect(words.filter((line) => /\p{Script=Han}/u.test(kept.reduce((left, name) => left.replace(name, ''), line)))).toEqual([]);
  expect((await wordsInSight()).filter((text) => /^[a-z]\w*(\.[\w-]+)+$/.test(text))).toEqual([]); // Keys without words.
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await studio.reopen();
  await page.getByRole('button', { name: 'New', exact: true }).waitFor();
  expect(studio.complaints).toEqual([]);
});

test('a system whose language is no valid tag gets the studio in English', async () => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'language', { get: () => 'en-US@posix' });
    Object.defineProperty(navigator, 'languages', { get: () => ['en-US@posix'] });
  });
  await page.reload();
  await page.getByRole('button', { name: 'New', exact: true }).waitFor();
  expect(studio.complaints).toEqual([]);
});

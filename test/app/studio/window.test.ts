// The window at several sizes: nothing of the options is lost, the canvas keeps its room, panels share their column, layers are told apart.
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePicture } from '../../support/sample-picture.ts';
import { openStudio, patienceMs, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;
const small = { width: 1024, height: 700 };
const plain = { width: 1440, height: 900 };

beforeAll(async () => {
  studio = await openStudio();
  await studio.openPicture('garden.png', await samplePicture('garden', 320, 240));
});
afterAll(() => studio?.close());
shootFailures(() => studio);

const widthOf = async (selector: string): Promise<number> => (await studio.page.locator(selector).boundingBox())?.width ?? 0;
const heightOf = async (title: string): Promise<number> => (await studio.page.locator('.right .panel').filter({ has: studio.page.getByRole('heading', { name: title }) }).boundingBox())?.height ?? 0;
const options = () => studio.page.getByRole('group', { name: 'Options of the tool' });
const more = () => options().getByRole('button', { name: 'More options' });

/** The window has its new size, and what follows from that is drawn: a size that is read next is no passing one. */
async function resized(size: { readonly width: number; readonly height: number }): Promise<void> {
  const { page } = studio;
  await page.setViewportSize(size);
  await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size);
  // Measured in one frame, drawn by it in the next.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });
}

/** Controls of the bar that are drawn and reach beyond it, or beneath the button. */
async function cutOff(): Promise<string[]> {
  return options().evaluate((bar) => {
    const button = bar.querySelector(':scope > button')?.getBoundingClientRect().left ?? Infinity;
    const edge = Math.min(bar.getBoundingClientRect().right, button) + 0.5;
    const seen = [...bar.querySelectorAll<HTMLElement>('.items button, .items input, .items select, .items label, .items span')].filter((each) => getComputedStyle(each).visibility === 'visible');
    return seen.filter((each) => each.getBoundingClientRect().right > edge).map(({ outerHTML }) => outerHTML.slice(0, 80));
  });
}

test('whatever the tool and the window, options are in sight or behind a button', async () => {
  const { page } = studio;
  for (const size of [small, plain]) {
    await resized(size);
    for (const tool of await page.getByRole('toolbar', { name: 'Tools' }).getByRole('button').all()) {
      await tool.click();
      await expect.poll(cutOff, { timeout: patienceMs }).toEqual([]);
    }
  }
  await page.keyboard.press('Escape');
});

test('what does not fit is reached with the keyboard, and folded again', async () => {
  const { page } = studio;
  await resized(small);
  await page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name: 'Magic wand' }).click();
  const last = options().getByRole('checkbox', { name: 'Sample all layers' });
  await more().waitFor();
  expect(await last.isVisible()).toBe(false);
  await more().focus();
  await page.keyboard.press('Enter');
  await last.waitFor();
  await expect.poll(() => options().evaluate((bar) => bar.querySelector('[data-beyond]')?.contains(document.activeElement))).toBe(true);
  const before = await last.isChecked();
  while (!(await last.evaluate((box) => box === document.activeElement))) await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  expect(await last.isChecked()).toBe(!before);
  await studio.shoot('options-more-1024');
  await page.keyboard.press('Escape');
  await last.waitFor({ state: 'hidden' });
  expect(await more().evaluate((button) => button === document.activeElement)).toBe(true);
  await resized({ width: 2560, height: 1440 });
  await more().waitFor({ state: 'detached' });
  expect(await last.isVisible()).toBe(true);
});

test('the canvas keeps more than half of a narrow window, and a folded column is unfolded where it stood', async () => {
  const { page } = studio;
  await resized(small);
  await expect.poll(() => widthOf('main.middle')).toBeGreaterThan(small.width / 2);
  const narrow = await widthOf('main.middle');
  await page.getByRole('button', { name: 'Fold the column' }).click();
  await page.getByRole('button', { name: 'Fold Styles' }).click();
  await expect.poll(() => widthOf('main.middle')).toBeGreaterThan(narrow + 300);
  await studio.shoot('columns-folded-1024');
  await page.getByRole('button', { name: 'Unfold Styles' }).click();
  await page.getByRole('button', { name: 'Unfold the column' }).click();
  await expect.poll(() => widthOf('main.middle')).toBe(narrow);
});

test('history takes the room that layers and properties leave; a height that was drawn stays', async () => {
  const { page } = studio;
  for (const { width, height } of [{ width: 2560, height: 1440 }, plain]) {
    await resized({ width, height });
    const column = (await page.locator('.right').boundingBox())?.height ?? 0;
    await expect.poll(async () => (await heightOf('Layers')) + (await heightOf('Properties')) + (await heightOf('History'))).toBeCloseTo(column - 6, 0);
    expect(await heightOf('Properties')).toBeLessThan(200);
    expect(await heightOf('History')).toBeGreaterThan(column / 2);
  }
  const whole = await heightOf('History');
  const line = page.getByRole('separator', { name: 'Size of History' });
  await line.focus();
  for (let press = 0; press < 6; press++) await line.press('ArrowDown');
  await expect.poll(() => heightOf('History')).toBeLessThan(whole - 40);
  const drawn = await heightOf('History');
  await resized({ width: 1440, height: 1100 });
  await expect.poll(() => heightOf('History')).toBe(drawn);
  await line.dblclick();
  await expect.poll(() => heightOf('History')).toBeGreaterThan(drawn + 200);
  await resized(plain);
});

test('paint layers are told apart by number, their masks by what is on them', async () => {
  const { page } = studio;
  for (const name of ['Paint', 'Paint 2', 'Paint 3']) {
    await studio.menu('Layer', 'New layer', 'New paint layer');
    await page.getByRole('treeitem', { name: `${name}, Paint` }).waitFor();
  }
  await studio.menu('Layer', 'Mask', 'Add a mask');
  const mask = page.locator('button.mask').locator('canvas');
  const greys = (): Promise<number[]> =>
    mask.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return [4 * Math.floor(canvas.width / 2), 4 * (canvas.width * Math.floor(canvas.height / 2) + Math.floor(canvas.width / 2))].map((at) => data[at] ?? -1);
    });
  await expect.poll(greys, { timeout: patienceMs }).toEqual([255, 255]);
  await page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name: 'Brush', exact: true }).click();
  expect(await page.locator('button.mask').getAttribute('aria-pressed')).toBe('true'); // It is painted on at once.
  await studio.setNumber('Size', 120);
  await resized({ width: 1280, height: 800 });
  await studio.stroke([{ x: 150, y: 120 }, { x: 170, y: 120 }]);
  await expect.poll(async () => (await greys())[1], { timeout: patienceMs }).toBeLessThan(60);
  expect((await greys())[0]).toBe(255);
  await resized(plain);
  await studio.shoot('mask-picture');
});

test('the comparison’s list shows pictures of the layers', async () => {
  const { page } = studio;
  await studio.workspace('Compare');
  await page.locator('.picker button').first().click();
  await page.getByRole('option', { name: /Paint 2/ }).first().locator('.layer-picture canvas').waitFor();
  await studio.shoot('compare-sources');
  await page.keyboard.press('Escape');
  await studio.workspace('Paint');
});

test('a tiny picture is opened large, its pixels as squares', async () => {
  const { page } = studio;
  const pixels = Buffer.alloc(12 * 9 * 3, 255).fill(0, 0, 3); // Only the first px is black.
  await studio.workspace('Compare'); // In Paint it would be placed on what is open.
  await studio.drop('tiny.png', await sharp(pixels, { raw: { width: 12, height: 9, channels: 3 } }).png().toBuffer());
  await page.locator('.bar .name', { hasText: 'tiny' }).waitFor();
  await studio.workspace('Paint');
  await resized({ width: 1280, height: 800 });
  await expect.poll(() => page.locator('.status select').inputValue(), { timeout: patienceMs }).toBe('32');
  const surface = await page.locator('.surface[role=application]').boundingBox();
  if (!surface) throw new Error('no canvas');
  const corner = { x: surface.x + surface.width / 2 - 6 * 32, y: surface.y + surface.height / 2 - 4.5 * 32 };
  const shown = async (): Promise<number[]> => {
    const { data, info } = await sharp(await page.screenshot({ clip: { ...corner, width: 64, height: 64 } })).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    return [29, 35].map((at) => data[(16 * info.width + at) * 3] ?? -1); // Either side of the edge between the first two px.
  };
  await expect.poll(shown, { timeout: patienceMs }).toEqual([0, 255]);
});

test('nothing complained', () => expect(studio.complaints.filter((words) => !words.startsWith('Canvas2D'))).toEqual([])); // The test itself reads pixels back.

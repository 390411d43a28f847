// The canvas in a real browser over the real host: strokes, undo, selections, moving, cropping, colours, views.
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStudio, shootFailures, type RawPicture, type StudioDriver } from '../../support/studio-driver.ts';

const size = { width: 600, height: 400 };
let studio: StudioDriver;
shootFailures(() => studio);

beforeAll(async () => {
  studio = await openStudio();
  await studio.openPicture('white.png', await sharp({ create: { ...size, channels: 3, background: '#fff' } }).png().toBuffer());
  await studio.menu('Layer', 'New layer', 'New paint layer');
});

afterAll(() => studio?.close());

const colourAt = ({ data, width }: RawPicture, x: number, y: number): number[] => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
const shown = (x: number, y: number) => expect.poll(async () => colourAt(await studio.screen(), x, y));
const white = [255, 255, 255];

/** A drag with the mouse between points of the document, at 1:1. */
async function drag(points: readonly (readonly [number, number])[]): Promise<void> {
  const { mouse } = studio.page;
  const box = await studio.page.locator('.surface').boundingBox();
  if (!box) throw new Error('There is no canvas to be seen.');
  const at = ([x, y]: readonly [number, number]): [number, number] => [box.x + box.width / 2 - size.width / 2 + x, box.y + box.height / 2 - size.height / 2 + y];
  const [first = [0, 0], ...rest] = points;
  await mouse.move(...at(first));
  await mouse.down();
  for (const point of rest) await mouse.move(...at(point), { steps: 4 });
  await mouse.up();
  await mouse.move(box.x + 3, box.y + 3);
}

async function paintWith(hex: string): Promise<void> {
  const { page } = studio;
  await page.getByRole('button', { name: /^Colour of the brush/ }).click();
  await page.getByLabel('Hexadecimal').fill(hex);
  await page.getByLabel('Hexadecimal').press('Enter');
  await page.keyboard.press('Escape');
}

describe('the canvas', () => {
  test('a stroke is seen, is a step of history, and Ctrl+Z at once takes it back', async () => {
    await paintWith('#d02010');
    await studio.page.keyboard.press('b');
    await studio.setNumber('Size', 40);
    await drag([[100, 100], [200, 100]]);
    await studio.page.keyboard.press('Control+z');
    await expect.poll(() => studio.page.getByRole('button', { name: 'Redo', exact: true }).isEnabled()).toBe(true);
    await shown(150, 100).toEqual(white);
    await studio.page.keyboard.press('Control+Shift+z');
    await shown(150, 100).toEqual([208, 32, 16]);
    await expect.poll(async () => (await studio.steps()).at(-1)).toBe('Brush');
    await studio.saved();
  });

  test('what is drawn is what the host renders', async () => {
    await studio.agrees();
  });

  test('the eraser takes paint away', async () => {
    await studio.page.keyboard.press('e');
    await drag([[150, 60], [150, 140]]);
    await shown(150, 100).toEqual(white);
    await shown(110, 100).toEqual([208, 32, 16]);
  });

  test('a selection limits the brush until it is dropped', async () => {
    const { page } = studio;
    await page.keyboard.press('m');
    await drag([[300, 200], [400, 300]]);
    await page.keyboard.press('b');
    await drag([[250, 250], [450, 250]]);
    await shown(350, 250).toEqual([208, 32, 16]);
    await shown(295, 250).toEqual(white);
    await shown(405, 250).toEqual(white);
    await studio.shoot('canvas-selection');
    await page.keyboard.press('Control+d');
    await expect.poll(() => page.locator('.ants').count()).toBe(0);
  });

  test('the bucket fills what is alike, and Alt takes a colour from the picture', async () => {
    const { page } = studio;
    await paintWith('#1060c0');
    await page.keyboard.press('g');
    await drag([[350, 250], [350, 250]]);
    await shown(350, 250).toEqual([16, 96, 192]);
    await paintWith('#000000');
    await page.keyboard.press('b');
    await page.keyboard.down('Alt');
    await drag([[350, 250], [350, 250]]);
    await page.keyboard.up('Alt');
    await expect.poll(() => page.getByRole('button', { name: /^Colour of the brush: #1060c0/ }).count()).toBe(1);
  });

  test('the layer moves with the arrows and back with undo', async () => {
    const { page } = studio;
    await page.keyboard.press('v');
    await expect.poll(() => page.locator('.overlay .handle').count()).toBe(8);
    await page.keyboard.press('Shift+ArrowDown');
    await shown(350, 275).toEqual([16, 96, 192]);
    await page.keyboard.press('h');
    await studio.agrees();
    await page.keyboard.press('Control+z');
    await shown(350, 275).toEqual(white);
  });

  test('what is copied is pasted as a layer where it was', async () => {
    const { page } = studio;
    const layers = await page.getByRole('treeitem').count();
    await page.keyboard.press('m');
    await drag([[310, 235], [330, 260]]);
    await page.keyboard.press('Control+c');
    await studio.menu('Edit', 'Paste');
    await expect.poll(() => page.getByRole('treeitem').count()).toBe(layers + 1);
    await page.keyboard.press('Control+d');
    await studio.agrees();
  });

  test('a crop changes the document’s size and keeps what is outside', async () => {
    const { page } = studio;
    await page.keyboard.press('c');
    await drag([[50, 50], [450, 350]]);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.status').textContent()).toContain('400 × 300');
    await shown(320, 212).toEqual([16, 96, 192]);
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.locator('.status').textContent()).toContain('600 × 400');
  });

  test('the finger drags paint along under the pen, is one step of history, and is kept as it is seen', async () => {
    const { page } = studio;
    await studio.menu('Layer', 'New layer', 'New paint layer');
    await paintWith('#d02010');
    await page.keyboard.press('b');
    await studio.setNumber('Size', 40);
    await studio.stroke([{ x: 60, y: 350, pressure: 1 }, { x: 120, y: 350, pressure: 1 }]);
    await shown(90, 350).toEqual([208, 32, 16]);
    await page.keyboard.press('u');
    await studio.setNumber('Size', 40);
    await studio.setNumber('Strength', 90);
    await studio.stroke(Array.from({ length: 21 }, (_, i) => ({ x: 90 + i * 8, y: 350, pressure: 1 })));
    await expect.poll(async () => (await studio.steps()).slice(-2)).toEqual(['Brush', 'Smudge']);
    // Over white the paint that thins out keeps its hue: green and blue go along.
    const pale = async (): Promise<number[]> => colourAt(await studio.screen(), 170, 350);
    await expect.poll(async () => (await pale())[1]).toBeLessThan(200);
    const [red = 0, green = 0, blue = 0] = await pale();
    expect(Math.abs(green - (255 - ((255 - red) / 47) * 223))).toBeLessThan(8);
    expect(Math.abs(green - blue)).toBeLessThan(20);
    await studio.agrees();
    await studio.shoot('canvas-smudge');
    await page.keyboard.press('Control+z');
    await shown(170, 350).toEqual(white);
    await page.keyboard.press('Control+Shift+z');
    await shown(170, 350).toEqual([red, green, blue]);
    await studio.setNumber('Strength', 0);
    await studio.pen([{ x: 90, y: 350, pressure: 1 }, { x: 200, y: 300, pressure: 1 }]);
    await studio.agrees();
    expect((await studio.steps()).slice(-2)).toEqual(['Brush', 'Smudge']);
  });

  test('paint that falls on nothing but a transparency that is locked says so, once', async () => {
    const { page } = studio;
    await page.keyboard.press('Control+d');
    await studio.menu('Layer', 'New layer', 'New paint layer');
    await page.keyboard.press('b');
    await studio.tells(() => page.keyboard.press('/'));
    await expect.poll(async () => (await studio.steps()).at(-1)).toMatch(/^Lock the transparency/);
    const steps = await studio.steps();
    const said = page.locator('.notices').getByText('it is empty here: nothing is painted');
    for (let time = 0; time < 2; time++) {
      await studio.pen([{ x: 100, y: 200 }, { x: 160, y: 200 }]);
      await said.waitFor(); // There is one and no more, or this fails.
    }
    await studio.shoot('canvas-locked-bare');
    expect(await studio.steps()).toEqual(steps);
  });

  test('the wheel zooms to the cursor and keys fit the document again', async () => {
    const { page } = studio;
    const box = await page.locator('.surface').boundingBox();
    await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
    await page.mouse.wheel(0, -600);
    await expect.poll(async () => Number(await page.locator('.status select').inputValue())).toBeGreaterThan(2);
    await page.keyboard.press('Control+0');
    await expect.poll(async () => Number(await page.locator('.status select').inputValue())).toBe(1);
  });

  test('keys that the artist gave to a command are heard by nothing else', async () => {
    const { page } = studio;
    const [wire, opacity] = [await studio.wire(), page.getByRole('textbox', { name: 'Opacity', exact: true }).first()];
    await page.keyboard.press('b');
    await page.keyboard.press('7');
    await expect.poll(() => opacity.inputValue()).toBe('70');
    await wire.ask('settings.change', { shortcuts: { 'view.rulers': '5' } });
    await expect.poll(async () => {
      await page.keyboard.press('5');
      return page.locator('.rulers, [class*=ruler]').count();
    }).toBeGreaterThan(0);
    await page.waitForTimeout(700); // Two digits in quick succession would be one number.
    await page.keyboard.press('8');
    await expect.poll(() => opacity.inputValue()).toBe('80');
    await page.waitForTimeout(700);
    await page.keyboard.press('5');
    await expect.poll(() => page.locator('.rulers, [class*=ruler]').count()).toBe(0);
    expect(await opacity.inputValue()).toBe('80');
    await wire.ask('settings.change', { shortcuts: {} });
  });

  test('keys that are held, and the digits, stand in the table of keys; one that the artist gives away does not', async () => {
    const { page } = studio;
    const row = (name: string | RegExp) => page.getByRole('dialog').locator('dl > div').filter({ has: page.locator('dt').getByText(name, { exact: true }) }).locator('dd');
    const keysOf = (name: string | RegExp) => row(name).allInnerTexts();
    await studio.menu('Help', 'Keyboard shortcuts');
    await expect.poll(() => keysOf('Move the view')).toEqual(['hold Space']);
    expect(await keysOf('Zoom by dragging')).toEqual(['hold Ctrl+Space']);
    expect(await keysOf(/^Turn the view;/)).toEqual(['hold R']);
    expect(await keysOf('Take a colour from the picture')).toEqual(['hold Alt']);
    expect(await keysOf(/^Opacity:/)).toEqual(['0 … 9']);
    await studio.shoot('shortcuts');
    await (await studio.wire()).ask('settings.change', { shortcuts: { 'view.rulers': 'R' } });
    await expect.poll(() => keysOf(/^Turn the view;/)).toEqual([]);
    expect(await keysOf('Rulers')).toEqual(['R']);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Shortcuts' }).click();
    await expect.poll(() => keysOf(/^Turn the view;/)).toEqual(['–']);
    expect(await row('Move the view').getByRole('button').count()).toBe(0);
    expect(await row('Move the view').getAttribute('title')).toBe('These keys cannot be changed.');
    await page.keyboard.press('Escape');
    await (await studio.wire()).ask('settings.change', { shortcuts: {} });
  });

  test('nothing was complained of', () => {
    expect(studio.complaints).toEqual([]);
  });
});

// npm run tour: walks through the studio and takes the pictures of README and docs/tour.md anew.
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStudio, patienceMs, type PenPoint, type StudioDriver } from '../../test/support/studio-driver.ts';

const docs = resolve(import.meta.dirname, '../../docs');
/** The painting that is taught: any file; $VELATURA_PAINTING. */
const painting = process.env['VELATURA_PAINTING'] ?? resolve(import.meta.dirname, '../../../shared/data/paintings/hokusai-red-fuji.jpg');
const window = { width: 1440, height: 900 } as const;

let studio: StudioDriver;

/** The window as it stands, as `docs/NAME.jpg`. */
async function shoot(name: string): Promise<void> {
  await sharp(await studio.page.screenshot()).jpeg({ quality: 84, mozjpeg: true }).toFile(`${docs}/${name}.jpg`);
}

/** Two wings about a middle. */
function bird(x: number, y: number, size: number): PenPoint[] {
  const wing = [[-2, 0.2, 0.2], [-1.5, -0.5, 0.6], [-0.9, -0.6, 0.8], [-0.3, -0.1, 0.9], [0, 0.25, 1], [0.3, -0.1, 0.9], [0.9, -0.6, 0.8], [1.5, -0.5, 0.6], [2, 0.2, 0.2]] as const;
  return wing.map(([right, down, pressure]) => ({ x: x + right * size, y: y + down * size, pressure }));
}

const birds = [[180, 80, 26], [305, 42, 20], [386, 28, 15], [457, 54, 17], [408, 98, 19], [260, 145, 21]] as const;

/** The sample picture with its glaze, and six birds painted beneath. */
async function openLake(words: { readonly sample: RegExp; readonly kinds: { readonly picture: string; readonly glaze: string }; readonly layer: readonly string[]; readonly options: string; readonly size: string }): Promise<void> {
  const { page } = studio;
  await page.getByRole('button', { name: words.sample }).first().click();
  await page.locator('.surface[role=application]').filter({ visible: true }).waitFor();
  await choose(words.kinds.picture);
  await studio.tells(() => studio.menu(...words.layer));
  await page.locator('.surface[role=application]').focus();
  await page.keyboard.press('b');
  await studio.setNumber(words.size, 9, page.getByRole('group', { name: words.options }));
  for (const [x, y, size] of birds) await studio.stroke(bird(x, y, size));
  await choose(words.kinds.glaze);
  await settled();
}

/** A click on the first layer of a kind. */
const choose = (kind: string): Promise<void> => studio.page.getByRole('treeitem', { name: new RegExp(`, ${kind}`) }).first().locator('.name').click();

/** Nothing waits to be painted, and every step is kept. */
async function settled(): Promise<void> {
  await studio.saved();
  await studio.flattened();
  await studio.page.waitForTimeout(3000);
  await expect.poll(() => studio.page.locator('.state-picture.empty').filter({ visible: true }).count(), { timeout: patienceMs }).toBe(0);
}

beforeAll(async () => {
  studio = await openStudio();
  await studio.page.setViewportSize(window);
});

afterAll(() => studio?.close());

test('the first page', async () => {
  await shoot('tour/start');
});

test('paint beneath a glaze, and the gallery with the artist’s picture', async () => {
  await openLake({ sample: /Start with the sample picture/, kinds: { picture: 'Picture', glaze: 'Glaze' }, layer: ['Layer', 'New layer', 'New paint layer'], options: 'Options of the tool', size: 'Size' });
  await shoot('studio');
  await studio.page.getByText('My picture', { exact: true }).click();
  await studio.page.waitForTimeout(45_000); // The styles in sight are painted one after another.
  await shoot('tour/gallery');
  await studio.page.getByText('Style', { exact: true }).first().click();
});

test('two states side by side under one line, and variants', async () => {
  const { page } = studio;
  await studio.workspace('Compare');
  await page.getByRole('button', { name: /^Left picture \(A\)/ }).click();
  await page.getByRole('listbox', { name: 'Left picture (A)' }).getByRole('option', { name: /^Without “Glaze”/ }).first().click();
  await page.getByText('Preparing the pictures …').waitFor({ state: 'hidden' });
  await expect.poll(() => page.locator('.pair dl dt').count()).toBe(3);
  await page.waitForTimeout(12_000); // Meters of the pair before make room for those of this one.
  await shoot('tour/compare');
  await page.getByRole('tab', { name: 'Variants' }).click();
  const styles = page.getByRole('combobox', { name: 'Add a style …' });
  for (const style of ['The Starry Night', 'Composition VII', 'Lake Suwa in Shinano Province', 'The Red Vineyard', 'The Scream', 'The Night Café', 'The Great Wave off Kanagawa', 'Wheatfield with Crows', 'Woman with a Hat']) {
    const label = (await styles.locator('option').allTextContents()).find((option) => option.trim().startsWith(style));
    if (label !== undefined) await styles.selectOption({ label: label.trim() });
  }
  await page.getByRole('button', { name: 'Paint the variants' }).click();
  const count = await page.getByRole('button', { name: /^Take this one: / }).count();
  await expect.poll(() => page.locator('.variants figure dl').count(), { timeout: 4 * patienceMs }).toBe(count);
  await page.waitForTimeout(1000);
  await shoot('tour/variants');
});

test('export', async () => {
  const { page } = studio;
  await studio.workspace('Paint');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: 'TIFF' }).click();
  await dialog.getByLabel('Unit').selectOption({ label: 'cm' });
  await dialog.getByLabel('Width', { exact: true }).fill('40');
  await dialog.getByLabel('Width', { exact: true }).press('Tab');
  await dialog.getByLabel('Depth').selectOption({ label: '16 bit' });
  await dialog.getByLabel('Colour profile').selectOption({ label: 'sRGB' });
  await shoot('tour/export');
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
});

test('words beneath the glaze, across and from top to bottom', async () => {
  const { page } = studio;
  const options = page.getByRole('group', { name: 'Options of the tool' });
  const words = page.getByRole('textbox', { name: 'Words' });
  await choose('Paint');
  await page.locator('.surface[role=application]').filter({ visible: true }).focus();
  await page.keyboard.press('t');
  await studio.setNumber('Size', 96, options);
  const vertical = options.getByRole('button', { name: 'Vertical lines' });
  await vertical.click();
  await studio.pen([{ x: 190, y: 260 }]);
  await words.waitFor();
  await page.keyboard.insertText('夕照满湖，\n归帆如画。');
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await words.waitFor({ state: 'detached' });
  await choose('Paint'); // The lines just written stay as they are.
  await vertical.click();
  await studio.pen([{ x: 500, y: 690 }]);
  await words.waitFor();
  await page.keyboard.insertText('Evening lake');
  await settled();
  await shoot('tour/text');
  await page.getByRole('button', { name: 'Done', exact: true }).click();
});

test('a style being taught', async () => {
  const { page } = studio;
  await studio.workspace('Teach');
  await studio.drop(basename(painting), await readFile(painting), page.locator('.draft'));
  await page.getByRole('group', { name: /that is learned/ }).first().waitFor();
  await page.getByRole('button', { name: 'Start teaching' }).click();
  const step = async (): Promise<number> => Number(/step (\d+) of/.exec((await page.locator('.run').textContent()) ?? '')?.[1] ?? 0);
  await expect.poll(step, { timeout: 4 * patienceMs }).toBeGreaterThan(400);
  await page.getByRole('button', { name: 'Keep this state' }).click();
  await expect.poll(step, { timeout: 4 * patienceMs }).toBeGreaterThan(800);
  await page.waitForTimeout(6000);
  await shoot('tour/teach');
  await page.getByRole('button', { name: 'Stop without saving' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop without saving' }).click();
});

test('the studio in Chinese', async () => {
  await studio.close();
  studio = await openStudio({ locale: 'zh-CN' });
  await studio.page.setViewportSize(window);
  await openLake({ sample: /示例/, kinds: { picture: '图片', glaze: '罩染' }, layer: ['图层', '新建图层', '新建绘画图层'], options: '工具选项', size: '大小' });
  await shoot('studio.zh-CN');
});

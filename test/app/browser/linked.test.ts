// Pictures that the page follows where the browser can read files again: over real handles, of the page's own file system.
import sharp from 'sharp';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { LayerOf } from '../../../src-main/contract/document.ts';
import { samplePicture } from '../../support/sample-picture.ts';
import { openScriptedPage } from '../../support/scripted-page.ts';
import { openStudio, patienceMs, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;
shootFailures(() => studio);

beforeAll(async () => {
  studio = await openStudio();
  // The picker is the browser's own window, out of reach: it gives a file of the page's. The browser asks again after a reload.
  await studio.page.addInitScript(() => {
    if (location.protocol === 'about:') return;
    let isAllowed = sessionStorage.getItem('asks') === null;
    Object.assign(window, { showOpenFilePicker: async () => [await (await navigator.storage.getDirectory()).getFileHandle('lake.png')] });
    Object.assign(FileSystemHandle.prototype, {
      queryPermission: async () => (isAllowed ? 'granted' : 'prompt'),
      requestPermission: async () => ((isAllowed = true), 'granted'),
    });
  });
  await studio.reopen();
  await studio.openPicture('garden.png', await samplePicture('garden', 240, 180));
});
afterAll(() => studio?.close());

const plain = (colour: string): Promise<Buffer> => sharp({ create: { width: 100, height: 60, channels: 3, background: colour } }).png().toBuffer();

/** What another program saves as the file. */
async function save(bytes: Uint8Array): Promise<void> {
  await studio.page.evaluate(async (text) => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle('lake.png', { create: true });
    const stream = await handle.createWritable();
    await stream.write(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
    await stream.close();
  }, Buffer.from(bytes).toString('base64'));
}

/** The middle of the picture, where the file stands. */
async function middle(): Promise<readonly number[]> {
  const { width, height, data } = await studio.flattened();
  const at = ((height >> 1) * width + (width >> 1)) * 3;
  return [...data.subarray(at, at + 3)];
}

async function linkedLayer(): Promise<LayerOf<'image'> | undefined> {
  await studio.saved();
  const wire = await studio.wire();
  const [latest] = await wire.ask('documents.list');
  const { record } = await wire.ask('documents.open', { document: latest?.id ?? '' });
  return Object.values(record.layers).find((layer) => layer.kind === 'image' && layer.link !== undefined) as LayerOf<'image'> | undefined;
}

const latestStep = async (): Promise<string | undefined> => (await studio.steps()).at(-1);
const patient = { timeout: patienceMs };

test('a file is placed linked, and taken anew where it stands as soon as it is saved, glazes above included', async () => {
  await save(await plain('#d02020'));
  await studio.tells(() => studio.menu('File', 'Place a linked picture …'));
  expect(await middle()).toEqual([208, 32, 32]);
  expect((await linkedLayer())?.link).toMatchObject({ path: 'lake.png', byPage: true });
  await studio.addGlaze(/Tahiti/);
  await studio.agrees();
  const glazed = await middle();
  await studio.tells(() => save(Buffer.alloc(0)).then(() => plain('#2020d0')).then(save));
  await expect.poll(latestStep, patient).toBe('Changed on disk: lake.png');
  await studio.agrees();
  expect(await middle()).not.toEqual(glazed);
  expect((await linkedLayer())?.transform).toEqual([1, 0, 0, 1, 70, 60]);
});

test('a change that was undone is not taken again', async () => {
  await studio.tells(() => studio.page.getByRole('button', { name: 'Undo', exact: true }).click());
  const steps = await studio.steps();
  await studio.page.waitForTimeout(5000); // Longer than two looks.
  expect(await studio.steps()).toEqual(steps);
  await studio.tells(() => studio.page.getByRole('button', { name: 'Redo', exact: true }).click());
});

test('what is no picture is told once, and the layer stays as it is', async () => {
  const before = await linkedLayer();
  await save(Buffer.from('<svg>'));
  await studio.page.locator('.notices').getByText(/^lake\.png/).first().waitFor();
  await studio.page.getByRole('button', { name: 'Close the notice' }).first().click();
  await studio.page.waitForTimeout(5000);
  expect(await studio.page.locator('.notices article').count()).toBe(0);
  expect(await linkedLayer()).toEqual(before);
});

test('after a reload the browser is asked again by a button on the layer, and the file is followed', async () => {
  const { page } = studio;
  await page.evaluate(() => sessionStorage.setItem('asks', 'again'));
  await studio.reopen();
  await page.getByRole('button', { name: /^garden/ }).first().click();
  await page.getByRole('application', { name: 'Canvas: garden' }).waitFor();
  await studio.chooseLayer('lake.png');
  const again = page.getByRole('button', { name: 'Follow the file again' });
  await again.waitFor();
  await studio.shoot('linked-asks');
  await studio.menu('View', 'Language', '简体中文');
  await page.getByRole('button', { name: '重新跟随文件' }).waitFor();
  await studio.shoot('linked-asks-zh');
  await studio.menu('视图', '语言', 'English');
  const steps = await studio.steps();
  await save(await plain('#20a020'));
  await page.waitForTimeout(5000);
  expect(await studio.steps()).toEqual(steps);
  await studio.tells(() => again.click());
  await expect.poll(latestStep, patient).toBe('Changed on disk: lake.png');
  await again.waitFor({ state: 'detached' });
  expect(studio.complaints).toEqual([]);
});

test('a browser that cannot read files again offers nothing', async () => {
  const scripted = await openScriptedPage({}, 'zh-CN');
  onTestFinished(() => scripted.close());
  const { page } = scripted;
  await page.addInitScript(() => void Object.assign(window, { showOpenFilePicker: undefined }));
  await page.reload();
  await scripted.openDocument();
  await page.getByText('文件', { exact: true }).first().click();
  await page.getByText('置入图片……').waitFor();
  expect(await page.getByText('置入链接的图片……').count()).toBe(0);
});

// The recipe an export carries: dropped on the studio again, the picture offers its settings, and they become a glaze.
import sharp from 'sharp';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { applyChanges } from '../../../src-main/contract/changes.ts';
import type { Layer, LayerOf } from '../../../src-main/contract/document.ts';
import { recipeIn, xmpOf } from '../../../src-main/engine/image/recipe-xmp.ts';
import { samplePicture } from '../../support/sample-picture.ts';
import { galleryStyle, openedDocument } from '../../support/scripted-gallery.ts';
import { openScriptedPage, scriptedStyles } from '../../support/scripted-page.ts';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;
/** The print of the glazed picture, and what its glaze was set to. */
let print: Buffer;
let settings: LayerOf<'glaze'>['settings'];
shootFailures(() => studio);

beforeAll(async () => {
  studio = await openStudio();
  await studio.openPicture('garden.png', await samplePicture('garden', 240, 180));
});
afterAll(() => studio?.close());

/** Of the document that is open, without the root, bottom to top. */
async function layers(): Promise<Layer[]> {
  await studio.saved();
  const wire = await studio.wire();
  const [latest] = await wire.ask('documents.list');
  const { record } = await wire.ask('documents.open', { document: latest?.id ?? '' });
  const root = record.layers['root'];
  return root?.kind === 'group' ? root.children.map((id) => record.layers[id]!) : [];
}

const kinds = async (): Promise<string[]> => (await layers()).map(({ kind }) => kind);
const offer = () => studio.page.getByRole('article').filter({ hasText: 'carries its recipe' });
const use = (name: string) => offer().getByRole('button', { name, exact: true });

/** What the panel sets, of a glaze. */
const setOn = (layer: Layer | undefined) => {
  if (layer?.kind !== 'glaze') throw new Error('There is no glaze.');
  const { styles, ...others } = layer.settings;
  return { styles: styles.map(({ style, id, weight }) => ({ style, id, weight })), ...others };
};

/** The print with its recipe changed. */
async function printWith(change: (recipe: string) => string): Promise<Buffer> {
  const { xmp } = await sharp(print).metadata();
  return sharp(print).withXmp(xmpOf(change(recipeIn(xmp?.toString('utf8') ?? '') ?? ''))).png().toBuffer();
}

test('a glazed picture is exported', async () => {
  const { page } = studio;
  await studio.addGlaze(/Tahiti/);
  for (const [label, value] of [['Strength', 40], ['Stroke size', 70], ['Keep colours', 20], ['Light', 60], ['Broken hues', 30], ['Freedom', 50]] as const) await studio.setNumber(label, value);
  await page.getByRole('spinbutton', { name: 'Strokes' }).fill('77');
  await studio.tells(() => page.keyboard.press('Enter'));
  settings = setOn((await layers()).at(-1)) as typeof settings;
  expect(settings).toMatchObject({ strength: 0.4, strokePercent: 70, seed: 77 });
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: 'PNG' }).click();
  ({ bytes: print } = await studio.download(() => dialog.getByRole('button', { name: 'Export', exact: true }).click()));
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('dropped on a picture it offers its settings, which take its place in one step', async () => {
  await studio.tells(() => studio.drop('print.png', print));
  await offer().getByText(/Strength 40 %.· Stroke size 70 %.· Keep colours 20 %.· Light 60 %.· Broken hues 30 %.· Freedom 50 %.· Strokes 77/).waitFor();
  await offer().getByText('Three Tahitian Women').waitFor();
  await studio.shoot('recipe-offer');
  expect(await kinds()).toEqual(['image', 'glaze', 'image']);
  await studio.tells(() => use('Use them and take this picture out').click());
  expect(await kinds()).toEqual(['image', 'glaze', 'glaze']);
  expect(setOn((await layers()).at(-1))).toEqual(settings);
  await offer().waitFor({ state: 'detached' });
  expect((await studio.steps()).at(-1)).toBe('Settings of print.png');
  await studio.tells(() => studio.page.keyboard.press('Control+z'));
  expect(await kinds()).toEqual(['image', 'glaze', 'image']);
});

test('opened as a new document it offers them too, and its glaze has them', async () => {
  const { page } = studio;
  await page.getByRole('button', { name: 'Start screen' }).click();
  await studio.drop('print.png', print);
  await use('Use these settings').waitFor();
  await page.waitForTimeout(9000); // Longer than what passes is shown.
  expect(await kinds()).toEqual(['image']);
  expect(await use('Use them and take this picture out').count()).toBe(0);
  await studio.tells(() => use('Use these settings').click());
  const [picture, glaze] = await layers();
  expect(picture?.kind).toBe('image');
  expect(setOn(glaze)).toEqual(settings);
  await studio.agrees();
  await studio.tells(() => page.keyboard.press('Control+z'));
  expect(await kinds()).toEqual(['image']);
});

test('a style that is missing is named, and nothing is added', async () => {
  const unknown = await printWith((recipe) => recipe.replaceAll(settings.styles[0]!.id!, 'd'.repeat(64)).replaceAll(/"name":"[^"]*"/g, '"name":"<b>Rain</b>"'));
  await studio.tells(() => studio.drop('rain.png', unknown));
  await offer().getByText('Not in your gallery: “<b>Rain</b>”').waitFor();
  await studio.shoot('recipe-missing');
  expect(await offer().getByRole('button', { name: /^Use / }).count()).toBe(0);
  await use('Import styles …').waitFor();
  expect(await kinds()).toEqual(['image', 'image']);
  await studio.page.keyboard.press('Escape');
  await offer().getByRole('button', { name: 'Close the notice' }).click();
});

test('another version of a style is used, and said to be another', async () => {
  const other = await printWith((recipe) => recipe.replaceAll(settings.styles[0]!.id!, 'd'.repeat(64)));
  await studio.tells(() => studio.drop('other.png', other));
  await offer().getByText('Your gallery has another version of “Three Tahitian Women”').waitFor();
  await studio.tells(() => use('Use these settings').click());
  expect(setOn((await layers()).at(-1)).styles).toEqual(settings.styles);
});

test('a recipe that is none is a word beside the picture, no more', async () => {
  const broken = await printWith(() => '{"formatVersion":1,"strength":"all of it"}');
  await studio.tells(() => studio.drop('broken.png', broken));
  await studio.page.getByText('broken.png says how it was made, but in a way that this version cannot read').waitFor();
  expect(await offer().count()).toBe(0);
  expect((await layers()).at(-1)?.name).toBe('broken.png');
  expect(studio.complaints).toEqual([]);
});

test('what was brushed in one place is there again, and nowhere else', async () => {
  const { page } = studio;
  await page.getByRole('button', { name: 'Start screen' }).click();
  await studio.openPicture('fresh.png', await samplePicture('garden', 240, 180));
  const bare = await studio.flattened();
  await studio.addGlaze(/Tahiti/);
  await page.getByRole('button', { name: 'Style brush', exact: true }).click();
  await studio.setNumber('Size', 40);
  await studio.pen([60, 80, 100, 120].map((x) => ({ x, y: 80 })));
  await studio.tells(() => page.locator('.notices').getByRole('button', { name: 'Show it only where I brush' }).click());
  await expect.poll(async () => (await studio.steps()).at(-1)).toBe('Brush the style in');
  await studio.agrees();
  const brushed = await studio.flattened();
  expect(brushed).not.toEqual(bare);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: 'JPEG' }).click();
  const { bytes } = await studio.download(() => dialog.getByRole('button', { name: 'Export', exact: true }).click());
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  for (let step = 0; step < 3; step++) await studio.tells(() => page.getByRole('button', { name: 'Undo', exact: true }).click());
  expect(await kinds()).toEqual(['image']);
  await studio.tells(() => studio.drop('brushed.jpg', bytes));
  await offer().getByText('Its masks are stretched over the open picture.').waitFor();
  expect(await offer().getByText('Some masks are not in this recipe').count()).toBe(0);
  await studio.shoot('recipe-offer-masks');
  await studio.tells(() => use('Use them and take this picture out').click());
  await studio.agrees();
  expect(await studio.flattened()).toEqual(brushed);
  expect(studio.complaints).toEqual([]);
});

test('several glazes are offered bottom to top, and can be used as soon as the missing style is there', async () => {
  const rain = galleryStyle('雨', { id: 'e'.repeat(64) });
  const paint = { strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 1, opacity: 1, blend: 'normal' as const };
  const styleOf = ({ name, id }: { readonly name: string; readonly id: string }) => ({ name, id, kind: 'code' as const, weight: 1 });
  const recipe = { file: '花园.png', glazes: [{ ...paint, styles: [styleOf(scriptedStyles[0]!)] }, { ...paint, styles: [styleOf(rain)], opacity: 0.5, masked: true as const }] };
  const scripted = await openScriptedPage({ 'documents.sample': () => ({ ...openedDocument(), recipe }) }, 'zh-CN');
  onTestFinished(() => scripted.close());
  const { page, studio: host } = scripted;
  await scripted.openDocument();
  const notice = page.getByRole('article').filter({ hasText: '花园.png 中写有制作方法，自下而上共 2 个罩染层：' });
  expect(await notice.getByRole('listitem').allTextContents()).toEqual([expect.stringMatching(/^\s*The Scream（中）\s*强度 100%/), expect.stringMatching(/^\s*雨\s*强度 100%.*不透明度 50%/)]);
  await notice.getByText('风格库中没有“雨”').waitFor();
  await notice.getByText('此制作方法中缺少部分蒙版').waitFor();
  expect(await notice.getByRole('button', { name: '使用这些设置' }).count()).toBe(0);
  host.answers['styles.list'] = () => [...scriptedStyles, rain];
  host.emit({ kind: 'styles.changed' });
  await notice.getByRole('button', { name: '使用这些设置' }).click();
  await notice.waitFor({ state: 'detached' });
  await expect.poll(() => host.callsOf('documents.commit').length).toBe(1);
  const record = applyChanges(openedDocument().record, host.callsOf('documents.commit')[0]!.entry.changes);
  const root = record.layers['root'];
  const added = root?.kind === 'group' ? root.children.map((id) => record.layers[id]) : [];
  expect(added).toMatchObject([{ id: 'paint' }, { kind: 'glaze', settings: { styles: [{ style: 'scream' }] } }, { kind: 'glaze', opacity: 0.5, settings: { styles: [{ style: '雨', id: rain.id }] } }]);
  expect(scripted.complaints).toEqual([]);
});

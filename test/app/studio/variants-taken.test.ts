// Journey: with the sample's picture in hand a variant is painted, taken, and the picture is what its tile has shown.
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStudio, patienceMs, rawOf, shootFailures, type RawPicture, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;

beforeAll(async () => {
  studio = await openStudio();
  await studio.page.getByRole('button', { name: 'Start with the sample picture', exact: true }).click();
  await studio.page.getByRole('treeitem').first().waitFor();
});

afterAll(() => studio?.close());
shootFailures(() => studio);

const tile = () => studio.page.getByRole('button', { name: /^Take this one: Udnie/ });

/** Mean difference in 1/255. */
function apart(a: RawPicture, b: RawPicture): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  return a.data.reduce((sum, value, at) => sum + Math.abs(value - (b.data[at] ?? 0)), 0) / a.data.length;
}

/** As it is shown. */
async function tileOf(): Promise<RawPicture> {
  const drawn = await tile().locator('img').evaluate(async (picture: HTMLImageElement) => {
    await picture.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: picture.naturalWidth, height: picture.naturalHeight });
    canvas.getContext('2d')!.drawImage(picture, 0, 0);
    return canvas.toDataURL('image/png').split(',')[1]!;
  });
  return rawOf(Buffer.from(drawn, 'base64'));
}

/** The document at the size of another picture. */
async function flattenedLike({ width, height }: RawPicture): Promise<RawPicture> {
  const { data, ...size } = await studio.flattened();
  return rawOf(await sharp(data, { raw: { ...size, channels: 3 } }).resize(width, height, { fit: 'fill' }).png().toBuffer());
}

test('it stands in the place of the glaze that its tile left out', async () => {
  const { page } = studio;
  const layers = await page.getByRole('treeitem').count();
  await studio.chooseLayer('Picture');
  await studio.workspace('Compare');
  await page.getByRole('tab', { name: 'Variants' }).click();
  await page.getByText(/They are painted instead of the glaze “/).waitFor();
  await page.getByRole('combobox', { name: 'Add a style …' }).selectOption({ label: 'Udnie' });
  await page.getByRole('button', { name: 'Paint the variants' }).click();
  await expect.poll(() => tile().isEnabled(), { timeout: patienceMs }).toBe(true);
  const shown = await tileOf();
  await studio.tells(() => tile().click());
  await page.getByText('The glaze “Glaze” is this variant now.').waitFor();
  await studio.shoot('variant-taken');
  await studio.workspace('Paint');
  await studio.saved();
  expect(await page.getByRole('treeitem').count()).toBe(layers);
  await expect.poll(async () => apart(await flattenedLike(shown), shown), { timeout: patienceMs }).toBeLessThan(8);
  expect(studio.complaints).toEqual([]);
});

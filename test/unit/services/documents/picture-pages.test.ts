// Files of several pages or frames: each a layer where the file is opened, one that can be changed where it is placed; and CMYK.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { rootId, type LayerOf, type Raster } from '../../../../src-main/contract/document.ts';
import { readRaster } from '../../../../src-main/raster/tiles.ts';
import { readAsset } from '../../../../src-main/services/documents/asset-files.ts';
import { importFile } from '../../../../src-main/services/documents/import-file.ts';
import { placePicture, transformPicture } from '../../../../src-main/services/documents/place-picture.ts';
import { pageColours as colours, tiffOf } from '../../../support/picture-files.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const [width, height] = [40, 24];
/** Pages of one colour each, one beneath the other. */
const pages = (count: number): Buffer => Buffer.concat(Array.from({ length: count }, (_, page) => Buffer.concat(Array.from({ length: width * height }, () => Buffer.from(colours[page % 3]!)))));
const paged = (count: number) => sharp(pages(count), { raw: { width, height: height * count, channels: 3, pageHeight: height } });

function folders() {
  const scratch = temporaryFolder();
  const assets = join(scratch, 'assets');
  mkdirSync(assets);
  return { scratch, assets };
}

async function colourOf(raster: Raster, assets: string): Promise<number[]> {
  const bytes = new Map<string, Uint8Array | undefined>();
  for (const id of Object.values(raster.tiles)) bytes.set(id, await readAsset(assets, id));
  return [...readRaster(raster, { x: 20, y: 12, width: 1, height: 1 }, (id) => bytes.get(id)).data];
}

const files: readonly (readonly [string, (path: string) => Promise<unknown>])[] = [
  ['frames.gif', (path) => paged(3).gif().toFile(path)],
  ['frames.webp', (path) => paged(3).webp({ lossless: true }).toFile(path)],
  ['pages.tif', async (path) => writeFileSync(path, tiffOf([[width, height], [width, height], [width, height]]))],
];

describe.each(files)('%s', (file, write) => {
  test('is opened with a layer for every page, the first shown, and that is told', async () => {
    const { scratch, assets } = folders();
    const path = join(scratch, file);
    await write(path);
    const { record, notes } = await importFile({ path, id: 'doc', assets, scratch });
    const root = record.layers[rootId] as LayerOf<'group'>;
    const layers = root.children.map((id) => record.layers[id] as LayerOf<'image'>).reverse(); // From the uppermost down.
    expect(record).toMatchObject({ width, height });
    expect(layers.map(({ visible, page, pages: all }) => [visible, page, all])).toEqual([[true, 1, 3], [false, 2, 3], [false, 3, 3]]);
    expect(layers.map(({ name }) => name.replace(/.* /, ''))).toEqual(['1', '2', '3']);
    for (const [page, layer] of layers.entries()) {
      const colour = await colourOf(layer.pixels, assets);
      colours[page]!.forEach((value, channel) => expect(Math.abs(colour[channel]! - value)).toBeLessThan(10));
    }
    expect(new Set(layers.map(({ source }) => source)).size).toBe(1);
    expect(notes).toEqual([{ key: 'picture.pages-as-layers', details: expect.objectContaining({ file, pages: 3 }) as object }]);
  });

  test('is placed with its first page, and any other can take its place', async () => {
    const { scratch, assets } = folders();
    const path = join(scratch, file);
    await write(path);
    const canvas = { width, height };
    const placed = await placePicture({ path, assets, scratch, canvas, fit: true });
    expect(placed).toMatchObject({ page: 1, pages: 3, notes: [{ key: 'picture.page-placed' }] });
    const other = await transformPicture({ source: placed.source, page: 2, transform: placed.transform, assets, scratch, canvas });
    expect((await colourOf(other.pixels, assets))[1]).toBeGreaterThan(230);
    expect((await colourOf(placed.pixels, assets))[0]).toBeGreaterThan(240);
    expect(await placePicture({ path, assets, scratch, canvas, fit: true, page: 3 })).toMatchObject({ page: 3 });
    expect(await placePicture({ path, assets, scratch, canvas, fit: true, page: 9 })).toMatchObject({ page: 1 }); // A file that has lost pages.
    await expect(transformPicture({ source: placed.source, page: 9, transform: placed.transform, assets, scratch, canvas })).rejects.toMatchObject({ code: 'picture.corrupt' });
  });
});

test('pages of other sizes keep them, unreadable ones are left out and told', async () => {
  const { scratch, assets } = folders();
  const path = join(scratch, 'odd.tif');
  writeFileSync(path, tiffOf([[40, 24], [3, 2], [64, 30]]));
  const { record, notes } = await importFile({ path, id: 'doc', assets, scratch });
  const layers = Object.values(record.layers).filter(({ kind }) => kind === 'image') as LayerOf<'image'>[];
  expect(layers.map(({ page, sourceSize }) => [page, sourceSize.width]).sort()).toEqual([[1, 40], [3, 64]]);
  expect(notes).toEqual([{ key: 'picture.pages-left-out', details: expect.objectContaining({ pages: 3, count: 2 }) as object }]);
});

test('tell how far all of them are, one after another', async () => {
  const { assets, scratch } = folders();
  const path = join(scratch, 'three.tif');
  writeFileSync(path, tiffOf([[40, 24], [300, 300], [40, 24]]));
  const shares: (number | undefined)[] = [];
  await importFile({ path, id: 'a', assets, scratch }, { progress: ({ share }) => shares.push(share) });
  expect(shares).toEqual([undefined, 1 / 3, 2 / 3, 1]);
});

test('of very many frames the first become layers, and that is told', async () => {
  const { scratch, assets } = folders();
  const path = join(scratch, 'long.tif');
  writeFileSync(path, tiffOf(Array.from({ length: 70 }, () => [16, 16] as const)));
  const { record, notes } = await importFile({ path, id: 'doc', assets, scratch });
  expect(Object.keys(record.layers)).toHaveLength(65);
  expect(notes).toMatchObject([{ key: 'picture.pages-left-out', details: { pages: 70, count: 64 } }]);
});

test.each(['jpeg', 'tiff'] as const)('CMYK as %s comes in through its profile, and that is told', async (format) => {
  const { scratch, assets } = folders();
  const path = join(scratch, `cmyk.${format}`);
  await sharp({ create: { width, height, channels: 3, background: '#c8785a' } }).withIccProfile('cmyk').toFormat(format, { quality: 100 }).toFile(path);
  const { record, notes } = await importFile({ path, id: 'doc', assets, scratch });
  const layer = Object.values(record.layers).find(({ kind }) => kind === 'image') as LayerOf<'image'>;
  expect(notes.map(({ key }) => key)).toEqual(['picture.cmyk-converted']);
  const colour = await colourOf(layer.pixels, assets);
  [200, 120, 90, 255].forEach((value, channel) => expect(Math.abs(colour[channel]! - value)).toBeLessThan(25)); // What a round through the profile costs.
});

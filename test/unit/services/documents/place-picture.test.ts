// Picture files as layers and documents: depth, profile, orientation, transforms, and what is refused.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { LayerOf, Matrix, Raster } from '../../../../src-main/contract/document.ts';
import { encodePixels } from '../../../../src-main/engine/image/codec.ts';
import { readRaster } from '../../../../src-main/raster/tiles.ts';
import { assetIdOf, readAssets } from '../../../../src-main/services/documents/asset-files.ts';
import { importFile } from '../../../../src-main/services/documents/import-file.ts';
import { placePicture, transformPicture } from '../../../../src-main/services/documents/place-picture.ts';
import { scene, writePictureKit } from '../../../support/picture-files.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

function folders() {
  const scratch = temporaryFolder();
  const assets = join(scratch, 'assets');
  mkdirSync(assets);
  return { scratch, assets };
}

async function pixelsOf(raster: Raster, assets: string, region: { x: number; y: number; width: number; height: number }) {
  const bytes = await readAssets(assets, Object.values(raster.tiles));
  return readRaster(raster, region, (id) => bytes.get(id)).data;
}

async function opened(name: string, write: (path: string) => Promise<unknown>) {
  const { scratch, assets } = folders();
  const path = join(scratch, name);
  await write(path);
  const { record, notes } = await importFile({ path, id: 'doc', assets, scratch });
  const layer = Object.values(record.layers).find(({ kind }) => kind === 'image') as LayerOf<'image'>;
  return { record, notes, layer, assets, read: (width: number, height: number) => pixelsOf(layer.pixels, assets, { x: 0, y: 0, width, height }) };
}

const picture = (width: number, height: number) => sharp(scene(width, height), { raw: { width, height, channels: 3 } });

describe('a picture that is opened', () => {
  it('gives its pixels exactly, as a layer that keeps the file', async () => {
    const { record, notes, layer, assets, read } = await opened('Lake.png', (path) => picture(300, 270).png().toFile(path));
    expect(record).toMatchObject({ name: 'Lake', width: 300, height: 270, depth: 8, dpi: 300 });
    expect(layer).toMatchObject({ name: 'Lake', sourceName: 'Lake.png', sourceSize: { width: 300, height: 270 }, transform: [1, 0, 0, 1, 0, 0] });
    expect(notes).toEqual([]);
    const rgb = scene(300, 270);
    expect([...(await read(300, 270))]).toEqual(Array.from({ length: 300 * 270 }, (_, i) => [rgb[i * 3], rgb[i * 3 + 1], rgb[i * 3 + 2], 255]).flat());
    expect((await readAssets(assets, [layer.source])).size).toBe(1);
  });

  it('keeps 16 bit as 16 bit', async () => {
    const samples = Uint16Array.from({ length: 40 * 30 * 3 }, (_, i) => (i * 5209) & 65535);
    for (const ending of ['png', 'tiff'] as const) {
      const { record, layer, read } = await opened(`deep.${ending}`, (path) => encodePixels({ width: 40, height: 30, channels: 3, depth: 16, data: samples }, path));
      expect([record.depth, layer.pixels.depth]).toEqual([16, 16]);
      expect([...(await read(40, 30))].filter((_, i) => i % 4 !== 3)).toEqual([...samples]);
    }
  });

  it('stands upright, in sRGB, and the conversion is told', async () => {
    const turned = await opened('turned.jpg', (path) => picture(60, 40).withMetadata({ orientation: 6 }).jpeg().toFile(path));
    expect(turned.record).toMatchObject({ width: 40, height: 60 });
    const wide = await opened('wide.png', (path) => picture(40, 40).withIccProfile('p3').png().toFile(path));
    expect(wide.notes).toEqual([{ key: 'picture.profile-converted', details: expect.objectContaining({ file: 'wide.png' }) as object }]);
  });

  it('may be WebP, AVIF or GIF too, with its alpha', async () => {
    for (const ending of ['webp', 'avif', 'gif'] as const) {
      const { layer, read } = await opened(`a.${ending}`, (path) => sharp({ create: { width: 20, height: 16, channels: 4, background: { r: 200, g: 10, b: 30, alpha: 0 } } }).toFormat(ending).toFile(path));
      expect(layer.sourceSize).toEqual({ width: 20, height: 16 });
      expect((await read(20, 16)).every((value, i) => i % 4 !== 3 || value === 0)).toBe(true);
    }
  });

  it('is refused where it is none, and nothing is left of it', async () => {
    const { scratch, assets } = folders();
    const kit = await writePictureKit(scratch);
    const refused: [string, string][] = [['truncated.jpg', 'picture.corrupt'], ['empty.jpg', 'picture.empty'], ['text.jpg', 'picture.not-a-picture'], ['huge.png', 'picture.too-large'], ['gone.jpg', 'picture.missing']];
    for (const [name, code] of refused) await expect(importFile({ path: kit.at(name), id: 'doc', assets, scratch }), name).rejects.toMatchObject({ code });
  });
});

describe('a picture that is placed', () => {
  it('stands in the middle, scaled down where it is to fit', async () => {
    const { scratch, assets } = folders();
    const path = join(scratch, 'a.png');
    await picture(400, 200).png().toFile(path);
    const canvas = { width: 200, height: 200 };
    const fitted = await placePicture({ path, assets, scratch, canvas, fit: true });
    expect(fitted.transform).toEqual([0.5, 0, 0, 0.5, 0, 50]);
    const whole = await placePicture({ path, assets, scratch, canvas, fit: false });
    expect(whole.transform).toEqual([1, 0, 0, 1, -100, 0]);
    const rgb = scene(400, 200);
    const row = await pixelsOf(whole.pixels, assets, { x: -100, y: 7, width: 400, height: 1 });
    expect([...row.subarray(0, 4)]).toEqual([...rgb.subarray(7 * 400 * 3, 7 * 400 * 3 + 3), 255]);
  });

  it('moved by whole pixels has the same tiles; turned back it has its own again', async () => {
    const { scratch, assets } = folders();
    const path = join(scratch, 'a.png');
    await picture(300, 280).png().toFile(path);
    const canvas = { width: 300, height: 280 };
    const { source, pixels } = await placePicture({ path, assets, scratch, canvas, fit: false });
    const drawn = async (transform: Matrix) => (await transformPicture({ source, transform, assets, scratch, canvas })).pixels;
    expect(await drawn([1, 0, 0, 1, 17, -5])).toEqual({ ...pixels, x: 17, y: -5 });
    const turned = await drawn([0, 1, -1, 0, 280, 0]);
    const [from, to] = [await pixelsOf(pixels, assets, { x: 5, y: 9, width: 1, height: 1 }), await pixelsOf(turned, assets, { x: 280 - 9 - 1, y: 5, width: 1, height: 1 })];
    expect([...to]).toEqual([...from]);
    expect(await drawn([1, 0, 0, 1, 0, 0])).toEqual(pixels);
    await expect(drawn([1, 1, 1, 1, 0, 0])).rejects.toMatchObject({ code: 'usage.invalid' });
    await expect(transformPicture({ source: assetIdOf(new Uint8Array(3)), transform: [1, 0, 0, 1, 0, 0], assets, scratch, canvas })).rejects.toMatchObject({ code: 'asset.missing' });
  });

  it('does not draw what lies far outside the canvas, however much it is enlarged', async () => {
    const { scratch, assets } = folders();
    const path = join(scratch, 'a.png');
    await picture(64, 64).png().toFile(path);
    const canvas = { width: 100, height: 100 };
    const { source } = await placePicture({ path, assets, scratch, canvas, fit: true });
    const large = await transformPicture({ source, transform: [1000, 0, 0, 1000, 0, 0], assets, scratch, canvas });
    expect(Object.keys(large.pixels.tiles).length).toBeLessThanOrEqual(4);
    const away = await transformPicture({ source, transform: [1, 0, 0, 1, 1e7, 0], assets, scratch, canvas });
    expect(away.pixels.tiles).toEqual({});
  });

  it('stops when it is asked to', async () => {
    const { scratch, assets } = folders();
    const path = join(scratch, 'a.png');
    await picture(600, 600).png().toFile(path);
    await expect(placePicture({ path, assets, scratch, canvas: { width: 600, height: 600 }, fit: true }, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'job.cancelled' });
  });
});

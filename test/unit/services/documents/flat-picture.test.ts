// PSD and OpenRaster files placed as one picture: their layers composited, or the picture their own program saved of them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRaster } from '../../../../src-main/raster/tiles.ts';
import { assetIdOf, readAssets, writeAsset } from '../../../../src-main/services/documents/asset-files.ts';
import { documentOf, layerEnvelope } from '../../../../src-main/services/documents/new-document.ts';
import { placePicture, transformPicture } from '../../../../src-main/services/documents/place-picture.ts';
import { dropOldSpools } from '../../../../src-main/services/documents/source-picture.ts';
import { glazeAssets } from '../../../../src-main/services/glaze/glaze-assets.ts';
import { glazeScene } from '../../../../src-main/services/glaze/glaze-scene.ts';
import { writeOra } from '../../../../src-main/services/openraster/ora-export.ts';
import { glazeLayerOf, rasterLayerOf } from '../../../support/painted-document.ts';
import { oraFile, psdFile, type FlatLayer } from '../../../support/layered-files.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const size = { width: 40, height: 30 };
const ground: FlatLayer = { ...size, colour: [200, 100, 0, 255] };
const half: FlatLayer = { width: 20, height: 30, colour: [0, 0, 200, 255], opacity: 0.5 };
const grey: FlatLayer = { ...size, colour: [9, 90, 190, 255] };

async function placed(name: string, bytes: Uint8Array) {
  const folder = temporaryFolder();
  const [assets, scratch] = [join(folder, 'assets'), join(folder, 'scratch')];
  [assets, scratch].forEach((path) => mkdirSync(path));
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const picture = await placePicture({ path, assets, scratch, canvas: size, fit: false });
  const at = async (x: number, y: number, pixels = picture.pixels): Promise<number[]> => {
    const found = await readAssets(assets, Object.values(pixels.tiles));
    return [...readRaster(pixels, { x, y, width: 1, height: 1 }, (id) => found.get(id)).data];
  };
  return { picture, assets, scratch, at };
}

describe('a PSD file that is placed', () => {
  it('is its layers, composited, and see-through where there are none', async () => {
    const { picture, at } = await placed('a.psd', psdFile(size, [{ ...ground, height: 20 }, half, { ...grey, hidden: true }]));
    expect(picture).toMatchObject({ sourceName: 'a.psd', sourceSize: size, transform: [1, 0, 0, 1, 0, 0], notes: [] });
    expect([await at(30, 5), await at(5, 5), await at(30, 25), await at(5, 25)]).toEqual([[200, 100, 0, 255], [100, 50, 100, 255], [0, 0, 0, 0], [0, 0, 200, 128]]);
  });

  it('is drawn anew from what is kept of it', async () => {
    const { picture, assets, scratch, at } = await placed('a.psd', psdFile(size, [ground, half]));
    await dropOldSpools(scratch, 0);
    for (const name of readdirSync(scratch)) writeFileSync(join(scratch, name), ''); // Nothing decoded is left.
    const { pixels } = await transformPicture({ source: picture.source, transform: [1, 0, 0, 1, 10, 0], assets, scratch, canvas: size });
    expect([await at(15, 5, pixels), await at(45, 5, pixels)]).toEqual([[100, 50, 100, 255], [200, 100, 0, 255]]);
  });

  const curves = { name: 'curves', adjustment: { type: 'invert' } } as const;

  it('is the picture its program saved of it where layers alone look otherwise', async () => {
    const { picture, at } = await placed('a.psd', psdFile(size, [ground], grey.colour, [curves]));
    expect([await at(5, 5), picture.notes]).toEqual([[9, 90, 190, 255], []]);
  });

  it('tells what is missing where no such picture is in it', async () => {
    const { picture, at } = await placed('a.psd', psdFile(size, [ground], undefined, [curves]));
    expect(await at(5, 5)).toEqual([200, 100, 0, 255]);
    expect(picture.notes).toEqual([{ key: 'psd.adjustment-left-out', details: { layer: 'curves' } }]);
  });

  it('is refused where it is broken, and leaves nothing behind', async () => {
    const folder = temporaryFolder();
    const [path, assets, scratch] = [join(folder, 'a.psd'), join(folder, 'assets'), join(folder, 'scratch')];
    [assets, scratch].forEach((each) => mkdirSync(each));
    writeFileSync(path, psdFile(size, [ground]).subarray(0, 60));
    await expect(placePicture({ path, assets, scratch, canvas: size, fit: true })).rejects.toMatchObject({ code: 'file.not-a-document', details: { file: 'a.psd' } });
    expect([readdirSync(assets), readdirSync(scratch)]).toEqual([[], []]);
  });
});

describe('an OpenRaster file that is placed', () => {
  it('is the picture its program saved of it', async () => {
    const { picture, at } = await placed('a.ora', await oraFile(size, [ground], grey));
    expect([await at(5, 5), picture.sourceSize, picture.notes]).toEqual([[9, 90, 190, 255], size, []]);
  });

  it.each([
    ['there is none', undefined],
    ['that has another size', { ...grey, width: 39 }],
  ])('is its layers where %s', async (_, merged) => {
    const { at } = await placed('a.ora', await oraFile(size, [ground, half], merged));
    expect([await at(30, 5), await at(5, 5)]).toEqual([[200, 100, 0, 255], [100, 50, 100, 255]]);
  });

  it('of our own shows its glazes as they were painted', async () => {
    const folder = temporaryFolder();
    const assets = join(folder, 'assets');
    mkdirSync(assets);
    const tile = async (value: number): Promise<string> => {
      const bytes = new Uint8Array(256 * 256 * 4).fill(value);
      await writeAsset(assets, assetIdOf(bytes), bytes);
      return assetIdOf(bytes);
    };
    const [under, above] = [await tile(255), new Uint8Array(256 * 256 * 4).fill(200)];
    above.forEach((_, i) => (above[i] = i % 4 === 3 ? 255 : 77));
    const layers = [rasterLayerOf('paint', { x: 0, y: 0, depth: 8, tiles: { '0,0': under } }), { ...glazeLayerOf('glaze'), ...layerEnvelope('glaze') }];
    const record = documentOf('own', { name: 'own', ...size }, layers);
    const paint = { raster: { x: 0, y: 0, depth: 8 as const, tiles: { '0,0': `${layers[1]!.id}/1` } }, bytes: () => above };
    const out = join(folder, 'own.ora');
    await writeOra(glazeScene(record, glazeAssets(assets), new Map([[layers[1]!.id, paint as never]])), out, { scratch: folder });
    const { at } = await placed('own.ora', readFileSync(out));
    expect(await at(5, 5)).toEqual([77, 77, 77, 255]);
  });
});

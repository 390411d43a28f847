// Recipes inside picture files: what an export writes comes back whole, and strangers' words go no further than the schema.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { plainPaint, type DocumentRecord, type LayerOf, type Mask } from '../../../src-main/contract/document.ts';
import type { Extent } from '../../../src-main/contract/image.ts';
import { losesMasks, masksIn, type PaintingRecipe } from '../../../src-main/contract/recipe.ts';
import { encodePixels } from '../../../src-main/engine/image/codec.ts';
import { xmpOf } from '../../../src-main/engine/image/recipe-xmp.ts';
import { createPixels, readRaster, withTiles, writeRaster } from '../../../src-main/raster/tiles.ts';
import { assetIdOf, readAsset } from '../../../src-main/services/documents/asset-files.ts';
import { importFile } from '../../../src-main/services/documents/import-file.ts';
import { placePicture } from '../../../src-main/services/documents/place-picture.ts';
import { documentRecipe } from '../../../src-main/services/export/document-recipe.ts';
import { glazeScene, type GlazeScene } from '../../../src-main/services/glaze/glaze-scene.ts';
import { writePreset } from '../../../src-main/services/library/preset-file.ts';
import { pictureRecipe, recipeOffer } from '../../../src-main/services/picture-recipe.ts';
import { placeMasks } from '../../../src-main/services/recipe-masks.ts';
import { openedDocument } from '../../support/scripted-gallery.ts';
import { presetOf } from '../../support/preset.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const id = 'a'.repeat(64);
const painting: PaintingRecipe = {
  formatVersion: 1, program: 'Velatura 0.1.0', width: 64, height: 48,
  styles: [{ name: 'Starry', id, kind: 'code', weight: 1 }],
  strength: 0.8, keepColours: 0, strokePercent: 60, seed: 7, noise: 1, light: 1, tilePx: 512, provider: 'cpu', threads: 1,
};

/** A picture that carries words, however long. */
async function carrying(words: string, name = 'garden.png'): Promise<string> {
  const path = join(temporaryFolder(), name);
  await sharp({ create: { width: 32, height: 24, channels: 3, background: '#468' } }).withXmp(xmpOf(words)).toFile(path);
  return path;
}

const envelope = { name: '', visible: true, locked: false, blend: 'normal' as const, clip: false };

/** A soft disc, x and y its middle in shares of the document, that shows inside (`outside` 0) or around it. */
function discMask(put: (bytes: Uint8Array) => string, { width, height }: Extent, [x, y, radius]: readonly number[], outside: 0 | 255): Mask {
  const pixels = createPixels({ width, height }, 1, 8);
  for (let i = 0; i < pixels.data.length; i++) {
    const near = Math.min(1, Math.max(0, 1.5 - Math.hypot((i % width) - x! * width, Math.floor(i / width) - y! * height) / (radius! * width)));
    pixels.data[i] = outside === 0 ? 255 * near : 255 - 255 * near;
  }
  const empty: Mask = { x: 0, y: 0, depth: 8, tiles: {}, outside, enabled: true };
  const changed = writeRaster(empty, { x: 0, y: 0, width, height }, pixels, () => undefined);
  return withTiles(empty, new Map([...changed].map(([place, bytes]) => [place, bytes && put(bytes)])));
}

/** As [`mask` in bytes over a document]. */
const greyOf = (mask: Mask | undefined, { width, height }: Extent, bytes: (id: string) => Uint8Array | undefined): Uint8Array => readRaster(mask!, { x: 0, y: 0, width, height }, bytes).data as Uint8Array;

interface Glazed {
  readonly scene: GlazeScene;
  readonly folders: Parameters<typeof documentRecipe>[2];
  readonly ids: readonly string[];
  readonly own: Mask;
  readonly brushed: Mask;
  readonly bytes: (id: string) => Uint8Array | undefined;
}

/** Two glazes with styles of the library: the upper has a mask of its own, and one of its styles is brushed. */
async function glazedDocument(size: Extent = { width: 64, height: 48 }): Promise<Glazed> {
  const home = temporaryFolder();
  const folders = { home, styles: join(home, 'styles'), work: join(home, 'work'), resources: join(home, 'shipped') };
  mkdirSync(folders.styles);
  const ids: string[] = [];
  for (const [name, code] of [['Dunes', 1], ['Fog', 2]] as const) ids.push((await writePreset(join(folders.styles, `${name}.vstyle`), presetOf({ record: { name }, code: [code] }))).id);
  const shelf = new Map<string, Uint8Array>();
  const put = (bytes: Uint8Array): string => (shelf.set(assetIdOf(bytes), bytes), assetIdOf(bytes));
  const [own, brushed] = [discMask(put, size, [0.3, 0.4, 0.2], 255), discMask(put, size, [0.7, 0.5, 0.15], 0)];
  const low = { ...envelope, opacity: 1, id: 'low', kind: 'glaze' as const, statisticsLocked: false, settings: { ...plainPaint, styles: [{ style: 'Dunes', weight: 0.5 }], strength: 0.4, seed: 11 } };
  const high = { ...low, id: 'high', opacity: 0.5, blend: 'screen' as const, settings: { ...plainPaint, styles: [{ style: 'Dunes', weight: 3 }, { style: 'Fog', weight: 1, mask: brushed }], strokePercent: 0 }, mask: own };
  const record = { ...openedDocument({ layers: { low, high }, children: ['paint', 'low', 'high'] }).record, ...size };
  const scene = glazeScene(record, { load: async (wanted) => new Map([...wanted].flatMap((each) => (shelf.has(each) ? [[each, shelf.get(each)!] as const] : []))) }, new Map());
  return { scene, folders, ids, own, brushed, bytes: (each) => shelf.get(each) };
}

/** Tiles of masks, from a folder of assets. */
async function readAll(assets: string, masks: readonly Mask[]): Promise<(id: string) => Uint8Array | undefined> {
  const found = new Map<string, Uint8Array | undefined>();
  for (const id of masks.flatMap(({ tiles }) => Object.values(tiles))) found.set(id, await readAsset(assets, id));
  return (id) => found.get(id);
}

describe('the recipe of an export', () => {
  it.each(['png', 'jpg', 'tif', 'webp'])('comes back from a .%s file with all its glazes, lowest first', async (ending) => {
    const { scene, folders, ids } = await glazedDocument();
    const made = await documentRecipe(scene, { width: 64, height: 48 }, folders, { provider: 'cpu', threads: 1 });
    const words = JSON.stringify(made?.recipe);
    const path = join(temporaryFolder(), `print.${ending}`);
    await encodePixels({ width: 20, height: 20, channels: 3, depth: 8, data: new Uint8Array(1200) }, path, { recipe: words });
    const { recipe, notes } = await recipeOffer(path);
    expect(notes).toEqual([]);
    const [dunes, fog] = [{ name: 'Dunes', id: ids[0], kind: 'code' }, { name: 'Fog', id: ids[1], kind: 'code' }];
    expect(recipe).toEqual({
      file: `print.${ending}`,
      glazes: [
        { styles: [{ ...dunes, weight: 1 }], strength: 0.4, keepColours: 0, strokePercent: 100, seed: 11, noise: 1, light: 1, brokenColour: 1, opacity: 1, blend: 'normal' },
        { styles: [{ ...dunes, weight: 0.75 }, { ...fog, weight: 0.25, brushed: { width: 64, height: 48, grey: expect.any(String), outside: 0 } }], strength: 1, keepColours: 0, strokePercent: 0, seed: 1, noise: 1, light: 1, brokenColour: 1, opacity: 0.5, blend: 'screen', masked: true, mask: { width: 64, height: 48, grey: expect.any(String), outside: 255 } },
      ],
    });
  });

  it('brings masks back as they were, over a document of the same size', async () => {
    const size = { width: 300, height: 200 };
    const { scene, folders, own, brushed, bytes } = await glazedDocument(size);
    const { recipe, notes } = (await documentRecipe(scene, size, folders, { provider: 'cpu', threads: 1 }))!;
    expect(notes).toEqual([]);
    const assets = temporaryFolder();
    const { masks } = await placeMasks(recipe.glazes!.flatMap(masksIn), size, assets);
    const read = await readAll(assets, masks);
    expect(masks.map(({ outside, enabled }) => [outside, enabled])).toEqual([[255, true], [0, true]]);
    expect(masks.map((mask) => greyOf(mask, size, read))).toEqual([own, brushed].map((mask) => greyOf(mask, size, bytes)));
  });

  it('stretches masks over a document of another size', async () => {
    const size = { width: 300, height: 200 };
    const { scene, folders } = await glazedDocument(size);
    const { recipe } = (await documentRecipe(scene, size, folders, { provider: 'cpu', threads: 1 }))!;
    const assets = temporaryFolder();
    const larger = { width: 600, height: 500 };
    const { masks } = await placeMasks(recipe.glazes!.flatMap(masksIn), larger, assets);
    const grey = greyOf(masks[1], larger, await readAll(assets, masks));
    const at = (x: number, y: number): number => grey[Math.round(y * larger.height) * larger.width + Math.round(x * larger.width)]!;
    expect([at(0.7, 0.5), at(0.1, 0.1), at(0.99, 0.99)]).toEqual([255, 0, 0]);
    expect(at(0.7 + 0.15, 0.5)).toBeGreaterThan(100); // where half of it shows
    expect(at(0.7 + 0.15, 0.5)).toBeLessThan(155);
  });

  it('has masks of a large document smaller, which is told, and always fits a JPEG', async () => {
    const size = { width: 3000, height: 2000 };
    const { scene, folders, own, bytes } = await glazedDocument(size);
    const { recipe, notes } = (await documentRecipe(scene, size, folders, { provider: 'cpu', threads: 1 }))!;
    const [{ width: px = 0 } = {}] = masksIn(recipe.glazes![1]!);
    expect(notes).toEqual([{ key: 'export.masks-smaller', details: { px, own: 3000 } }]);
    expect(px).toBeGreaterThanOrEqual(256);
    const path = join(temporaryFolder(), 'print.jpg');
    await encodePixels({ width: 20, height: 20, channels: 3, depth: 8, data: new Uint8Array(1200) }, path, { recipe: JSON.stringify(recipe) });
    expect((await recipeOffer(path)).recipe?.glazes).toEqual(recipe.glazes);
    const assets = temporaryFolder();
    const { masks } = await placeMasks(masksIn(recipe.glazes![1]!), size, assets);
    const [now, before] = [greyOf(masks[0], size, await readAll(assets, masks)), greyOf(own, size, bytes)];
    expect(now.reduce((most, value, at) => Math.max(most, Math.abs(value - before[at]!)), 0)).toBeLessThanOrEqual(8);
  });

  it('leaves out masks that fit at no size, which is told', async () => {
    const { scene, folders } = await glazedDocument();
    const { high } = scene.record.layers;
    const many = Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`copy${at}`, { ...high!, id: `copy${at}`, mask: { ...high!.mask!, x: at } }]));
    const root = scene.record.layers['root'] as LayerOf<'group'>;
    const record = { ...scene.record, layers: { ...scene.record.layers, ...many, root: { ...root, children: [...root.children, ...Object.keys(many)] } } as DocumentRecord['layers'] };
    const { recipe, notes } = (await documentRecipe({ ...scene, record }, { width: 64, height: 48 }, folders, { provider: 'cpu', threads: 1 }))!;
    expect(notes).toEqual([{ key: 'export.masks-left-out', details: {} }]);
    expect(recipe.glazes!.flatMap(masksIn)).toEqual([]);
    expect(recipe.glazes!.filter(losesMasks)).toHaveLength(66);
  });

  it('is offered where the picture is opened and where it is placed', async () => {
    const path = await carrying(JSON.stringify(painting));
    const scratch = temporaryFolder();
    const assets = join(scratch, 'assets');
    mkdirSync(assets);
    const offered = { file: 'garden.png', glazes: [{ styles: painting.styles, strength: 0.8, keepColours: 0, strokePercent: 60, seed: 7, noise: 1, light: 1, opacity: 1, blend: 'normal' }] };
    expect(await importFile({ path, id: 'doc', assets, scratch })).toMatchObject({ recipe: offered, notes: [] });
    expect(await placePicture({ path, assets, scratch, canvas: { width: 100, height: 100 }, fit: true })).toMatchObject({ recipe: offered, notes: [] });
  });

  it('is nothing in other pictures', async () => {
    const path = join(temporaryFolder(), 'plain.png');
    await sharp({ create: { width: 32, height: 24, channels: 3, background: '#468' } }).withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><recipe>{}</recipe></x:xmpmeta>').toFile(path);
    expect(await recipeOffer(path)).toEqual({ notes: [] });
  });
});

describe('a stranger’s recipe', () => {
  const changed = (changes: object): string => JSON.stringify({ ...painting, ...changes });
  const style = painting.styles[0]!;

  it.each([
    ['no JSON', '{"a":'],
    ['a newer format', changed({ formatVersion: 9 })],
    ['no styles', changed({ styles: [] })],
    ['thousands of styles', changed({ styles: Array.from({ length: 1001 }, () => ({ name: 'a', id, kind: 'code', weight: 0 })) })],
    ['an id that is a path', changed({ styles: [{ ...style, id: '../../etc/passwd' }] })],
    ['an endless name', changed({ styles: [{ ...style, name: 'x'.repeat(501) }] })],
    ['a weight below nothing', changed({ styles: [{ ...style, weight: -1 }] })],
    ['more strength than there is', changed({ strength: 2 })],
    ['no number', changed({ noise: null })],
    ['half a seed', changed({ seed: 0.5 })],
    ['no glazes', changed({ glazes: [] })],
    ['a mask that is no base64', changed({ glazes: [{ ...painting, opacity: 1, blend: 'normal', mask: { width: 4, height: 4, grey: '<svg>', outside: 0 } }] })],
    ['a mask that is nothing packed', changed({ glazes: [{ ...painting, opacity: 1, blend: 'normal', mask: { width: 4, height: 4, grey: 'AAAA', outside: 0 } }] })],
    ['a mask that unpacks to more than it says', changed({ glazes: [{ ...painting, opacity: 1, blend: 'normal', mask: { width: 4, height: 4, grey: deflateSync(new Uint8Array(1e6)).toString('base64'), outside: 0 } }] })],
    ['a mask of a size beyond all', changed({ glazes: [{ ...painting, opacity: 1, blend: 'normal', mask: { width: 100_000, height: 100_000, grey: deflateSync(new Uint8Array(100)).toString('base64'), outside: 0 } }] })],
    ['an unknown blend', changed({ glazes: [{ ...painting, opacity: 1, blend: 'burn-it-all' }] })],
    ['arrays in arrays', `${'['.repeat(25_000)}${']'.repeat(25_000)}`],
    ['too much of it', changed({ more: 'x'.repeat(70_000) })],
  ])('is told in a word and goes no further: %s', async (_, words) => {
    const path = await carrying(words);
    expect(await pictureRecipe(path)).toEqual({ recipeUnreadable: true });
    expect(await recipeOffer(path)).toEqual({ notes: [{ key: 'picture.recipe-unreadable', details: { file: 'garden.png' } }] });
  });

  it('is offered without what the schema does not name', async () => {
    const words = `{"__proto__":{"polluted":1},"script":"<img onerror=1>",${JSON.stringify({ ...painting, styles: [{ ...style, path: '/home/me' }] }).slice(1)}`;
    const { recipe } = await pictureRecipe(await carrying(words));
    expect(recipe).toEqual(painting);
    expect((recipe as { polluted?: number }).polluted).toBeUndefined();
  });
});

// Recipes inside picture files: what an export writes comes back whole, and strangers' words go no further than the schema.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { plainPaint, type DocumentRecord, type Mask } from '../../../src-main/contract/document.ts';
import type { PaintingRecipe } from '../../../src-main/contract/recipe.ts';
import { encodePixels } from '../../../src-main/engine/image/codec.ts';
import { xmpOf } from '../../../src-main/engine/image/recipe-xmp.ts';
import { importFile } from '../../../src-main/services/documents/import-file.ts';
import { placePicture } from '../../../src-main/services/documents/place-picture.ts';
import { documentRecipe } from '../../../src-main/services/export/document-recipe.ts';
import { writePreset } from '../../../src-main/services/library/preset-file.ts';
import { pictureRecipe, recipeOffer } from '../../../src-main/services/picture-recipe.ts';
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
const mask: Mask = { x: 0, y: 0, depth: 8, tiles: {}, outside: 0, enabled: true };

/** Two glazes with styles of the library, one of which is brushed. */
async function glazedDocument(): Promise<{ record: DocumentRecord; folders: Parameters<typeof documentRecipe>[2]; ids: string[] }> {
  const home = temporaryFolder();
  const folders = { home, styles: join(home, 'styles'), work: join(home, 'work'), resources: join(home, 'shipped') };
  mkdirSync(folders.styles);
  const ids: string[] = [];
  for (const [name, code] of [['Dunes', 1], ['Fog', 2]] as const) ids.push((await writePreset(join(folders.styles, `${name}.vstyle`), presetOf({ record: { name }, code: [code] }))).id);
  const low = { ...envelope, opacity: 1, id: 'low', kind: 'glaze' as const, statisticsLocked: false, settings: { ...plainPaint, styles: [{ style: 'Dunes', weight: 0.5 }], strength: 0.4, seed: 11 } };
  const high = { ...low, id: 'high', opacity: 0.5, blend: 'screen' as const, settings: { ...plainPaint, styles: [{ style: 'Dunes', weight: 3 }, { style: 'Fog', weight: 1, mask }], strokePercent: 0 } };
  return { record: openedDocument({ layers: { low, high }, children: ['paint', 'low', 'high'] }).record, folders, ids };
}

describe('the recipe of an export', () => {
  it.each(['png', 'jpg', 'tif', 'webp'])('comes back from a .%s file with all its glazes, lowest first', async (ending) => {
    const { record, folders, ids } = await glazedDocument();
    const words = JSON.stringify(await documentRecipe(record, { width: 64, height: 48 }, folders, 'cpu', 1));
    const path = join(temporaryFolder(), `print.${ending}`);
    await encodePixels({ width: 20, height: 20, channels: 3, depth: 8, data: new Uint8Array(1200) }, path, { recipe: words });
    const { recipe, notes } = await recipeOffer(path);
    expect(notes).toEqual([]);
    const [dunes, fog] = [{ name: 'Dunes', id: ids[0], kind: 'code' }, { name: 'Fog', id: ids[1], kind: 'code' }];
    expect(recipe).toEqual({
      file: `print.${ending}`,
      glazes: [
        { styles: [{ ...dunes, weight: 1 }], strength: 0.4, keepColours: 0, strokePercent: 100, seed: 11, noise: 1, light: 1, brokenColour: 1, opacity: 1, blend: 'normal' },
        { styles: [{ ...dunes, weight: 0.75 }, { ...fog, weight: 0.25 }], strength: 1, keepColours: 0, strokePercent: 0, seed: 1, noise: 1, light: 1, brokenColour: 1, opacity: 0.5, blend: 'screen', masked: true },
      ],
    });
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

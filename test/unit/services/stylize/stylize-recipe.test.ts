// The recipe of a stylized picture: masks come back from the file as they were, and what is lost of them is told once.
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { plainPaint, type Mask } from '../../../../src-main/contract/document.ts';
import type { Extent } from '../../../../src-main/contract/image.ts';
import { losesMasks, masksIn, type RecipeStyle } from '../../../../src-main/contract/recipe.ts';
import { encodePixels } from '../../../../src-main/engine/image/codec.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { readRaster } from '../../../../src-main/raster/tiles.ts';
import { readAsset } from '../../../../src-main/services/documents/asset-files.ts';
import { recipeOffer } from '../../../../src-main/services/picture-recipe.ts';
import { placeMasks } from '../../../../src-main/services/recipe-masks.ts';
import { recipesFor } from '../../../../src-main/services/stylize/stylize-recipe.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const style = (name: string, weight: number, mask?: string): RecipeStyle => ({ name, id: 'a'.repeat(64), kind: 'code', weight, ...(mask ? { mask } : {}) });
const opened = { styles: [style('Dunes', 0.5, 'b'.repeat(64)), style('Fog', 0.5)], provider: 'cpu' as const, threads: 1 };

/** A mask file: grey by place. */
async function maskFile({ width, height }: Extent, grey: (x: number, y: number) => number): Promise<string> {
  const file = join(temporaryFolder(), 'mask.png');
  const data = Uint8Array.from({ length: width * height }, (_, at) => grey(at % width, Math.floor(at / width)));
  await sharp(data, { raw: { width, height, channels: 1 } }).toColourspace('b-w').png().toFile(file);
  return file;
}

async function made(mask: string | undefined) {
  const warnings: unknown[] = [];
  const watch = { signal: new AbortController().signal, warn: (key: string, details?: object) => void warnings.push([key, details]) };
  const mix = [{ style: 'Dunes', weight: 1, ...(mask === undefined ? {} : { mask }) }, { style: 'Fog', weight: 1 }];
  const recipeOf = await recipesFor({ ...plainPaint, mix, tilePx: 512 }, opened, watch);
  return { recipeOf, warnings };
}

async function offeredIn(ending: string, recipe: object) {
  const path = join(temporaryFolder(), `result.${ending}`);
  await encodePixels({ width: 20, height: 20, channels: 3, depth: 8, data: new Uint8Array(1200) }, path, { recipe: JSON.stringify(recipe) });
  return recipeOffer(path);
}

async function greyOf(mask: Mask, { width, height }: Extent, assets: string): Promise<Uint8Array> {
  const tiles = new Map<string, Uint8Array | undefined>();
  for (const id of Object.values(mask.tiles)) tiles.set(id, await readAsset(assets, id));
  return readRaster(mask, { x: 0, y: 0, width, height }, (id) => tiles.get(id)).data as Uint8Array;
}

describe('the recipe of a stylized picture', () => {
  it.each(['png', 'jpg'])('carries the masks of its styles in a .%s file, and a document gets them back as they were', async (ending) => {
    const size = { width: 120, height: 80 };
    const grey = (x: number, y: number): number => Math.min(255, 2 * x + y);
    const { recipeOf, warnings } = await made(await maskFile(size, grey));
    const { recipe, notes } = await offeredIn(ending, await recipeOf(size));
    expect([notes, warnings]).toEqual([[], []]);
    const [glaze] = recipe!.glazes;
    expect(glaze).toMatchObject({ masked: true, styles: [{ name: 'Dunes', brushed: { ...size, outside: 0 } }, { name: 'Fog' }] });
    expect(glaze!.styles[1]).not.toHaveProperty('brushed');
    expect(losesMasks(glaze!)).toBe(false);
    const assets = temporaryFolder();
    const { masks } = await placeMasks(masksIn(glaze!), size, assets);
    const found = await greyOf(masks[0]!, size, assets);
    const most = found.reduce((worst, value, at) => Math.max(worst, Math.abs(value - grey(at % size.width, Math.floor(at / size.width)))), 0);
    expect(most).toBeLessThanOrEqual(1);
  });

  it('has masks smaller where they do not fit, told once for all pictures', async () => {
    const random = createRandom(3);
    const { recipeOf, warnings } = await made(await maskFile({ width: 900, height: 600 }, () => random.integer(256)));
    const recipes = [await recipeOf({ width: 900, height: 600 }), await recipeOf({ width: 300, height: 200 })];
    for (const recipe of recipes) expect((await offeredIn('jpg', recipe)).recipe?.glazes.flatMap(masksIn)).toHaveLength(1);
    const [{ width: px = 0 } = {}] = recipes[0]!.styles.flatMap(({ brushed }) => brushed ?? []);
    expect(px).toBeLessThan(900);
    expect(warnings).toEqual([['export.masks-smaller', { px, own: 900 }]]);
  });

  it('has none where no mask placed a style', async () => {
    const { recipeOf } = await made(undefined);
    expect((await recipeOf({ width: 30, height: 20 })).styles).toEqual(opened.styles);
  });
});

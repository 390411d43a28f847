// How a stylized picture was made, as its file says: styles and settings, with the masks that placed the styles as far as they fit.
import { preparationIn } from '../../contract/document.ts';
import type { Extent, Region } from '../../contract/image.ts';
import type { JobWatch } from '../../contract/job.ts';
import { programLabel } from '../../contract/program.ts';
import type { PaintingRecipe } from '../../contract/recipe.ts';
import type { StylizeRequest } from '../../contract/style.ts';
import { cropPatch } from '../../engine/tensor/layout.ts';
import type { Tensor } from '../../engine/tensor/tensor.ts';
import type { OpenStyles } from '../library/styles.ts';
import { fitMasks, type MaskSource } from '../recipe-masks.ts';
import { readMask } from './stylize-masks.ts';

type RecipeRequest = Pick<StylizeRequest, 'mix' | 'strength' | 'keepColours' | 'strokePercent' | 'seed' | 'noise' | 'light' | 'brokenColour' | 'marks' | 'tilePx'>;

/** Gives the recipe of each picture of a batch by its result's size; masks are read once, and what of them is lost is told once. Throws picture.* for masks, job.cancelled. */
export async function recipesFor(request: RecipeRequest, { styles, provider, threads }: Omit<OpenStyles, 'runner'>, watch: Pick<JobWatch, 'warn' | 'signal'>): Promise<(size: Extent) => Promise<PaintingRecipe>> {
  const { mix, strength, keepColours, strokePercent, seed, noise, tilePx } = request;
  const files = [...new Set(mix.flatMap(({ mask }) => mask ?? []))];
  const masks = new Map<string, MaskSource>();
  for (const file of files) masks.set(file, sourceOf(await readMask(file)));
  const told = new Set<string>();
  return async ({ width, height }) => {
    const plain: PaintingRecipe = { formatVersion: 1, program: programLabel, width, height, styles, strength, keepColours, strokePercent, seed, noise, ...preparationIn(request), tilePx, provider, threads };
    const { recipe, notes } = await fitMasks(masks, plain, (packed) => ({ ...plain, styles: styles.map((style, at) => {
      const brushed = packed.get(mix[at]?.mask ?? '');
      return brushed ? { ...style, brushed } : style;
    }) }), watch.signal);
    for (const { key, details } of notes.filter((note) => !told.has(note.key))) {
      told.add(key);
      watch.warn(key, details);
    }
    return recipe;
  };
}

/** A mask [1,1,h,w] in [0,1], kept in bytes. */
function sourceOf(mask: Tensor): MaskSource {
  const [, , height = 1, width = 1] = mask.shape;
  const whole = { place: { x: 0, y: 0, width, height }, planes: { ...mask, data: mask.data.map((value) => Math.round(255 * value)) } };
  return { size: { width, height }, outside: 0, read: (region: Region) => cropPatch(whole, region).planes.data };
}

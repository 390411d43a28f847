// How a document's picture was made, as its file says: its glazes, lowest first, with their masks as far as they fit.
import { programLabel } from '../../contract/program.ts';
import { preparationIn, preparationSettings, type Mask } from '../../contract/document.ts';
import type { Extent, Region } from '../../contract/image.ts';
import type { GlazeRecipe, RecipeMask, RecipeStyle } from '../../contract/recipe.ts';
import { readRaster, tilesIn } from '../../raster/tiles.ts';
import { loadPixels } from '../documents/load-pixels.ts';
import { shownGlazes } from '../glaze/glaze-changes.ts';
import type { GlazeScene } from '../glaze/glaze-scene.ts';
import type { Folders } from '../platform.ts';
import { readSources } from '../library/style-sources.ts';
import { fitMasks, type FittedRecipe, type MaskSource } from '../recipe-masks.ts';

/** What is told of the painting, and what stops it. */
export interface RecipeWork {
  readonly provider: string;
  readonly threads: number;
  readonly signal?: AbortSignal;
}

/** A glaze's recipe without masks, and these: its own, and one for each of its styles. */
interface DescribedGlaze {
  readonly recipe: GlazeRecipe;
  readonly mask: Mask | undefined;
  readonly brushed: readonly (Mask | undefined)[];
}

/** Of the uppermost glaze, with all of them beside; nothing where no glaze is shown. Throws preset.* | network.* | asset.* | disk.* | job.cancelled. */
export async function documentRecipe(scene: GlazeScene, { width, height }: Extent, folders: Folders, { provider, threads, signal }: RecipeWork): Promise<FittedRecipe | undefined> {
  const described = await describedGlazes(scene, folders);
  const top = described.at(-1)?.recipe;
  if (!top) return undefined;
  const { styles, strength, keepColours, strokePercent, seed, noise } = top;
  const painting = { formatVersion: 1 as const, program: programLabel, width, height, styles, strength, keepColours, strokePercent, seed, noise, ...preparationIn(top), tilePx: 512, provider, threads };
  const plain = { ...painting, glazes: described.map(({ recipe }) => recipe) };
  const masks = [...new Set(described.flatMap(({ mask, brushed }) => [mask, ...brushed]))].filter((mask) => mask !== undefined);
  const sources = new Map(masks.map((mask) => [mask, sourceOf(scene, mask)]));
  return fitMasks(sources, plain, (packed) => ({ ...painting, glazes: described.map((glaze) => withMasks(glaze, packed)) }), signal);
}

/** A mask over the whole document. */
function sourceOf(scene: GlazeScene, mask: Mask): MaskSource {
  const { width, height } = scene.record;
  const read = async (region: Region) => readRaster(mask, region, await loadPixels(scene, tilesIn(mask, region).map(({ id }) => id))).data;
  return { size: { width, height }, outside: mask.outside, read };
}

async function describedGlazes({ record }: GlazeScene, folders: Folders): Promise<DescribedGlaze[]> {
  const described: DescribedGlaze[] = [];
  for (const layer of shownGlazes(record)) {
    const { settings, opacity, blend } = layer;
    const used = settings.styles.filter(({ weight }) => weight > 0);
    if (used.length === 0) continue;
    const { strength, keepColours, strokePercent, seed, noise } = settings;
    const styles: RecipeStyle[] = (await readSources(used.map(({ style, weight }) => ({ style, weight })), folders)).map(({ recipe }) => recipe);
    const [mask, ...brushed] = [layer, ...used].map((each) => (each.mask?.enabled ? each.mask : undefined));
    const isMasked = [mask, ...brushed].some((each) => each !== undefined);
    const recipe: GlazeRecipe = { styles, strength, keepColours, strokePercent, seed, noise, ...preparationSettings(settings), opacity, blend, ...(isMasked ? { masked: true } : {}) };
    described.push({ recipe, mask, brushed });
  }
  return described;
}

function withMasks({ recipe, mask, brushed }: DescribedGlaze, packed: ReadonlyMap<Mask, RecipeMask>): GlazeRecipe {
  const styles = recipe.styles.map((style, at) => (brushed[at] ? { ...style, brushed: packed.get(brushed[at])! } : style));
  return { ...recipe, styles, ...(mask ? { mask: packed.get(mask)! } : {}) };
}

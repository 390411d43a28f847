// How a document's picture was made, as its file says: its glazes, lowest first, with their masks as far as they fit.
import { programLabel } from '../../contract/program.ts';
import { preparationIn, preparationSettings, type Mask } from '../../contract/document.ts';
import type { Extent } from '../../contract/image.ts';
import type { Note } from '../../contract/note.ts';
import { mostRecipeMasks, type GlazeRecipe, type PaintingRecipe, type RecipeMask, type RecipeStyle } from '../../contract/recipe.ts';
import { fitsXmp } from '../../engine/image/recipe-xmp.ts';
import { shownGlazes } from '../glaze/glaze-changes.ts';
import type { GlazeScene } from '../glaze/glaze-scene.ts';
import type { Folders } from '../platform.ts';
import { readSources } from '../library/style-sources.ts';
import { packMask } from '../recipe-masks.ts';

/** Long sides of masks in px, tried in turn until the recipe fits into its file. */
const maskSidesPx = [1024, 768, 512, 384, 256, 192, 128, 96, 64] as const;

export interface DocumentRecipe {
  readonly recipe: PaintingRecipe;
  /** What was made smaller or left out. */
  readonly notes: readonly Note[];
}

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
export async function documentRecipe(scene: GlazeScene, { width, height }: Extent, folders: Folders, { provider, threads, signal }: RecipeWork): Promise<DocumentRecipe | undefined> {
  const described = await describedGlazes(scene, folders);
  const top = described.at(-1)?.recipe;
  if (!top) return undefined;
  const { styles, strength, keepColours, strokePercent, seed, noise } = top;
  const painting = { formatVersion: 1 as const, program: programLabel, width, height, styles, strength, keepColours, strokePercent, seed, noise, ...preparationIn(top), tilePx: 512, provider, threads };
  const plain = { ...painting, glazes: described.map(({ recipe }) => recipe) };
  const masks = [...new Set(described.flatMap(({ mask, brushed }) => [mask, ...brushed]))].filter((mask) => mask !== undefined);
  if (masks.length === 0) return { recipe: plain, notes: [] };
  const ownPx = Math.max(scene.record.width, scene.record.height);
  // of sizes that hold a mask whole, the smallest: larger ones would be the same
  const sidesPx = maskSidesPx.filter((px, at) => px < ownPx || !(maskSidesPx[at + 1]! >= ownPx));
  for (const px of masks.length > mostRecipeMasks ? [] : sidesPx) {
    const packed = new Map<Mask, RecipeMask>();
    for (const mask of masks) packed.set(mask, await packMask(scene, mask, px, signal));
    const recipe = { ...painting, glazes: described.map((glaze) => withMasks(glaze, packed)) };
    if (fitsXmp(JSON.stringify(recipe))) return { recipe, notes: px < ownPx ? [{ key: 'export.masks-smaller', details: { px, own: ownPx } }] : [] };
  }
  return { recipe: plain, notes: [{ key: 'export.masks-left-out', details: {} }] };
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

// How a document's picture was made, as its file says: its glazes, lowest first.
import { programLabel } from '../../contract/program.ts';
import { preparationIn, preparationSettings, type DocumentRecord } from '../../contract/document.ts';
import type { Extent } from '../../contract/image.ts';
import type { GlazeRecipe, PaintingRecipe, RecipeStyle } from '../../contract/recipe.ts';
import { shownGlazes } from '../glaze/glaze-changes.ts';
import type { Folders } from '../platform.ts';
import { readSources } from '../library/style-sources.ts';

/** Of the uppermost glaze, with all of them beside; nothing where no glaze is shown. Throws preset.* | network.* | disk.*. */
export async function documentRecipe(record: DocumentRecord, { width, height }: Extent, folders: Folders, provider: string, threads: number): Promise<PaintingRecipe | undefined> {
  const glazes: GlazeRecipe[] = [];
  for (const layer of shownGlazes(record)) {
    const { settings, opacity, blend } = layer;
    const used = settings.styles.filter(({ weight }) => weight > 0);
    if (used.length === 0) continue;
    const { strength, keepColours, strokePercent, seed, noise } = settings;
    const styles: RecipeStyle[] = (await readSources(used.map(({ style, weight }) => ({ style, weight })), folders)).map(({ recipe }) => recipe);
    const masked = [layer, ...used].some(({ mask }) => mask?.enabled);
    glazes.push({ styles, strength, keepColours, strokePercent, seed, noise, ...preparationSettings(settings), opacity, blend, ...(masked ? { masked } : {}) });
  }
  const top = glazes.at(-1);
  if (!top) return undefined;
  const { styles, strength, keepColours, strokePercent, seed, noise } = top;
  return { formatVersion: 1, program: programLabel, width, height, styles, strength, keepColours, strokePercent, seed, noise, ...preparationIn(top), tilePx: 512, provider, threads, glazes };
}

// How a document's picture was made, as its file says: its glazes, lowest first.
import { programLabel } from '../../contract/program.ts';
import { preparationSettings, type DocumentRecord } from '../../contract/document.ts';
import type { Extent } from '../../contract/image.ts';
import type { PaintingRecipe, RecipeStyle } from '../../contract/recipe.ts';
import { shownGlazes } from '../glaze/glaze-changes.ts';
import type { Folders } from '../platform.ts';
import { readSources } from '../library/style-sources.ts';

interface GlazeRecipe extends Pick<PaintingRecipe, 'styles' | 'strength' | 'keepColours' | 'strokePercent' | 'seed' | 'noise'> {
  readonly light: number;
  readonly brokenColour: number;
  readonly opacity: number;
  readonly blend: string;
}

/** A recipe of the uppermost glaze, with all of them beside; what reads recipes of one painting reads it too. */
export interface DocumentRecipe extends PaintingRecipe {
  readonly glazes: readonly GlazeRecipe[];
}

/** Nothing where no glaze is shown. Throws preset.* | network.* | disk.*. */
export async function documentRecipe(record: DocumentRecord, { width, height }: Extent, folders: Folders, provider: string, threads: number): Promise<DocumentRecipe | undefined> {
  const glazes: GlazeRecipe[] = [];
  for (const { settings, opacity, blend } of shownGlazes(record)) {
    const used = settings.styles.filter(({ weight }) => weight > 0);
    if (used.length === 0) continue;
    const { strength, keepColours, strokePercent, seed, noise } = settings;
    const styles: RecipeStyle[] = (await readSources(used.map(({ style, weight }) => ({ style, weight })), folders)).map(({ recipe }) => recipe);
    glazes.push({ styles, strength, keepColours, strokePercent, seed, noise, ...preparationSettings(settings), opacity, blend });
  }
  const top = glazes.at(-1);
  if (!top) return undefined;
  const { styles, strength, keepColours, strokePercent, seed, noise, light, brokenColour } = top;
  return { formatVersion: 1, program: programLabel, width, height, styles, strength, keepColours, strokePercent, seed, noise, light, brokenColour, tilePx: 512, provider, threads, glazes };
}

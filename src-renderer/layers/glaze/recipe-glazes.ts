// From a recipe that a picture carries to glazes of the open document: its styles found in the library, all of them or nothing.
import type { DocumentRecord, GlazeStyle, LayerId, LayerOf, Mask } from '../../../src-main/contract/document.ts';
import { rootId } from '../../../src-main/contract/document.ts';
import { losesMasks, type GlazeRecipe, type RecipeMask, type RecipeStyle } from '../../../src-main/contract/recipe.ts';
import type { GalleryStyle } from '../../../src-main/contract/studio-records.ts';
import { addAbove } from '../../document/layer-changes.ts';
import { removeLayers, type LayerEdit } from '../../document/layer-edits.ts';
import { editRecord } from '../../document/record-edit.ts';
import { largestStrokePercent, mixOf, mostStyles, newGlaze } from './glaze-changes.ts';
import { placeAbove } from './style-place.ts';

export interface RecipeMatch {
  /** Styles of the library by the recipe's ids; where one is missing, nothing can be used. */
  readonly found: ReadonlyMap<string, GalleryStyle>;
  readonly missing: readonly RecipeStyle[];
  /** Found by their names alone: what is in the library is another version. */
  readonly changed: readonly RecipeStyle[];
  /** Networks that read their style from a picture, which no glaze does. */
  readonly paired: readonly RecipeStyle[];
  /** A glaze has more styles than it may mix. */
  readonly isCrowded: boolean;
  /** Something that a mask placed will be everywhere: it is not in the recipe, or two versions of a style have become one. */
  readonly losesMasks: boolean;
  readonly isUsable: boolean;
}

/** By the hash of what a style is, else by its name among styles of its kind. */
export function matchRecipe(glazes: readonly GlazeRecipe[], styles: readonly GalleryStyle[]): RecipeMatch {
  const wanted = [...new Map(glazes.flatMap((glaze) => glaze.styles).map((style) => [style.id, style])).values()];
  const found = new Map(wanted.flatMap((style) => {
    const known = styles.find(({ id }) => id === style.id) ?? styles.find((each) => isNamed(each, style));
    return known ? [[style.id, known] as const] : [];
  }));
  const paired = wanted.filter(({ predictor }) => predictor !== undefined);
  const missing = wanted.filter((style) => !found.has(style.id) && !paired.includes(style));
  const changed = wanted.filter(({ id }) => found.has(id) && found.get(id)?.id !== id);
  const nameOf = ({ id }: RecipeStyle): string => found.get(id)?.name ?? id;
  const isCrowded = glazes.some((glaze) => new Set(glaze.styles.map(nameOf)).size > mostStyles);
  const joins = ({ styles: mix }: GlazeRecipe): boolean => mix.some((style) => style.brushed && mix.some((other) => other !== style && nameOf(other) === nameOf(style)));
  return { found, missing, changed, paired, isCrowded, losesMasks: glazes.some((glaze) => losesMasks(glaze) || joins(glaze)), isUsable: missing.length === 0 && paired.length === 0 && !isCrowded };
}

/** A network is called by its file. */
function isNamed({ name, kind }: GalleryStyle, style: RecipeStyle): boolean {
  const isForeign = style.kind === 'onnx';
  const plain = (words: string): string => words.normalize('NFC').toLowerCase();
  return (kind === 'foreign') === isForeign && plain(name) === plain(isForeign ? style.name.replace(/\.onnx$/i, '') : style.name);
}

/** A glaze as its recipe says, with its masks as they were placed; `titleOf` names it by its first style. The recipe's match must be usable. */
export function glazeOfRecipe(recipe: GlazeRecipe, { found }: RecipeMatch, titleOf: (style: GalleryStyle) => string, placed: ReadonlyMap<RecipeMask, Mask> = new Map()): LayerOf<'glaze'> {
  const { strength, keepColours, seed, noise, light = 0, brokenColour = 0, marks, opacity, blend } = recipe;
  const strokePercent = Math.min(recipe.strokePercent, largestStrokePercent);
  const mix = new Map<string, GlazeStyle>();
  for (const { id, weight, brushed } of recipe.styles) {
    const known = found.get(id)!;
    const before = mix.get(known.name);
    const mask = before === undefined && brushed ? placed.get(brushed) : undefined; // two that become one are everywhere
    mix.set(known.name, { style: known.name, id: known.id, weight: weight + (before?.weight ?? 0), ...(mask ? { mask } : {}) });
  }
  const { styles, pad } = mixOf([...mix.values()]);
  const settings = { strength, keepColours, strokePercent, seed, noise, light, brokenColour, ...(marks && { marks }), ...(pad ? { pad } : {}) };
  const mask = recipe.mask && placed.get(recipe.mask);
  return { ...newGlaze(titleOf(found.get(recipe.styles[0]!.id)!), styles, settings), opacity, blend, ...(mask ? { mask } : {}) };
}

/** Glazes above the layer in hand, lowest first; `instead`: of this layer, which goes. */
export function addGlazes(record: DocumentRecord, glazes: readonly LayerOf<'glaze'>[], hand: LayerId | undefined, instead?: LayerId): LayerEdit {
  const edit = editRecord(record);
  let below = placeAbove(record, instead ?? hand ?? rootId).above;
  for (const glaze of glazes) {
    for (const { path, after } of addAbove(edit.record(), glaze, below)) edit.set(path, after);
    below = glaze.id;
  }
  if (instead !== undefined) for (const { path, after } of removeLayers(edit.record(), [instead]).changes) edit.set(path, after);
  return { changes: edit.changes(), chosen: glazes.slice(-1).map(({ id }) => id) };
}

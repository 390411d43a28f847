// How a finished picture was made; embedded in its file. Holds no path, user name or place.
import { preparationIn, type BlendMode } from './document.ts';
import type { Extent } from './image.ts';
import type { MarkKind } from './style.ts';

/** Longest side of a mask in a recipe, in px. */
export const largestRecipeMaskPx = 1024;
/** Masks of one recipe. */
export const mostRecipeMasks = 64;

/** Where something shows, stretched over the picture: grey of 8 bit, 0 hides, 255 shows. */
export interface RecipeMask extends Extent {
  /** Rows of bytes, each less its Paeth prediction modulo 256 (as PNG's filter 4), deflated (zlib), in base64. */
  readonly grey: string;
  /** Its value beyond the picture. */
  readonly outside: 0 | 255;
}

export interface RecipeStyle {
  readonly name: string;
  /** sha-256 of the preset's numbers or of the network's bytes, hex. */
  readonly id: string;
  readonly kind: 'code' | 'network' | 'onnx';
  /** Share of the mix; shares sum to 1. */
  readonly weight: number;
  /** sha-256 of the mask picture that places it. */
  readonly mask?: string;
  /** Where a glaze's style is brushed; absent: everywhere. */
  readonly brushed?: RecipeMask;
  /** A foreign pair: sha-256 of the network that read the style, and of the picture it read. */
  readonly predictor?: string;
  readonly stylePicture?: string;
  readonly channels?: 'rgb' | 'bgr';
}

/** How the styles are painted. */
export interface RecipePaint {
  readonly styles: readonly RecipeStyle[];
  readonly strength: number;
  readonly keepColours: number;
  /** 0: native, one pass at the result's own pixels. */
  readonly strokePercent: number;
  readonly seed: number;
  readonly noise: number;
  /** Absent in earlier recipes: not lit. */
  readonly light?: number;
  /** Absent in earlier recipes: not broken. */
  readonly brokenColour?: number;
  /** Where others than each style's own were chosen. */
  readonly marks?: MarkKind;
}

/** One glaze of a document. */
export interface GlazeRecipe extends RecipePaint {
  readonly opacity: number;
  readonly blend: BlendMode;
  /** It, or one of its styles, showed only where a mask did; see losesMasks. */
  readonly masked?: true;
  readonly mask?: RecipeMask;
}

/** Equal recipes over equal pictures on the same provider and thread count give equal pixels. */
export interface PaintingRecipe extends Extent, RecipePaint {
  readonly formatVersion: 1;
  readonly program: string;
  readonly tilePx: number;
  readonly provider: string;
  /** 0: the runtime chose. */
  readonly threads: number;
  /** Of a document, all of them, lowest first; the rest then speaks of the uppermost. */
  readonly glazes?: readonly GlazeRecipe[];
}

/** What a picture file says of how it was made, as a window is offered it. */
export interface CarriedRecipe {
  /** The file's name. */
  readonly file: string;
  /** Lowest first, at least one. */
  readonly glazes: readonly GlazeRecipe[];
}

/** The masks of a glaze that are in its recipe. */
export function masksIn({ mask, styles }: GlazeRecipe): readonly RecipeMask[] {
  return [mask, ...styles.map(({ brushed }) => brushed)].filter((each) => each !== undefined);
}

/** Whether a glaze had masks that its recipe does not hold: it holds all of them or none. */
export function losesMasks(glaze: GlazeRecipe): boolean {
  return glaze.masked === true && masksIn(glaze).length === 0;
}

/** The glazes a recipe speaks of, lowest first; one painting is one glaze. */
export function glazesIn({ glazes, ...painting }: PaintingRecipe): readonly GlazeRecipe[] {
  if (glazes) return glazes;
  const { styles, strength, keepColours, strokePercent, seed, noise } = painting;
  const masked = styles.some(({ mask }) => mask !== undefined);
  return [{ styles, strength, keepColours, strokePercent, seed, noise, ...preparationIn(painting), opacity: 1, blend: 'normal', ...(masked ? { masked } : {}) }];
}

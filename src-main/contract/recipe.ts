// How a finished picture was made; embedded in its file. Holds no path, user name or place.
import type { Extent } from './image.ts';

export interface RecipeStyle {
  readonly name: string;
  /** sha-256 of the preset's numbers or of the network's bytes, hex. */
  readonly id: string;
  readonly kind: 'code' | 'network' | 'onnx';
  /** Share of the mix; shares sum to 1. */
  readonly weight: number;
  /** sha-256 of the mask picture that places it. */
  readonly mask?: string;
  /** A foreign pair: sha-256 of the network that read the style, and of the picture it read. */
  readonly predictor?: string;
  readonly stylePicture?: string;
  readonly channels?: 'rgb' | 'bgr';
}

/** Equal recipes over equal pictures on the same provider and thread count give equal pixels. */
export interface PaintingRecipe extends Extent {
  readonly formatVersion: 1;
  readonly program: string;
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
  readonly tilePx: number;
  readonly provider: string;
  /** 0: the runtime chose. */
  readonly threads: number;
}

// Styles as records: what a preset is, how presets are mixed, and what one request to paint says.
import type { StyleCard } from './style-card.ts';
import type { TrainingRecipe } from './training.ts';

/** Sizes of a conditional generator (FACTS A.6); equal specs have equal weight layouts. */
export interface GeneratorSpec {
  readonly family: 'residual';
  /** Channels at half, quarter and half resolution. Multiples of 16. */
  readonly encoder: number;
  readonly trunk: number;
  readonly decoder: number;
  readonly blocks: number;
}

/** Sizes of the discriminator a style was painted with; equal specs have equal weight layouts. */
export interface CriticSpec {
  /** Channels after each halving. */
  readonly channels: readonly number[];
  /** Rows of its style table; 1 where a single style was taught. */
  readonly styles: number;
}

/**
 * How far the hues of a painting's strokes lie from what their lightness would have them be: variances of red less luma and of
 * blue less luma in [0,1], and their covariance (image/hue-spread.ts).
 */
export interface HueSpread {
  readonly red: number;
  readonly blue: number;
  readonly both: number;
}

/** The marks that a painting's colours lie side by side in (engine/image/marks.ts). Their places are kept in files: new ones come last. */
export const markKinds = ['strokes', 'brushwork', 'facets', 'dots', 'hatching'] as const;
export type MarkKind = (typeof markKinds)[number];
/** Of a style that says nothing of its own. */
export const plainMarks: MarkKind = 'strokes';

/** Half precision moves a painted picture by less than 1/255 (docs/decisions.md). */
export type Precision = 'float16' | 'float32';

/**
 * A taught style (the JSON of a .vstyle). `code`: γ and β for the generator named by `base`;
 * `network`: its own weights beside the code. Tensors lie in weights.safetensors: `code` [S], `weights` [P], and `critic` [D]
 * where the style was taught with a discriminator, to judge results with.
 */
export interface PresetRecord {
  /** 2 where the numbers are halves, which readers of 1 do not know. */
  readonly formatVersion: 1 | 2;
  readonly kind: 'code' | 'network';
  /** How the numbers are stored; float32 where absent. In memory they are float32 always. */
  readonly precision?: Precision;
  readonly engine: string;
  readonly name: string;
  /** sha-256 of the safetensors bytes, hex: identity of the style itself. */
  readonly id: string;
  /** sha-256 of the base generator's weights; presets of one base mix in one pass. */
  readonly base: string;
  readonly generator: GeneratorSpec;
  readonly critic?: CriticSpec;
  /** Long side in px at which the style was learned: the working scale of stroke 100. */
  readonly learnedSizePx: number;
  readonly depth: 'sketch' | 'refine' | 'paint';
  /** Of the paintings it was learned from; absent in styles from before colour was broken. */
  readonly hueSpread?: HueSpread;
  /** What greys are broken into where nobody says otherwise; strokes where absent. */
  readonly marks?: MarkKind;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly program: string;
  readonly licence: string;
  /** What a gallery says of it; shipped styles have one. */
  readonly card?: StyleCard;
  readonly lineage: {
    readonly recipe: TrainingRecipe;
    readonly steps: number;
    /** id of the version it continues, where it does. */
    readonly parent?: string;
    readonly losses?: Readonly<Record<string, number>>;
    /** Of a saved mix: what it was mixed from; shares sum to 1. The rest of the lineage is the heaviest one's. */
    readonly mix?: readonly { readonly name: string; readonly id: string; readonly share: number }[];
  };
}

/** A preset in memory: the record and its numbers. */
export interface Preset {
  readonly record: PresetRecord;
  readonly code: Float32Array;
  readonly weights?: Float32Array;
  /** The discriminator's. */
  readonly critic?: Float32Array;
  /** PNG bytes, at most 512 px. */
  readonly thumbnail?: Uint8Array;
  /** JPEG bytes of what it was learned from, at most 512 px; in a file only where the artist put them there. */
  readonly references?: readonly Uint8Array[];
}

/** One style of a mix. Weights of a mix are relative; without masks they are normalised to sum 1. */
export interface MixEntry {
  /** Name in the library, a .vstyle file or an .onnx file. */
  readonly style: string;
  readonly weight: number;
  /** Soft mask picture placing this style; grey, stretched to the artwork. */
  readonly mask?: string;
}

/** One request to paint a picture. */
export interface StylizeRequest {
  readonly picture: string;
  readonly out: string;
  readonly mix: readonly MixEntry[];
  /** 0 the picture, 1 the full style. */
  readonly strength: number;
  /** 0 the style's colours, 1 the picture's. */
  readonly keepColours: number;
  /** Stroke size in %: 100 paints at the size at which the style was learned, 200 doubles the strokes. */
  readonly strokePercent: number;
  /** Long side of the result in px; the picture's own when absent. */
  readonly longSidePx?: number;
  /** Side of a tile's core in px. */
  readonly tilePx: number;
  /** Noise: which strokes (seed) and how freely they wander (0..1). */
  readonly seed: number;
  readonly noise: number;
  /** How far the picture is lit before it is painted, 0..1; taught styles only. */
  readonly light: number;
  /** How far greys are broken into the hues of the style's painting before they are painted, 0..1; taught styles only. */
  readonly brokenColour: number;
  /** The marks they are broken into; each style's own where absent. */
  readonly marks?: MarkKind;
  readonly device: string;
}

// What a style engine's folder must export: a manifest, and a runner that paints windows of a picture.
import type { ParamTable } from '../../contract/params.ts';
import type { Region, Extent } from '../../contract/image.ts';
import type { MarkKind, Preset } from '../../contract/style.ts';
import type { Provider, SessionFactory } from '../runtime/session.ts';
import type { TensorTable } from '../tensor/safetensors.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** What an engine needs of the tile plan. All in pixels of the picture at working scale. */
export interface TilingNeeds {
  /** Real neighbours a tile needs on every side for a bit-exact core. */
  readonly haloPx: number;
  /** Window origins and sizes are multiples of this. */
  readonly multiple: number;
  /** Windows must have exactly this size (fixed-size foreign networks). */
  readonly fixed?: Extent;
  /** A window of another size costs its own pixels and nothing more. */
  readonly anySize?: boolean;
}

/** One window of the artwork. */
export interface WindowInput {
  /** [1,3,h,w] in [0,1], sRGB-encoded. */
  readonly picture: Tensor;
  /** Where the window lies on the whole frame at this pass's scale, in px; may reach past the edges. */
  readonly place: Region;
  /** Size of the whole frame at this pass's scale, in px. */
  readonly frame: Extent;
  /** [1,K,h,w] soft masks in [0,1], one per style of the mix in order, where the mix is placed by masks. */
  readonly masks?: Tensor;
  /** Nobody waits for it: one thread less, where there is more than one, for the window and a training. */
  readonly quietly?: boolean;
}

/** Paints one mix of styles over one artwork. */
export interface StyleRunner {
  readonly tiling: TilingNeeds;
  /** Long side in px at which the style was learned: the working scale of stroke 100. */
  readonly learnedSize: number;
  /** Long side in px of the thumbnail it wants to be measured on; 512 where it does not say. */
  readonly measuredSize?: number;
  /**
   * Freezes the instance statistics from the whole picture at preview size, so that tiles agree (URST 2021).
   * thumbnail: the whole frame, [1,3,h,w] in [0,1]. A no-op for engines without global statistics. Over paint of an earlier pass
   * nothing is lit and no grey broken: that was before that pass.
   */
  measure(thumbnail: Tensor, masks?: Tensor, over?: 'picture' | 'paint'): Promise<void>;
  /** What measure has found, by name; empty where nothing is global or nothing was measured. */
  freeze(): TensorTable;
  /** Takes what freeze of a runner over the same mix gave: paints the same from then on. Throws asset.corrupt where it does not fit. */
  thaw(statistics: TensorTable): Promise<void>;
  /** The painted window, [1,3,h,w] in [0,1]; a pure function of the window once measured. */
  paint(window: WindowInput): Promise<Tensor>;
  close(): Promise<void>;
}

/** The manifest of one engine. A new engine is one folder and one line in styles/index.ts. */
export interface StyleEngineManifest {
  readonly id: string;
  readonly title: string;
  readonly paper: string;
  readonly params: ParamTable;
}

/** Where a style comes from: a taught preset, or a foreign network with the second one that reads its style. */
export type StyleSource =
  | { readonly kind: 'preset'; readonly preset: Preset }
  | {
      readonly kind: 'network';
      /** File name for messages. */
      readonly file: string;
      readonly model: Uint8Array;
      readonly channels?: 'rgb' | 'bgr';
      readonly predictor?: { readonly file: string; readonly model: Uint8Array; readonly stylePicture: Tensor };
    };

/** One mix to be opened; every source is one that the engine paints. */
export interface StyleOpening {
  readonly mix: readonly { readonly source: StyleSource; readonly weight: number }[];
  readonly strength: number;
  readonly seed: number;
  readonly noise: number;
  /** How far pictures are lit before they are painted, 0..1 (image/lighting.ts); not where absent, nor for foreign networks. */
  readonly light?: number;
  /** How far greys are broken into the hues of the style's painting, 0..1 (image/broken-colour.ts); as light. */
  readonly brokenColour?: number;
  /** The marks they are broken into; each style's own where absent. */
  readonly marks?: MarkKind;
  /** True where masks place the styles, instead of weights. */
  readonly masked: boolean;
  /** The base generator a code belongs to, by its hash; undefined where this program does not have it. */
  base(hash: string): Promise<Preset | undefined>;
  readonly sessions: SessionFactory;
  readonly provider: Provider;
  readonly threads?: number;
  /** How many window sizes stay open at once; 1 where it does not say, for memory not to grow from pass to pass. */
  readonly mostSessions?: number;
  /** Windows of many sizes are to come: a session that takes them all is worth having, where the provider runs it as fast. */
  readonly manySizes?: boolean;
  /** A sentence for the artist, by message key. */
  warn(key: string, details?: Readonly<Record<string, string | number>>): void;
}

/** A style engine as styles/index.ts lists it. */
export interface StyleEngine extends StyleEngineManifest {
  paints(source: StyleSource): boolean;
  /** Whether one runner paints several styles in one pass. */
  readonly mixes: boolean;
  open(opening: StyleOpening): Promise<StyleRunner>;
}

// A document as every side knows it: a small record of layers that name their pixels by hash.
import * as v from 'valibot';
import { markKinds } from './style.ts';

/** Newest document record this program reads and writes. */
export const documentVersion = 1;
/** Side of a tile in px. */
export const tileSidePx = 256;
/** Largest side of a document in px, and its most layers. */
export const largestSidePx = 32_768;
export const mostLayers = 2000;

/** sha-256 of raw bytes in hex: pixels of a tile, a placed file, frozen statistics. */
export const assetIdSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'is no sha-256'));
export type AssetId = v.InferOutput<typeof assetIdSchema>;

const layerIdSchema = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'is no id'));
/** Random and unique inside a document; `root` is the group that holds everything. */
export type LayerId = string;
export const rootId: LayerId = 'root';

const name = v.pipe(v.string(), v.maxLength(500));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const finite = v.pipe(v.number(), v.finite());
const whole = v.pipe(v.number(), v.integer(), v.minValue(-1e6), v.maxValue(1e6));
const sidePx = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(largestSidePx));

/** Blend modes; formulas in raster/blend. Names as the W3C's compositing specification and OpenRaster give them. */
export const blendModes = [
  'normal', 'multiply', 'screen', 'overlay', 'darken', 'lighten', 'color-dodge', 'color-burn', 'hard-light', 'soft-light',
  'difference', 'exclusion', 'hue', 'saturation', 'color', 'luminosity', 'plus', 'subtract', 'divide',
  'linear-burn', 'linear-light', 'vivid-light', 'pin-light',
] as const;
export type BlendMode = (typeof blendModes)[number];

/** "column,row" in tiles of the raster's own grid. */
const tilePlace = v.pipe(v.string(), v.regex(/^-?\d{1,4},-?\d{1,4}$/, 'is no tile'));

/**
 * Sparse pixels: tiles of 256 × 256 px, row by row, sRGB-encoded straight RGBA of 8 or 16 bit (little endian), or one grey
 * channel of 8 bit for masks. A tile that is absent is see-through (masks: `outside`). x and y move the grid over the document, in px.
 */
export const rasterSchema = v.object({
  x: whole,
  y: whole,
  depth: v.picklist([8, 16]),
  tiles: v.record(tilePlace, assetIdSchema),
});
export type Raster = v.InferOutput<typeof rasterSchema>;

/** A grey raster of 8 bit: 0 hides, 255 shows. `outside` is its value where it has no tile, 0 or 255. */
export const maskSchema = v.object({ ...rasterSchema.entries, outside: v.picklist([0, 255]), enabled: v.boolean() });
export type Mask = v.InferOutput<typeof maskSchema>;

const envelope = {
  id: layerIdSchema,
  name,
  visible: v.boolean(),
  locked: v.boolean(),
  opacity: share,
  blend: v.picklist(blendModes),
  /** Shows only where the layer beneath it in its group has paint. */
  clip: v.boolean(),
  mask: v.optional(maskSchema),
};

/** Paint. `alphaLocked`: hands change its colours and leave its alpha; absent: they change both. */
const rasterLayerSchema = v.looseObject({ ...envelope, kind: v.literal('raster'), pixels: rasterSchema, alphaLocked: v.optional(v.boolean()) });

/** Document px = [a c e; b d f] · source px, as CSS matrix(a, b, c, d, e, f). */
export const matrixSchema = v.tuple([finite, finite, finite, finite, finite, finite]);
export type Matrix = v.InferOutput<typeof matrixSchema>;

/** A placed picture: its file, where it stands, and how that looks on the document's grid. */
const imageLayerSchema = v.looseObject({
  ...envelope,
  kind: v.literal('image'),
  /** The file's bytes. */
  source: assetIdSchema,
  sourceName: name,
  /** Of the decoded file, in px. */
  sourceSize: v.object({ width: sidePx, height: sidePx }),
  /** Of a file of several pages or frames: which it is, from 1, and how many there are; absent: the only one. */
  page: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  pages: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2))),
  transform: matrixSchema,
  /** A file that is followed when it changes on disk; `byPage`: by the browser that may read it, the path is its name alone. */
  link: v.optional(v.object({ path: v.pipe(v.string(), v.maxLength(4096)), modifiedMs: finite, byPage: v.optional(v.literal(true)) })),
  pixels: rasterSchema,
});

/** One style of a glaze. */
export const glazeStyleSchema = v.looseObject({
  /** Name in the library. */
  style: name,
  /** Identity of the preset's numbers, where known: a style taught anew is not silently another. */
  id: v.optional(assetIdSchema),
  weight: v.pipe(v.number(), v.minValue(0), v.maxValue(1e6)),
  /** Where this style is brushed; absent: everywhere. */
  mask: v.optional(maskSchema),
});
export type GlazeStyle = v.InferOutput<typeof glazeStyleSchema>;

/** How a glaze paints; equal settings over equal pixels with equal statistics give equal paint. */
export const glazeSettingsSchema = v.looseObject({
  styles: v.pipe(v.array(glazeStyleSchema), v.maxLength(8)),
  /** The pad's handle, 0..1 each way; weights follow from it. */
  pad: v.optional(v.object({ x: share, y: share })),
  strength: share,
  keepColours: share,
  /** Stroke size in %: 100 is the size at which the style was learned; 0: one pass at the document's own pixels. */
  strokePercent: v.pipe(v.number(), v.minValue(0), v.maxValue(800)),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1)),
  noise: share,
  /** How far the picture is lit before it is painted; absent in earlier records, which were not. */
  light: v.optional(share),
  /** How far its greys are broken into the painting's hues; absent in earlier records, which were not. */
  brokenColour: v.optional(share),
  /** The marks they are broken into; each style's own where absent. */
  marks: v.optional(v.picklist(markKinds)),
});
export type GlazeSettings = v.InferOutput<typeof glazeSettingsSchema>;

/** What is done to a picture before it is painted, as far as it is said. */
export type PreparationSettings = Pick<GlazeSettings, 'light' | 'brokenColour' | 'marks'>;

/** That alone of larger settings. */
export function preparationIn({ light, brokenColour, marks }: { readonly [key in keyof PreparationSettings]?: PreparationSettings[key] | undefined }): PreparationSettings {
  return { ...(light !== undefined && { light }), ...(brokenColour !== undefined && { brokenColour }), ...(marks !== undefined && { marks }) };
}

/** How a glaze's picture is lit and its greys are broken before it is painted: not at all in records from before there was either. */
export function preparationSettings({ light = 0, brokenColour = 0, ...said }: PreparationSettings): PreparationSettings & Required<Pick<PreparationSettings, 'light' | 'brokenColour'>> {
  return { ...preparationIn(said), light, brokenColour };
}

/** How everything is painted until somebody says otherwise: new glazes, `stylize`, samples and previews. Why this freedom: docs/decisions.md. */
export const plainPaint = { strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 1, light: 1, brokenColour: 1 } as const satisfies Omit<GlazeSettings, 'styles' | 'pad'>;

/** A style as an adjustment layer: repaints the composite beneath it in its group. Its paint is derived and never in the record. */
const glazeLayerSchema = v.looseObject({
  ...envelope,
  kind: v.literal('glaze'),
  settings: glazeSettingsSchema,
  /** Frozen instance statistics; absent until first measured. */
  statistics: v.optional(assetIdSchema),
  /** Locked statistics are never renewed by themselves. */
  statisticsLocked: v.boolean(),
});

const colourSchema = v.tuple([share, share, share, share]);
/** sRGB-encoded red, green, blue and alpha, 0..1. */
export type Colour = v.InferOutput<typeof colourSchema>;

const fillLayerSchema = v.looseObject({
  ...envelope,
  kind: v.literal('fill'),
  fill: v.variant('type', [
    v.object({ type: v.literal('solid'), colour: colourSchema }),
    v.object({
      type: v.picklist(['linear', 'radial']),
      /** Document px. */
      from: v.tuple([finite, finite]),
      to: v.tuple([finite, finite]),
      stops: v.pipe(v.array(v.object({ at: share, colour: colourSchema })), v.minLength(2), v.maxLength(32)),
    }),
  ]),
});

/** How words are set; equal settings with equal font files give equal pixels. */
export const textSettingsSchema = v.object({
  /** Lines end where the artist ends them. */
  text: v.pipe(v.string(), v.maxLength(20_000)),
  /** Name of a family. */
  font: name,
  /** 1..1000 as in OpenType: 400 is regular, 700 bold. */
  weight: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(1000))),
  italic: v.optional(v.boolean()),
  sizePx: v.pipe(v.number(), v.minValue(1), v.maxValue(4096)),
  colour: colourSchema,
  /** Lines go from top to bottom, the next to the left of the one before; left, centre and right are their upper end, middle and lower end. */
  vertical: v.optional(v.boolean()),
  align: v.picklist(['left', 'center', 'right']),
  /** Between baselines or the middles of vertical lines, in shares of the size. */
  lineHeight: v.pipe(v.number(), v.minValue(0.5), v.maxValue(4)),
  /** Added after every character, in shares of the size. */
  letterSpacing: v.optional(v.pipe(v.number(), v.minValue(-0.5), v.maxValue(4))),
  /** Lines longer than this are broken, in px before `linear`; absent: only the artist breaks lines. */
  boxWidth: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(largestSidePx))),
  /** Left end, middle or right end (by `align`) of the first baseline, or of the first vertical line's middle, in document px. */
  at: v.tuple([finite, finite]),
  /** Turned, flipped or stretched about `at`, by the area-keeping matrix [a c; b d]; absent: upright. */
  linear: v.optional(v.tuple([finite, finite, finite, finite])),
});
export type TextSettings = v.InferOutput<typeof textSettingsSchema>;

/** Text shaped to outlines; its pixels are made from the rest. */
const textLayerSchema = v.looseObject({ ...envelope, kind: v.literal('text'), ...textSettingsSchema.entries, pixels: rasterSchema });

/** Isolated: its children blend with one another, then the result with what is beneath the group. */
const groupLayerSchema = v.looseObject({
  ...envelope,
  kind: v.literal('group'),
  /** Bottom to top. */
  children: v.pipe(v.array(layerIdSchema), v.maxLength(mostLayers)),
});

export const layerSchema = v.variant('kind', [
  rasterLayerSchema,
  imageLayerSchema,
  glazeLayerSchema,
  fillLayerSchema,
  textLayerSchema,
  groupLayerSchema,
]);
export type Layer = v.InferOutput<typeof layerSchema>;
export type LayerKind = Layer['kind'];
export type LayerOf<K extends LayerKind> = Extract<Layer, { kind: K }>;

export const documentSchema = v.looseObject({
  formatVersion: v.literal(documentVersion),
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'is no id')),
  name,
  width: sidePx,
  height: sidePx,
  dpi: v.pipe(v.number(), v.minValue(1), v.maxValue(9600)),
  /** Depth of new paint. */
  depth: v.picklist([8, 16]),
  /** By id; `root` is the group of everything. */
  layers: v.record(layerIdSchema, layerSchema),
});
export type DocumentRecord = v.InferOutput<typeof documentSchema>;
export type DocumentId = string;

/** The glazes of a document: without them it is the artist's own paint. */
export function glazesOf({ layers }: Pick<DocumentRecord, 'layers'>): LayerId[] {
  return Object.values(layers).filter(({ kind }) => kind === 'glaze').map(({ id }) => id);
}

// Shapes of records that come from outside: checked before anything believes them.
import * as v from 'valibot';
import { blendModes } from './document.ts';
import { depths, lossTerms, objectives } from './training.ts';
import { largestRecipeMaskPx, type PaintingRecipe, type RecipeMask } from './recipe.ts';
import { markKinds, type PresetRecord } from './style.ts';
import type { StyleCard } from './style-card.ts';

/** Newest preset format this program reads. */
export const presetFormatVersion = 2;

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'is no sha-256'));
const text = v.pipe(v.string(), v.maxLength(4096));
const shortWord = v.pipe(v.string(), v.maxLength(100));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9));
const finite = v.pipe(v.number(), v.finite());
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const variance = share;
const channels = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096));
const sizePx = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65536));
const hashes = v.pipe(v.array(text), v.maxLength(100_000));

// Loose objects keep the fields of a newer program, so that a read and a write lose nothing.
const lossWeightsSchema = v.looseObject({
  content: finite,
  tone: v.optional(finite),
  chroma: v.optional(finite),
  roughness: v.optional(finite),
  style: finite,
  smoothness: finite,
  lattice: finite,
  adversarial: finite,
  identity: finite,
  r1: finite,
});

export const phaseSchema = v.looseObject({
  depth: v.picklist(depths),
  steps: count,
  rateSteps: v.optional(count),
  generatorRate: finite,
  codeRate: finite,
  discriminatorRate: finite,
  weights: lossWeightsSchema,
  regional: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  contentScale: v.optional(v.tuple([finite, finite])),
});

/** Factors by loss term. */
export const emphasisSchema = v.record(v.picklist(lossTerms), finite);

export const styleMemorySchema = v.looseObject({ crops: v.pipe(v.number(), v.minValue(1), v.maxValue(1e6)), own: v.pipe(v.number(), v.minValue(0), v.maxValue(1e6)) });

const trainingRecipeSchema = v.looseObject({
  formatVersion: v.literal(1),
  name: text,
  paintings: hashes,
  photos: hashes,
  base: text,
  features: text,
  seed: finite,
  objective: v.picklist(objectives),
  cropPx: sizePx,
  marginPx: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65536)),
  styleSizePx: sizePx,
  styleScales: v.optional(v.pipe(v.array(count), v.maxLength(8))),
  styleScaleShares: v.optional(v.pipe(v.array(finite), v.maxLength(8))),
  styleMemory: v.optional(styleMemorySchema),
  contrastGain: v.optional(finite),
  emphases: v.optional(v.pipe(v.array(emphasisSchema), v.maxLength(10_000))),
  phases: v.pipe(v.array(phaseSchema), v.maxLength(1000)),
  checkpointEvery: count,
  environment: v.looseObject({ runtime: text, cpu: text, threads: count, provider: text }),
});

export const generatorSpecSchema = v.looseObject({
  family: v.literal('residual'),
  encoder: channels,
  trunk: channels,
  decoder: channels,
  blocks: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000)),
});

const wordedSchema = v.looseObject({ en: text, 'zh-CN': text });
const meterSchema = v.optional(v.looseObject({ value: finite, judge: text }));

const styleCardSchema = v.looseObject({
  title: wordedSchema,
  painter: wordedSchema,
  painterDied: v.pipe(v.number(), v.integer(), v.minValue(-3000), v.maxValue(9999)),
  year: text,
  yearWords: v.optional(wordedSchema),
  heldAt: wordedSchema,
  medium: wordedSchema,
  tags: v.pipe(v.array(text), v.maxLength(100)),
  source: text,
  sale: wordedSchema,
  meters: v.optional(v.looseObject({ styleMatch: meterSchema, contentKept: meterSchema, colourShift: meterSchema })),
}) satisfies v.GenericSchema<unknown, StyleCard>;

export const presetRecordSchema = v.looseObject({
  formatVersion: v.picklist([1, presetFormatVersion]),
  kind: v.picklist(['code', 'network']),
  precision: v.optional(v.picklist(['float16', 'float32'])),
  engine: text,
  name: v.pipe(text, v.trim(), v.minLength(1), v.maxLength(200)),
  id: hash,
  base: text,
  generator: generatorSpecSchema,
  critic: v.optional(v.looseObject({ channels: v.pipe(v.array(channels), v.minLength(1), v.maxLength(8)), styles: channels })),
  learnedSizePx: sizePx,
  depth: v.picklist(depths),
  hueSpread: v.optional(v.object({ red: variance, blue: variance, both: v.pipe(finite, v.minValue(-1), v.maxValue(1)) })),
  marks: v.optional(v.picklist(markKinds)),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  program: text,
  licence: text,
  card: v.optional(styleCardSchema),
  lineage: v.looseObject({
    recipe: trainingRecipeSchema,
    steps: count,
    parent: v.optional(hash),
    losses: v.optional(v.record(v.pipe(v.string(), v.maxLength(200)), finite)),
    mix: v.optional(v.pipe(v.array(v.looseObject({ name: text, id: hash, share: finite })), v.maxLength(100))),
  }),
}) satisfies v.GenericSchema<unknown, PresetRecord>;

// Recipes come inside pictures, from strangers, and are never written back: what is not named here is left out.
const recipeMaskSidePx = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(largestRecipeMaskPx));
export const recipeMaskSchema = v.object({
  width: recipeMaskSidePx,
  height: recipeMaskSidePx,
  grey: v.pipe(v.string(), v.maxLength(60_000), v.regex(/^[A-Za-z0-9+/]+={0,2}$/, 'is no base64')),
  outside: v.picklist([0, 255]),
}) satisfies v.GenericSchema<unknown, RecipeMask>;

const recipeStyleSchema = v.object({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  id: hash,
  kind: v.picklist(['code', 'network', 'onnx']),
  weight: share,
  mask: v.optional(hash),
  brushed: v.optional(recipeMaskSchema),
  predictor: v.optional(hash),
  stylePicture: v.optional(hash),
  channels: v.optional(v.picklist(['rgb', 'bgr'])),
});

const recipePaint = {
  styles: v.pipe(v.array(recipeStyleSchema), v.minLength(1), v.maxLength(1000)),
  strength: share,
  keepColours: share,
  strokePercent: v.pipe(v.number(), v.minValue(0), v.maxValue(1000)),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1)),
  noise: share,
  light: v.optional(share),
  brokenColour: v.optional(share),
  marks: v.optional(v.picklist(markKinds)),
};

const glazeRecipeSchema = v.object({ ...recipePaint, opacity: share, blend: v.picklist(blendModes), masked: v.optional(v.literal(true)), mask: v.optional(recipeMaskSchema) });

export const paintingRecipeSchema = v.object({
  formatVersion: v.literal(1),
  program: text,
  width: count,
  height: count,
  ...recipePaint,
  tilePx: count,
  provider: text,
  threads: count,
  glazes: v.optional(v.pipe(v.array(glazeRecipeSchema), v.minLength(1), v.maxLength(1000))),
}) satisfies v.GenericSchema<unknown, PaintingRecipe>;

export const settingsSchema = v.looseObject({
  formatVersion: v.literal(1),
  language: v.optional(v.picklist(['en', 'zh-CN'])),
  device: v.optional(text),
  threads: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1024))),
  features: v.optional(text),
  theme: v.optional(v.picklist(['dark', 'light', 'system'])),
  /** For pixels held in memory by the window and the engine. */
  memoryMB: v.optional(v.pipe(v.number(), v.integer(), v.minValue(256), v.maxValue(262_144))),
  /** Disk a document's history may take before the artist is asked to thin it. */
  historyMB: v.optional(v.pipe(v.number(), v.integer(), v.minValue(64), v.maxValue(1_048_576))),
  /** Keys of the artist's own by command id; '' where a command is to have none. */
  shortcuts: v.optional(v.record(shortWord, shortWord)),
  /** Sizes in px and folded parts (1 folded) of the window, by name. */
  layout: v.optional(v.record(shortWord, finite)),
  /** Folder of the last dialog. */
  recentFolder: v.optional(text),
  /** A notification of the system when long work ends and the window is not in front. */
  tellsEnds: v.optional(v.boolean()),
  /** The first screen has been seen. */
  firstRunDone: v.optional(v.boolean()),
});

/** What the artist has chosen once for all; absent means: decide. */
export type Settings = v.InferOutput<typeof settingsSchema>;

/** The first complaint of a failed check, as "path: what". */
export function complaintOf(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  if (!issue) return 'is not as expected';
  const path = issue.path?.map((step) => String(step.key)).join('.') ?? '';
  return (path ? `${path}: ${issue.message}` : issue.message).slice(0, 200);
}

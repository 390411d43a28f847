// What a window may ask of the studio, what it is told unasked, and how both travel over any transport.
import * as v from 'valibot';
import type { HomeFinding, HomeState } from './home.ts';
import type { DocumentCard, FontFamily, GalleryStyle, JobState, LanguageTag, OpenedDocument, PictureId, VariantMeters } from './studio-records.ts';
import { changesSchema } from './changes.ts';
import { assetIdSchema, glazeSettingsSchema, matrixSchema, textSettingsSchema, type AssetId, type LayerId, type Mask, type Raster } from './document.ts';
import type { Fault } from './fault.ts';
import type { GlazeTiles } from './glaze-tiles.ts';
import { entryIdSchema, historyEntrySchema, type HistoryState, type ThinPlan } from './history.ts';
import type { Region } from './image.ts';
import type { Note } from './note.ts';
import { markKinds } from './style.ts';
import { mostRecipeMasks, type CarriedRecipe } from './recipe.ts';
import type { Result } from './result.ts';
import type { MetricSeries } from './metric-series.ts';
import { recipeMaskSchema, settingsSchema, type Settings } from './schema.ts';
import type { EngineState, StudioStatus } from './studio-status.ts';
import { mostCrops } from './teaching.ts';
import type { Depth, TrainingMetrics } from './training.ts';

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'is no id'));
const words = v.pipe(v.string(), v.maxLength(500));
const path = v.pipe(v.string(), v.maxLength(4096));
const sidePx = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_536));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const region = v.object({ x: v.pipe(v.number(), v.integer()), y: v.pipe(v.number(), v.integer()), width: sidePx, height: sidePx });
/** Stroke size in % of the painting's own. */
const strokePercent = v.pipe(v.number(), v.minValue(25), v.maxValue(400));
const none = v.optional(v.null());

/** A file the page has sent (POST /uploads answers its id), or one on the studio's own disk. */
const fileSchema = v.union([v.object({ upload: id, name: words }), v.object({ path })]);
export type FileRef = v.InferOutput<typeof fileSchema>;

const exportSchema = v.object({
  document: id,
  format: v.picklist(['png', 'jpeg', 'webp', 'tiff', 'ora', 'psd']),
  /** Of the result; the document's own where absent. */
  width: v.optional(sidePx),
  height: v.optional(sidePx),
  dpi: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(9600))),
  depth: v.optional(v.picklist([8, 16])),
  /** 1–100, JPEG and WebP. */
  quality: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(100))),
  profile: v.optional(v.picklist(['srgb', 'display-p3', 'adobe-rgb'])),
  /** Whether the file says how it was made. */
  recipe: v.optional(v.boolean()),
  /** Colour beneath see-through parts where the format has no alpha; white where absent. */
  matte: v.optional(v.tuple([share, share, share])),
  /** Where it is written; absent: it is kept for the page to fetch (GET /exports/…). */
  out: v.optional(path),
  name: v.optional(words),
});
export type ExportRequest = v.InferOutput<typeof exportSchema>;

/** What is painted of a document, in its own px. `entry` absent: the present state. */
const scene = {
  document: id,
  entry: v.optional(entryIdSchema),
};

/** What a glaze sees: what lies beneath the one named, or beneath a new one directly above a layer; neither: the whole picture. */
const seen = {
  beneath: v.optional(id),
  above: v.optional(id),
};

const teachSchema = v.object({
  name: words,
  /** `crops`: what of each is learned; absent: all of it. */
  paintings: v.pipe(v.array(v.object({ file: fileSchema, crops: v.optional(v.union([v.literal('auto'), v.pipe(v.array(region), v.minLength(1), v.maxLength(mostCrops))])) })), v.minLength(1), v.maxLength(64)),
  /** The document whose flattened picture (what a glaze there would see) shows the progress, and joins the practice pictures where `practise`. */
  document: v.optional(id),
  ...seen,
  practise: v.optional(v.boolean()),
  seconds: v.optional(v.pipe(v.number(), v.minValue(5), v.maxValue(86_400))),
  /** 0 more of the picture … 0.5 balanced … 1 more of the painting. */
  balance: v.optional(share),
  strokePercent: v.optional(strokePercent),
  depth: v.optional(v.picklist(['sketch', 'refine', 'paint'])),
  /** What greys are broken into; as the painting suggests where absent. */
  brokenInto: v.optional(v.picklist(markKinds)),
  continueStyle: v.optional(words),
});
export type StudioTeachRequest = v.InferOutput<typeof teachSchema>;

const markSchema = v.object({ x: share, y: share, width: share, height: share, verdict: v.picklist(['more', 'less']) });
/** A part of the preview picture, in shares of its width and height, to see more or less like. */
export type PreviewMark = v.InferOutput<typeof markSchema>;

const { threads, memoryMB, historyMB } = settingsSchema.entries;
/** Null: decided by the program again. */
const settingsChange = v.looseObject({ ...v.partial(v.omit(settingsSchema, ['formatVersion'])).entries, threads: v.nullish(threads), memoryMB: v.nullish(memoryMB), historyMB: v.nullish(historyMB) });

/** Every request and the shape of what it is asked with. What comes from a page is believed only after this. */
export const studioRequests = {
  status: none,
  'settings.read': none,
  'settings.change': settingsChange,
  licences: none,

  'home.read': none,
  /** Whether a folder of the studio's own disk could be the artist's; nothing is changed. */
  'home.check': v.object({ folder: path }),
  /** From the next start on everything is kept there: what is here is copied, or it starts empty, or what is there is used. */
  'home.choose': v.object({ folder: path, how: v.picklist(['move', 'empty', 'use']) }),

  /** Stops the copying: what was written goes, the present folder stays in use. Too late once all is copied. */
  'home.cancel': none,

  'documents.list': none,
  'documents.create': v.object({ name: words, width: sidePx, height: sidePx, dpi: v.optional(v.number()), background: v.optional(v.tuple([share, share, share, share])) }),
  /** Opens a picture, PSD or ORA as a new document. */
  'documents.import': v.object({ file: fileSchema, asked: v.optional(id) }),
  'documents.sample': none,
  'documents.open': v.object({ document: id }),
  'documents.close': v.object({ document: id }),
  'documents.remove': v.object({ document: id }),
  'documents.commit': v.object({ document: id, entry: historyEntrySchema }),
  /** Joins changes to the entry at head, as if they had been part of it. */
  'documents.amend': v.object({ document: id, entry: entryIdSchema, changes: changesSchema }),
  /** Head goes to another state; the page has applied the changes between. */
  'documents.move': v.object({ document: id, head: entryIdSchema, redo: v.array(entryIdSchema) }),
  'documents.snapshot': v.object({ document: id, entry: entryIdSchema, name: words }),
  'documents.thumbnail': v.object({ document: id, entry: entryIdSchema, thumbnail: assetIdSchema }),
  'documents.thin': v.object({ document: id, keepBytes: v.pipe(v.number(), v.minValue(0)) }),
  /** What thinning to so many bytes would forget; nothing is changed. */
  'documents.thinPlan': v.object({ document: id, keepBytes: v.pipe(v.number(), v.minValue(0)) }),
  /** Writes an .ora; absent `out`: it is kept for the page to fetch. */
  'documents.save': v.object({ document: id, out: v.optional(path) }),

  /** Decodes a picture and places it: answers what an image layer needs. `fit` scales it into the document, unless `transform` says where it stands. */
  'pictures.place': v.object({ document: id, file: fileSchema, fit: v.boolean(), link: v.optional(v.boolean()), transform: v.optional(matrixSchema), page: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), asked: v.optional(id) }),
  /** Pixels of a placed file under another transform. */
  'pictures.transform': v.object({ document: id, source: assetIdSchema, page: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), transform: matrixSchema }),
  /** A composited state as a PNG for the page. `nearly`: nobody waits for it; glazes that look the same painted small are painted so. */
  'pictures.flatten': v.object({ ...scene, longSidePx: sidePx, ...seen, hidden: v.optional(v.array(id)), only: v.optional(id), nearly: v.optional(v.boolean()) }),
  /** Any file that opens as a document, flattened, as a PNG for the page; of several pages the first. */
  'pictures.read': v.object({ file: fileSchema, longSidePx: sidePx }),
  /** Keeps a PNG, JPEG or WebP that the page has sent, to be compared with others. */
  'pictures.keep': v.object({ file: fileSchema }),
  /** Writes a PNG, JPEG or WebP that the page has sent; absent `out`: it is kept for the page to fetch. */
  'pictures.save': v.object({ file: fileSchema, name: words, out: v.optional(path) }),

  /** Fonts that text may be set in. */
  'text.fonts': none,
  /** Keeps a font file of the artist's; answers the families in it. */
  'text.addFont': v.object({ file: fileSchema }),
  /** Files of the artist's own that a family is in, by name, and all families in them. */
  'text.ownFont': v.object({ font: words }),
  /** Deletes those files; answers the families in them. Text set in them keeps its pixels until it is changed. */
  'text.removeFont': v.object({ font: words }),
  /** Pixels of text; a later one for the same layer cancels those before it. */
  'text.render': v.object({ document: id, layer: id, settings: textSettingsSchema }),

  /** Measures a glaze anew on what lies beneath it now. */
  'glaze.measure': v.object({ document: id, layer: id }),
  /** Answers once nothing of the document's glazes waits to be painted, in its state as it was told till then. Throws the fault of one of `layers` that cannot be. */
  'glaze.rest': v.object({ document: id, layers: v.array(id) }),
  /** Stretches masks of a recipe over a document; answers them in order. */
  'recipe.masks': v.object({ document: id, masks: v.pipe(v.array(recipeMaskSchema), v.minLength(1), v.maxLength(mostRecipeMasks)) }),
  /** Renders variants of what a glaze sees, one picture each. */
  'variants.render': v.object({ ...scene, ...seen, longSidePx: sidePx, meters: v.boolean(), items: v.pipe(v.array(glazeSettingsSchema), v.minLength(1), v.maxLength(400)) }),
  /** Records that a variant was taken or refused. */
  'variants.judge': v.object({ document: id, settings: glazeSettingsSchema, verdict: v.picklist(['taken', 'refused']) }),
  /** Meters of one picture against another and a style. Picture ids of earlier answers. */
  'compare.measure': v.object({ before: id, after: id, style: v.optional(words) }),
  /** One picture of before | style | after, kept for the page to fetch. */
  'compare.save': v.object({ before: id, after: id, style: v.optional(words), out: v.optional(path) }),

  'styles.list': none,
  'styles.import': v.object({ file: fileSchema }),
  'styles.export': v.object({ style: words, references: v.optional(v.boolean()), out: v.optional(path) }),
  'styles.rename': v.object({ style: words, name: words }),
  'styles.remove': v.object({ style: words }),
  /** Saves a mix of code styles as a preset of its own. */
  'styles.saveMix': v.object({ name: words, settings: glazeSettingsSchema }),
  /** Favourites and folders, by style id. */
  'styles.arrange': v.object({ style: words, favourite: v.optional(v.boolean()), folder: v.optional(words), tags: v.optional(v.array(words)) }),

  'teach.survey': v.object({ file: fileSchema }),
  /** What is to be said of a part of a painting, as it would be learned from; `longestPx`: long side of the largest part of that painting. */
  'teach.judge': v.object({ file: fileSchema, crop: region, longestPx: v.optional(sidePx) }),
  'teach.start': teachSchema,
  'teach.pause': v.object({ run: id }),
  'teach.resume': v.object({ run: id }),
  /** Ends it; the style so far is kept as `name` where `keep`. */
  'teach.stop': v.object({ run: id, keep: v.boolean(), name: v.optional(words) }),
  /** Removes a run that was left, with all that was kept of it. */
  'teach.discard': v.object({ run: id }),
  'teach.adjust': v.object({ run: id, balance: v.optional(share), strokePercent: v.optional(strokePercent), marks: v.optional(v.array(markSchema)) }),
  'teach.checkpoint': v.object({ run: id, name: words }),
  /** A kept state becomes a style of its own. */
  'teach.take': v.object({ run: id, state: words, name: words }),
  /** Runs in progress, left behind, or finished with kept states. */
  'teach.list': none,
  /** The numbers of a run from its first step on. */
  'teach.metrics': v.object({ run: id }),

  export: exportSchema,
  'jobs.list': none,
  'jobs.cancel': v.object({ job: id }),
  'jobs.retry': v.object({ job: id }),
  'jobs.clear': none,
} as const;

export type StudioMethod = keyof typeof studioRequests;
export type StudioParams<M extends StudioMethod> = v.InferOutput<(typeof studioRequests)[M]>;

/** A page of a picture file under a transform. */
export interface DrawnPicture {
  readonly sourceSize: { readonly width: number; readonly height: number };
  readonly pixels: Raster;
}

/** What a placed picture needs to become a layer. */
export interface PlacedPicture extends DrawnPicture {
  readonly source: AssetId;
  readonly sourceName: string;
  /** Of a file of several pages or frames: which it is, from 1, and how many there are. */
  readonly page?: number;
  readonly pages?: number;
  readonly transform: [number, number, number, number, number, number];
  readonly link?: { readonly path: string; readonly modifiedMs: number; readonly byPage?: true };
  /** How it was painted, where its file says so. */
  readonly recipe?: CarriedRecipe;
  /** Message keys of what was converted or left out. */
  readonly notes: readonly Note[];
}

/** Text as pixels of the document, and what had to be replaced in it. */
export interface RenderedText {
  readonly pixels: Raster;
  /** Of its lines, in px from `at` before it is turned. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly notes: readonly Note[];
}

/** A kept file that the page may fetch, or where it was written. */
export interface WrittenFile {
  readonly name: string;
  /** Address below the page's own, where it was kept. */
  readonly address?: string;
  readonly path?: string;
  readonly bytes: number;
  readonly notes?: readonly Note[];
}

export interface TeachRunState {
  readonly run: string;
  readonly name: string;
  readonly state: 'running' | 'paused' | 'left' | 'done' | 'failed';
  readonly depth?: Depth;
  readonly metrics?: TrainingMetrics;
  readonly preview?: PictureId;
  /** The artist's own picture as it was when the run began, and where in which document that was: there the style goes. */
  readonly before?: PictureId;
  readonly place?: { readonly document: string; readonly beneath?: LayerId; readonly above?: LayerId };
  readonly checkpoints: readonly { readonly name: string; readonly step: number; readonly preview?: PictureId; readonly style: string }[];
  readonly fault?: Fault;
  /** What the teacher said of the paintings and of the run. */
  readonly notes?: readonly Note[];
  readonly paintings: readonly string[];
  /** What the artist asked for last. */
  readonly wishes: { readonly balance: number; readonly strokePercent: number; readonly marks: readonly PreviewMark[] };
  /** Style in the library, once done. */
  readonly style?: string;
}

/** Parts of a painting the teacher doubts, and the crop it proposes. */
export interface PaintingSurvey {
  readonly picture: PictureId;
  readonly size: { readonly width: number; readonly height: number };
  readonly notes: readonly Note[];
  readonly proposed?: Region;
}

/** What each request is answered with. */
export interface StudioAnswers {
  status: StudioStatus;
  'settings.read': Settings;
  'settings.change': Settings;
  'home.read': HomeState;
  'home.check': HomeFinding;
  'home.choose': HomeState;
  'home.cancel': null;
  licences: readonly { readonly name: string; readonly licence: string; readonly text: string }[];
  'documents.list': readonly DocumentCard[];
  'documents.create': OpenedDocument;
  'documents.import': OpenedDocument;
  'documents.sample': OpenedDocument;
  'documents.open': OpenedDocument;
  'documents.close': null;
  'documents.remove': null;
  'documents.commit': { readonly bytes: number };
  'documents.amend': null;
  'documents.move': null;
  'documents.snapshot': HistoryState['snapshots'];
  'documents.thumbnail': null;
  'documents.thin': HistoryState;
  'documents.thinPlan': ThinPlan;
  'documents.save': WrittenFile;
  'pictures.place': PlacedPicture;
  'pictures.transform': DrawnPicture;
  'pictures.flatten': { readonly picture: PictureId; readonly width: number; readonly height: number };
  'pictures.read': { readonly picture: PictureId; readonly notes: readonly Note[] };
  'pictures.keep': { readonly picture: PictureId };
  'pictures.save': WrittenFile;
  'text.fonts': readonly FontFamily[];
  'text.addFont': { readonly families: readonly string[] };
  'text.ownFont': { readonly files: readonly string[]; readonly families: readonly string[] };
  'text.removeFont': { readonly families: readonly string[] };
  'text.render': RenderedText;
  'glaze.measure': { readonly statistics: AssetId };
  /** Of the paint that each of the layers has then. */
  'glaze.rest': { readonly sequences: Readonly<Record<LayerId, number>> };
  'recipe.masks': { readonly masks: readonly Mask[] };
  'variants.render': { readonly job: string };
  'variants.judge': null;
  'compare.measure': VariantMeters;
  'compare.save': WrittenFile;
  'styles.list': readonly GalleryStyle[];
  'styles.import': { readonly name: string; readonly notes: readonly Note[] };
  'styles.export': WrittenFile;
  'styles.rename': null;
  'styles.remove': null;
  'styles.saveMix': { readonly name: string };
  'styles.arrange': null;
  'teach.survey': PaintingSurvey;
  'teach.judge': { readonly notes: readonly Note[] };
  'teach.start': { readonly run: string };
  'teach.pause': null;
  'teach.resume': null;
  'teach.stop': { readonly style?: string };
  'teach.discard': null;
  'teach.adjust': null;
  'teach.checkpoint': null;
  /** `kept`: how the style is called now that had this name. */
  'teach.take': { readonly style: string; readonly kept?: string };
  'teach.list': readonly TeachRunState[];
  'teach.metrics': MetricSeries;
  export: { readonly job: string };
  'jobs.list': readonly JobState[];
  'jobs.cancel': null;
  'jobs.retry': null;
  'jobs.clear': null;
}

/** Names one page to the host as long as it is loaded, over all its connections. */
export type PageId = string;

/** The requests of the studio; `page`: who asks, where that matters. Each throws StudioError inside a host and is answered as a Result outside. */
export type StudioApi = { readonly [M in StudioMethod]: (params: StudioParams<M>, page?: PageId) => Promise<StudioAnswers[M]> };

/** What the studio tells every window unasked. */
export type StudioEvent =
  | { readonly kind: 'engine'; readonly state: EngineState | 'restarting'; readonly provider?: string }
  | { readonly kind: 'job'; readonly job: JobState }
  | { readonly kind: 'glaze.tiles'; readonly paint: GlazeTiles }
  /** Fresh statistics: the page amends its record. `drift`: renewed because the picture has changed much. */
  | { readonly kind: 'glaze.measured'; readonly document: string; readonly layer: LayerId; readonly statistics: AssetId; readonly drift: boolean }
  | { readonly kind: 'glaze.failed'; readonly document: string; readonly layer: LayerId; readonly fault: Fault }
  | { readonly kind: 'variant'; readonly job: string; readonly index: number; readonly picture: PictureId; readonly width: number; readonly height: number; readonly meters?: VariantMeters }
  | { readonly kind: 'variant.failed'; readonly job: string; readonly index: number; readonly fault: Fault }
  | { readonly kind: 'linked'; readonly document: string; readonly layer: LayerId; readonly placed: PlacedPicture }
  /** The file a layer is linked to cannot be read; told once, until it can. The layer keeps its pixels. */
  | { readonly kind: 'linked.failed'; readonly document: string; readonly layer: LayerId; readonly fault: Fault }
  | { readonly kind: 'styles.changed' }
  /** How far the artist's folder is copied. */
  | { readonly kind: 'home.moving'; readonly doneBytes: number; readonly totalBytes: number; readonly secondsLeft?: number }
  | { readonly kind: 'teach'; readonly run: TeachRunState }
  | { readonly kind: 'settings'; readonly settings: Settings };

/** One question. `id` is the asker's and comes back with the answer. */
export interface StudioCall {
  readonly id: number;
  readonly method: StudioMethod;
  readonly params?: unknown;
}

export interface StudioReply {
  readonly id: number;
  readonly result: Result<unknown>;
}

/** Bytes of the longest question that the browser host takes: a step that changes a million tiles. Pixels do not travel with it. */
export const longestCallBytes = 256 * 2 ** 20;

/** Close codes of the browser host's socket, beyond the protocol's own. */
export const socketClosed = { wrongToken: 4401, notUnderstood: 4400 } as const;

/** True for a well-formed question; its params are checked by the studio itself. */
export function isStudioCall(value: unknown): value is StudioCall {
  if (typeof value !== 'object' || value === null) return false;
  const { id: number, method } = value as Partial<Record<keyof StudioCall, unknown>>;
  return Number.isSafeInteger(number) && typeof method === 'string' && Object.hasOwn(studioRequests, method);
}

export type { LanguageTag, Note };

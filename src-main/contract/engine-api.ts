// What a host may ask of the engine process, what it is told on the way, and how both travel.
import type { Change } from './changes.ts';
import type { AssetId, DocumentId, DocumentRecord, GlazeSettings, LayerId, Mask, Matrix, TextSettings } from './document.ts';
import type { Fault } from './fault.ts';
import type { EntryId } from './history.ts';
import type { Extent, Region } from './image.ts';
import type { JobProgress } from './job.ts';
import type { Note } from './note.ts';
import type { CarriedRecipe, RecipeMask } from './recipe.ts';
import type { Result } from './result.ts';
import type { SmallPaintNews } from './small-paint.ts';
import type { DrawnPicture, PlacedPicture, RenderedText } from './studio-api.ts';
import type { FontFamily, VariantMeters } from './studio-records.ts';
import type { MixEntry } from './style.ts';

/** What the engine says of itself once it has run a model. */
export interface EngineStatus {
  /** The runtime of models and its version, e.g. "onnxruntime 1.30.0". */
  readonly runtime: string;
}

export interface SurveyedPainting {
  /** Of the file, in px. */
  readonly size: Extent;
  readonly notes: readonly { readonly key: string; readonly details: Readonly<Record<string, string | number>> }[];
  readonly proposed?: Region;
}

/** Absolute paths. */
export interface Folders {
  /** Everything of the artist: library, settings, work in progress. */
  readonly home: string;
  /** The artist's presets. */
  readonly styles: string;
  /** Checkpoints, spools and other work that may be thrown away. */
  readonly work: string;
  /** What ships with the program: resources/styles, resources/models. */
  readonly resources: string;
}

/** A state of a document that is composited, with what its glazes are painted on. */
export interface EngineScene {
  readonly record: DocumentRecord;
  /** Folder of its assets. */
  readonly assets: string;
  /** Whether it is the present state of a document the engine keeps. */
  readonly isPresent: boolean;
  readonly folders: Folders;
  readonly device: string;
  readonly threads?: number;
}

/** What a glaze sees: what lies beneath the one named, or beneath a new one directly above a layer; neither: the whole picture. */
export interface GlazeSight {
  readonly beneath?: LayerId;
  readonly above?: LayerId;
}

/** Two picture files, and the style one was painted in. */
export interface ComparedFiles {
  readonly before: string;
  readonly after: string;
  readonly style?: string;
  readonly folders: Folders;
}

/** Every request of the engine: what it is asked with, and what it answers. Buffers travel as copies. */
export interface EngineRequests {
  status: { readonly params: null; readonly answer: EngineStatus };
  /** Judges a painting, or a part of it (`longestPx`: long side of the largest part beside it); a PNG of all of it is written to `shown`. */
  'painting.survey': { readonly params: { readonly path: string; readonly crop?: Region | undefined; readonly longestPx?: number | undefined; readonly shown?: string }; readonly answer: SurveyedPainting };
  /** Whether a file is somebody's style network; `id` is its sha-256. */
  'network.inspect': { readonly params: { readonly path: string }; readonly answer: { readonly id: string; readonly learnedSizePx: number; readonly notes: readonly Note[] } };
  /** Paints the shipped sample in a mix, into the PNG file `out`. */
  'style.sample': { readonly params: { readonly mix: readonly MixEntry[]; readonly out: string; readonly folders: Folders; readonly device: string }; readonly answer: { readonly learnedSizePx: number } };
  /** Keeps a document beside main: its glazes are painted from then on, told by `glaze` events. */
  'glaze.open': { readonly params: { readonly record: DocumentRecord; readonly state: EntryId; readonly assets: string; readonly folders: Folders; readonly device: string; readonly threads?: number }; readonly answer: null };
  /** Changes of its record, which lead to `state`; document.conflict where the engine has another record. */
  'glaze.change': { readonly params: { readonly document: DocumentId; readonly changes: readonly Change[]; readonly state: EntryId }; readonly answer: null };
  'glaze.close': { readonly params: { readonly document: DocumentId }; readonly answer: null };
  /** As of StudioApi. */
  'glaze.rest': { readonly params: { readonly document: DocumentId; readonly layers: readonly LayerId[] }; readonly answer: null };
  /** Measures a glaze on what lies beneath it now; nothing where it has no style. */
  'glaze.measure': { readonly params: { readonly document: DocumentId; readonly layer: LayerId }; readonly answer: { readonly statistics?: Uint8Array } };
  /** Masks of a recipe stretched over a canvas, as tiles among the assets of a document. */
  'recipe.masks': { readonly params: { readonly masks: readonly RecipeMask[]; readonly assets: string; readonly canvas: Extent }; readonly answer: { readonly masks: readonly Mask[] } };
  /** Reads a picture file into the assets and draws it on a canvas of a size. */
  'picture.place': {
    readonly params: { readonly path: string; readonly assets: string; readonly scratch: string; readonly canvas: Extent; readonly fit: boolean; readonly transform?: Matrix; readonly page?: number };
    readonly answer: Omit<PlacedPicture, 'link'>;
  };
  'picture.transform': {
    readonly params: { readonly source: AssetId; readonly page?: number; readonly transform: Matrix; readonly assets: string; readonly scratch: string; readonly canvas: Extent };
    readonly answer: DrawnPicture;
  };
  /** Fonts that ship, of the artist and of the system, by name. */
  'text.fonts': { readonly params: { readonly home: string }; readonly answer: readonly FontFamily[] };
  /** Whether a file is a font, and of which families. */
  'text.inspect': { readonly params: { readonly path: string }; readonly answer: { readonly families: readonly string[] } };
  /** Paths of the artist's own files that a family is in, and all families in them. */
  'text.ownFiles': { readonly params: { readonly home: string; readonly font: string }; readonly answer: { readonly files: readonly string[]; readonly families: readonly string[] } };
  /** Text as tiles among the assets of a document. */
  'text.render': {
    readonly params: { readonly settings: TextSettings; readonly home: string; readonly canvas: Extent; readonly depth: 8 | 16; readonly assets: string };
    readonly answer: RenderedText;
  };
  /** A composite of a state as a PNG file; `nearly` as of `pictures.flatten`. */
  'picture.flatten': { readonly params: EngineScene & GlazeSight & { readonly longSidePx: number; readonly hidden?: readonly LayerId[]; readonly only?: LayerId; readonly nearly?: boolean; readonly out: string }; readonly answer: Extent };
  /** A state as a picture file; what is missing of its size follows from the document. */
  'document.export': {
    readonly params: EngineScene & {
      readonly format: 'png' | 'jpeg' | 'webp' | 'tiff';
      readonly width?: number;
      readonly height?: number;
      readonly dpi: number;
      readonly depth: 8 | 16;
      readonly quality?: number;
      readonly profile: 'srgb' | 'display-p3' | 'adobe-rgb';
      readonly withRecipe: boolean;
      readonly matte: readonly number[];
      readonly out: string;
    };
    readonly answer: Extent & { readonly notes: readonly Note[] };
  };
  /** A state with its layers as a file; earlier files of that name may be kept beside it. */
  'document.save': { readonly params: EngineScene & { readonly format: 'ora' | 'psd'; readonly out: string; readonly generations: number }; readonly answer: null };
  /** One variant as a PNG file; those of one `run` share what they are painted over. */
  'variant.paint': {
    readonly params: EngineScene & GlazeSight & { readonly run: string; readonly longSidePx: number; readonly settings: GlazeSettings; readonly meters: boolean; readonly out: string };
    readonly answer: Extent & { readonly meters?: VariantMeters };
  };
  'compare.measure': { readonly params: ComparedFiles; readonly answer: VariantMeters };
  /** Before | style | after as one picture file. */
  'compare.sheet': { readonly params: ComparedFiles & { readonly out: string }; readonly answer: Extent };
  /** Reads a picture, a PSD or an OpenRaster file; pixels go to the folder `assets`. */
  'document.import': { readonly params: { readonly path: string; readonly id: string; readonly assets: string; readonly scratch: string }; readonly answer: { readonly record: DocumentRecord; readonly recipe?: CarriedRecipe; readonly notes: readonly Note[] } };
}

export type EngineMethod = keyof EngineRequests;
export type EngineParams<M extends EngineMethod> = EngineRequests[M]['params'];
export type EngineAnswer<M extends EngineMethod> = EngineRequests[M]['answer'];

/** `id` is the asker's and comes back with everything that belongs to it. */
export type EngineCall = { [M in EngineMethod]: { readonly kind: 'call'; readonly id: number; readonly method: M; readonly params: EngineParams<M> } }[EngineMethod];

/** Asks the work of a call to stop; it then ends with job.cancelled. */
export interface EngineCancel {
  readonly kind: 'cancel';
  readonly id: number;
}

export type EngineMessage =
  | { readonly kind: 'reply'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: JobProgress }
  | { readonly kind: 'event'; readonly event: EngineEvent };

/** What the engine tells unasked. */
export type EngineEvent =
  | { readonly kind: 'device'; readonly provider: string; readonly wished?: string }
  /** Paint of a glaze: bytes of tiles by place, null where nothing is left; `painted`: places that show all of `state`. The rest as of GlazeTiles. */
  | {
      readonly kind: 'glaze';
      readonly document: DocumentId;
      readonly layer: LayerId;
      readonly sequence: number;
      readonly whole: boolean;
      readonly tiles: Readonly<Record<string, Uint8Array | null>>;
      readonly small?: SmallPaintNews;
      readonly coarse: boolean;
      readonly atRest: boolean;
      readonly state: EntryId;
      readonly painted: readonly string[];
    }
  /** Statistics that the record does not name yet. */
  | { readonly kind: 'glaze.measured'; readonly document: DocumentId; readonly layer: LayerId; readonly statistics: Uint8Array; readonly drift: boolean }
  | { readonly kind: 'glaze.failed'; readonly document: DocumentId; readonly layer: LayerId; readonly fault: Fault };

// Records the studio shows: cards of documents and styles, jobs, meters.
import type { DocumentRecord, GlazeSettings, LayerId } from './document.ts';
import type { Fault } from './fault.ts';
import type { HistoryState } from './history.ts';
import type { Note } from './note.ts';
import type { CarriedRecipe } from './recipe.ts';
import type { StyleCard } from './style-card.ts';

export type LanguageTag = 'en' | 'zh-CN';

/** An encoded picture the host keeps for its pages: GET /pictures/ID. */
export type PictureId = string;

export interface DocumentCard {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** ISO 8601. */
  readonly changedAt: string;
  readonly thumbnail?: PictureId;
  readonly bytes: number;
  /** The program ended while it was open. */
  readonly recovered: boolean;
}

/** A document as a window receives it. */
export interface OpenedDocument {
  readonly record: DocumentRecord;
  readonly history: HistoryState;
  /** How the picture it was made of was painted, where its file says so. */
  readonly recipe?: CarriedRecipe;
  /** What could not be kept on import, what was converted, what was recovered. */
  readonly notes: readonly Note[];
  /** Made by a newer program, or open in another window. */
  readonly readOnly: boolean;
}

export interface GalleryStyle {
  readonly name: string;
  readonly id: string;
  /** `foreign`: an ONNX network of somebody else's. */
  readonly kind: 'code' | 'network' | 'foreign';
  readonly origin: 'shipped' | 'own';
  /** Styles of one base mix in one pass. */
  readonly base?: string;
  readonly learnedSizePx: number;
  readonly thumbnail?: PictureId;
  /** Of the painting itself, where one may be shown. */
  readonly painting?: PictureId;
  readonly card?: StyleCard;
  readonly tags: readonly string[];
  readonly favourite: boolean;
  readonly folder?: string;
  /** ISO 8601. */
  readonly createdAt?: string;
  readonly licence: string;
}

/** A family of fonts that text may be set in. */
export interface FontFamily {
  readonly name: string;
  /** `own`: brought along by the artist, kept in HOME. */
  readonly origin: 'bundled' | 'own' | 'system';
  /** Rising; lightest and boldest where it varies. */
  readonly weights: readonly number[];
  readonly varies: boolean;
  readonly hasItalic: boolean;
}

export interface JobState {
  readonly id: string;
  readonly kind: 'export' | 'variants' | 'teach' | 'glaze' | 'save' | 'import';
  /** Words in the locales under jobs.KIND, filled with details. */
  readonly details: Readonly<Record<string, string | number>>;
  /** `interrupted`: the program ended before it had. */
  readonly state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed' | 'interrupted';
  /** Of the whole job, 0..1; absent: not known. */
  readonly share?: number;
  readonly stage?: string;
  readonly secondsLeft?: number;
  readonly fault?: Fault;
  /** What the artist should know of the result, in the order it was told. */
  readonly notes?: readonly Note[];
  readonly file?: { readonly name: string; readonly address?: string; readonly path?: string; readonly bytes: number };
  /** Of an import: the document it has made. */
  readonly document?: string;
  /** Of variants that were interrupted: what a page needs to show them. */
  readonly variants?: { readonly document: string; readonly beneath?: LayerId; readonly above?: LayerId; readonly items: readonly GlazeSettings[] };
  /** From the asking to the end, once it has ended. */
  readonly seconds?: number;
  readonly canCancel: boolean;
  readonly canRetry: boolean;
  /** By what name the page knows it that asked: it may hold a file that the host has no more. */
  readonly asked?: string;
  /** Counts up with every change of this job. */
  readonly sequence: number;
}

/** Absent where it cannot be told. */
export interface VariantMeters {
  /** 0..1, 1: the picture is all there. */
  readonly contentKept?: number;
  /** 0..1, 1: as the painting. */
  readonly styleMatch?: number;
  /** Mean ΔE2000 between before and after. */
  readonly colourShift?: number;
}

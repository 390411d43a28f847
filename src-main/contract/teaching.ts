// A teaching as host and trainer process speak of it: the order, what is told on the way, and the outcome.
import type { Fault } from './fault.ts';
import type { Region } from './image.ts';
import type { MarkKind } from './style.ts';
import type { Depth, Objective, TrainingMetrics } from './training.ts';

/** Parts of a painting in px of its file, each learned from as a painting of its own; or the part that is proposed. */
export type PaintingCrops = readonly Region[] | 'auto';

/** A part is at least this wide and high, in px of its file; where the painting itself is smaller, as it is. */
export const leastCropPx = 96;
/** Parts of one painting. */
export const mostCrops = 16;

/** What the artist asks for. Absent numbers take the recipe's defaults. */
export interface TeachRequest {
  readonly paintings: readonly string[];
  readonly name: string;
  /** What of a painting is learned: parts of it (one painting only), or what is proposed; absent: all. */
  readonly crop?: PaintingCrops;
  /** The same for each painting in turn; null: all of it. Stands before `crop`. */
  readonly crops?: readonly (PaintingCrops | null)[];
  /** Photographs and folders of them to practise on; absent: the paintings themselves and pictures the program makes. */
  readonly photos?: readonly string[];
  /** Practise on those pictures beside the photographs, half of the time. */
  readonly mix?: boolean;
  /** Perceptual feature network. */
  readonly features: string;
  /** A base generator's file, or 'none' for the identity generator. */
  readonly base: string;
  /** How far to go; `paint` when absent. */
  readonly depth?: Depth;
  /** Budget: seconds become steps after 20 timed ones. */
  readonly seconds?: number;
  readonly steps?: number;
  /** What the painting's colours lie side by side in; absent: as the shipped style whose marks are most like it. */
  readonly marks?: MarkKind;
  readonly styleWeight?: number;
  readonly contentWeight?: number;
  readonly learningRate?: number;
  readonly objective?: Objective;
  /** R1 penalty γ; 0 when absent. */
  readonly r1?: number;
  readonly seed: number;
  /** Long side in px to which the paintings are scaled: how large the strokes are learned. */
  readonly styleSizePx?: number;
  readonly cropPx?: number;
  /** Go on from the checkpoint in the run folder. */
  readonly resume: boolean;
  /** An earlier style to start from; the result is its new version. */
  readonly continueStyle?: string;
  readonly out: string;
  /** Absent: one thread or all, whichever is found to be quicker; a resumed run keeps what it had. */
  readonly threads?: number;
  /** A photograph to show progress on; the first of the photographs when absent. */
  readonly preview?: string;
}

/** What the trainer tells. A run ends with exactly one `done` or `failed`. */
export type TrainerEvent =
  | { readonly kind: 'stage'; readonly stage: string; readonly done: number; readonly total: number }
  | { readonly kind: 'metrics'; readonly metrics: TrainingMetrics }
  | { readonly kind: 'preview'; readonly file: string; readonly depth: Depth; readonly step: number }
  /** A state that was asked to be kept, as a style of its own. */
  | { readonly kind: 'kept'; readonly name: string; readonly file: string; readonly step: number }
  | { readonly kind: 'warning'; readonly key: string; readonly details: Readonly<Record<string, string | number>> }
  | { readonly kind: 'done'; readonly outcome: TeachOutcome }
  | { readonly kind: 'failed'; readonly fault: Fault };

/** What the host tells the trainer. */
export type TrainerCommand =
  | { readonly kind: 'teach'; readonly request: TeachRequest; readonly folders: TrainerFolders }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** Ends as if the run had come to its end: the style so far is the result. */
  | { readonly kind: 'finish' }
  | { readonly kind: 'keep'; readonly name: string }
  | { readonly kind: 'steer'; readonly wishes: TeachWishesLive };

/** What can be changed while a run goes. */
export interface TeachWishesLive {
  /** 0 more of the picture, 0.5 as planned, 1 more of the painting. */
  readonly balance: number;
  /** Stroke size in % of the painting's own, at which previews are painted and the style is kept. */
  readonly strokePercent: number;
  readonly marks: readonly PreviewPart[];
}

/** A part of the preview in shares of its width and height, [0,1], to see more or less like. */
export interface PreviewPart {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly verdict: 'more' | 'less';
}

/** Absolute paths the trainer needs of its host. */
export interface TrainerFolders {
  readonly resources: string;
  /** Where this run keeps its checkpoint and previews. */
  readonly run: string;
}

export interface TeachOutcome {
  readonly preset: string;
  readonly model: string;
  readonly marks: MarkKind;
  readonly steps: number;
  readonly seconds: number;
  /** Means over the last steps, by name. */
  readonly losses: Readonly<Record<string, number>>;
}

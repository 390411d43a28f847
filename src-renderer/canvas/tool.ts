// What a tool is: a state machine of pen gestures, and the stage it acts on.
import type { Change } from '../../src-main/contract/changes.ts';
import type { Colour, DocumentRecord, Layer, LayerId, Matrix } from '../../src-main/contract/document.ts';
import type { HistoryLabel } from '../../src-main/contract/history.ts';
import type { Region } from '../../src-main/contract/image.ts';
import type { FrameNumbers } from './frame-gestures.ts';
import type { Keys } from './keys.ts';
import type { Point, View } from './viewport.ts';
import type { BrushShape, CanvasMethod, CanvasRequests, PaintTarget, PenPoint, SelectionMode, SelectionState, StrokeStart } from './worker/protocol.ts';

export const toolIds = ['move', 'crop', 'select-rectangle', 'select-ellipse', 'lasso', 'wand', 'brush', 'eraser', 'smudge', 'style-brush', 'fill', 'gradient', 'text', 'eyedropper', 'hand'] as const;
export type ToolId = (typeof toolIds)[number];
/** Tools with a brush of their own. */
export const brushTools = ['brush', 'eraser', 'smudge', 'style-brush'] as const;
export type BrushTool = (typeof brushTools)[number];

/** Figures drawn over the picture, in document px. */
export type OverlayShape =
  | { readonly kind: 'outline'; readonly points: readonly Point[]; readonly closed: boolean }
  /** Everything but this rectangle is dimmed. */
  | { readonly kind: 'frame'; readonly corners: readonly Point[]; readonly dims: boolean; readonly thirds: boolean }
  /** The way of a brush whose paint comes later; `takes`: it takes away. */
  | { readonly kind: 'swath'; readonly points: readonly Point[]; readonly widthPx: number; readonly takes: boolean }
  | { readonly kind: 'handle'; readonly at: Point; readonly round: boolean };

/** What the tools' options hold, beside brushes and colours. */
export interface ToolOptionsState {
  readonly selectionMode: SelectionMode;
  readonly feather: number;
  readonly tolerance: number;
  readonly contiguous: boolean;
  readonly wholePicture: boolean;
  readonly gradientShape: 'linear' | 'radial';
  /** The style brush: paints a style in, or out; `layer`: the glaze's own mask. */
  readonly styleBrush: { readonly on: 'layer' | number; readonly erases: boolean };
  /** Width over height of a crop. */
  readonly cropRatio: 'free' | 'document' | number;
}

/** The frame of a transform or crop; `pending`: not made yet. */
export interface FrameState extends FrameNumbers {
  readonly pending: boolean;
}

/** Sentences a tool may say, words under canvas.hints.KEY. */
export type Hint = 'noLayer' | 'notPaintable' | 'nothingToSmudge' | 'locked' | 'alphaLocked' | 'alphaLockedPart' | 'hidden' | 'needsGlaze' | 'nothingThere' | 'nothingToCopy' | 'nothingToCopyHere' | 'nothingToPaste' | 'readOnly';

export interface Stage {
  record(): DocumentRecord | undefined;
  activeLayer(): Layer | undefined;
  chosen(): readonly LayerId[];
  choose(ids: readonly LayerId[]): void;
  view(): View;
  options(): ToolOptionsState;
  brush(tool: BrushTool): BrushShape;
  /** Whether a mask is what the brush, eraser and fill work on. */
  paintsMask(): boolean;
  colour(): Colour;
  secondColour(): Colour;
  setColour(colour: Colour): void;
  selection(): SelectionState;
  stroke(start: StrokeStart): void;
  points(points: readonly PenPoint[]): void;
  lift(): void;
  abandon(): void;
  preview(layers: readonly LayerId[], matrix: Matrix | null): void;
  ask<M extends CanvasMethod>(method: M, params: CanvasRequests[M]['params']): Promise<CanvasRequests[M]['answer']>;
  /** A new layer of paint beside the active one, chosen from then on; undefined where none can be made. */
  addPaintLayer(): LayerId | undefined;
  commit(label: HistoryLabel, changes: readonly Change[]): void;
  /** Placed files and text drawn anew under another transform, as changes. */
  transformSources(ids: readonly LayerId[], matrix: Matrix): Promise<Change[]>;
  /** Opens the editor for new text, at a point or in lines that fill a box. */
  writeText(place: Point | Region): void;
  editText(layer: LayerId): void;
  finishText(): void;
  draw(shapes: readonly OverlayShape[]): void;
  /** Figures for the options bar. */
  tellFrame(frame: FrameState | undefined): void;
  hint(hint: Hint): void;
  /** A failure told to the artist. */
  fail(thrown: unknown): void;
  pan(dxScreen: number, dyScreen: number): void;
}

/** One tool at work. Points in document px. */
export interface ToolSession {
  press(point: PenPoint, keys: Keys): void;
  drag(points: readonly PenPoint[], keys: Keys): void;
  release(point: PenPoint, keys: Keys): void;
  hover?(point: Point, keys: Keys): void;
  /** Pen lost, Escape: back to before the press. */
  abandon(): void;
  /** Keys a tool takes for itself; true: taken. */
  key?(name: string, keys: Keys): boolean;
  /** The document has changed, or the choice of layers. */
  refresh?(): void;
  /** Another tool was chosen. */
  leave?(): void;
  setFrame?(changes: Partial<FrameNumbers>): void;
  flip?(how: 'across' | 'down' | 'left' | 'right'): void;
  /** Makes what is pending. */
  apply?(): void;
  /** CSS cursor over a point. */
  cursor?(point: Point): string;
}

export interface Tool {
  readonly id: ToolId;
  /** Says how the pen looks over the canvas: a circle of the brush, a cross, an arrow. */
  readonly cursor: 'brush' | 'crosshair' | 'default' | 'grab';
  readonly shortcut: string;
  start(stage: Stage): ToolSession;
}

export type { PaintTarget };
export { noKeys, type Keys } from './keys.ts';

// What the window and the canvas worker tell each other.
import type { Change } from '../../../src-main/contract/changes.ts';
import type { AssetId, BlendMode, Colour, DocumentRecord, LayerId, Mask, Matrix, Raster } from '../../../src-main/contract/document.ts';
import type { EntryId, HistoryLabel } from '../../../src-main/contract/history.ts';
import type { Extent, PixelBuffer, Region } from '../../../src-main/contract/image.ts';
import type { Result } from '../../../src-main/contract/result.ts';
import type { GlazeTiles } from '../../../src-main/contract/glaze-tiles.ts';
import type { Point, View } from '../viewport.ts';

/** What a tool paints on: a layer's own pixels, its mask, or the mask of one style of a glaze. */
export interface PaintTarget {
  readonly layer: LayerId;
  readonly part: 'pixels' | 'mask' | { readonly style: number };
}

export interface BrushShape {
  readonly sizePx: number;
  /** 0..1. */
  readonly hardness: number;
  /** 0..1: how much one dab lays down. */
  readonly flow: number;
  /** 0..1: the most a whole stroke lays down; of smudging its strength. */
  readonly opacity: number;
  /** Share of the size. */
  readonly spacing: number;
  /** 0..1: how much the hand is steadied. */
  readonly smoothing: number;
  readonly pressureSize: boolean;
  readonly pressureOpacity: boolean;
}

export interface StrokeStart {
  readonly target: PaintTarget;
  readonly effect: 'paint' | 'erase' | 'smudge';
  readonly colour: Colour;
  readonly brush: BrushShape;
  readonly label: HistoryLabel;
}

/** In document px. pressure 0..1; tilt in degrees. */
export interface PenPoint extends Point {
  readonly pressure: number;
  readonly tiltX: number;
  readonly tiltY: number;
  /** performance.timeOrigin + event time, ms. */
  readonly atMs: number;
}

export type SelectionMode = 'replace' | 'add' | 'subtract' | 'intersect';

export type SelectionShape =
  | { readonly kind: 'rectangle' | 'ellipse'; readonly region: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } }
  | { readonly kind: 'lasso'; readonly points: readonly Point[] }
  | { readonly kind: 'all' | 'none' | 'invert' }
  | { readonly kind: 'wand'; readonly at: Point; readonly tolerance: number; readonly contiguous: boolean };

/** Left of a line across the screen the picture is shown without a layer. */
export interface Split {
  readonly layer: LayerId;
  /** Of the screen's width. */
  readonly at: number;
}

/** A closed line in document px: x0, y0, x1, y1, … */
export type Outline = Float32Array;

export interface SelectionState {
  readonly has: boolean;
  readonly bounds: Region;
  readonly outline: readonly Outline[];
}

/** A step of history made from pixels, to be committed by the window in order. */
export interface PixelStep {
  /** Names the step between window and worker. */
  readonly step: number;
  readonly label: HistoryLabel;
  readonly changes: readonly Change[];
}

/** Questions that are answered once. */
export interface CanvasRequests {
  thumbnail: { readonly params: { readonly layer: LayerId; readonly part: 'pixels' | 'mask'; readonly longSidePx: number }; readonly answer: ImageBitmap | null };
  state: { readonly params: { readonly longSidePx: number }; readonly answer: Blob | null };
  pick: { readonly params: { readonly at: Point; readonly layer?: LayerId; readonly radius: number }; readonly answer: Colour | null };
  /** Feather in px of the Gaussian's sigma. */
  select: { readonly params: { readonly shape: SelectionShape; readonly mode: SelectionMode; readonly feather: number; readonly layer?: LayerId }; readonly answer: null };
  flood: { readonly params: { readonly target: PaintTarget; readonly at: Point; readonly tolerance: number; readonly contiguous: boolean; readonly wholePicture: boolean; readonly colour: Colour; readonly label: HistoryLabel }; readonly answer: null };
  /** Fills or clears the selection, or everything where nothing is selected. */
  fill: { readonly params: { readonly target: PaintTarget; readonly colour: Colour | null; readonly label: HistoryLabel }; readonly answer: null };
  gradient: { readonly params: { readonly target: PaintTarget; readonly from: Point; readonly to: Point; readonly shape: 'linear' | 'radial'; readonly colours: readonly [Colour, Colour]; readonly label: HistoryLabel }; readonly answer: null };
  /** The selected part of a layer (or of the whole picture) as straight RGBA of the greatest depth among what is copied. */
  copy: { readonly params: { readonly layer?: LayerId }; readonly answer: { readonly pixels: PixelBuffer; readonly x: number; readonly y: number } | null };
  /** Straight RGBA as tiles on disk, of the document's depth at least; the layer is the window's affair. */
  keep: { readonly params: { readonly pixels: PixelBuffer; readonly x: number; readonly y: number }; readonly answer: Raster };
  /** Resamples a raster layer's pixels (and mask): document px of the result = matrix · document px of now. */
  transform: { readonly params: { readonly layers: readonly LayerId[]; readonly matrix: Matrix; readonly label: HistoryLabel }; readonly answer: null };
  /** Layers composited into one raster of the greatest depth among them and the document, glazes with the paint of these sequences; null: they have another by now. */
  merge: { readonly params: { readonly layers: readonly LayerId[]; readonly sequences: Readonly<Record<LayerId, number>> }; readonly answer: Raster | null };
  /** A layer's paint multiplied by its mask. */
  applyMask: { readonly params: { readonly layer: LayerId }; readonly answer: Raster | null };
  /** A layer's mask turned round, its tiles on disk. */
  invertMask: { readonly params: { readonly layer: LayerId }; readonly answer: Mask | null };
  /** Every tile of a raster the selection cuts: for masks made from it. */
  selectionMask: { readonly params: { readonly outside: 0 | 255 }; readonly answer: Raster | null };
  bounds: { readonly params: { readonly layer: LayerId }; readonly answer: Region | null };
  /** Resolves once every step so far is on disk and told. */
  settle: { readonly params: null; readonly answer: null };
  stats: { readonly params: null; readonly answer: CanvasStats };
}

/** Figures for the bench. */
export interface CanvasStats {
  /** From the pen's event to its pixels, ms. */
  readonly strokeMs: readonly number[];
  /** Time to draw one frame, ms. */
  readonly frameMs: readonly number[];
  readonly cachedBytes: number;
  readonly cachedTiles: number;
  readonly staleTiles: number;
  readonly loading: number;
}

export type CanvasMethod = keyof CanvasRequests;
export type CanvasCall = { [M in CanvasMethod]: { readonly kind: 'call'; readonly id: number; readonly method: M; readonly params: CanvasRequests[M]['params'] } }[CanvasMethod];

export type ToWorker =
  | { readonly kind: 'start'; readonly canvas: OffscreenCanvas; readonly address: string; readonly headers: Readonly<Record<string, string>>; readonly memoryMB: number }
  | { readonly kind: 'memory'; readonly memoryMB: number }
  /** `state`: of the history; `picture`: an asset, a small picture of that state. */
  | { readonly kind: 'open'; readonly record: DocumentRecord | null; readonly state: EntryId; readonly picture?: AssetId | undefined }
  /** Changes that lead to a state; `step`: they are those of a step the worker made itself. */
  | { readonly kind: 'change'; readonly changes: readonly Change[]; readonly state: EntryId; readonly step?: number }
  | { readonly kind: 'refused'; readonly step: number }
  | { readonly kind: 'view'; readonly view: View; readonly screen: Extent }
  /** `still`: nothing moves by itself, since the artist's system asks for that. */
  | { readonly kind: 'look'; readonly checker: readonly [string, string]; readonly around: string; readonly still: boolean; readonly hidden: readonly LayerId[]; readonly split: Split | null }
  | { readonly kind: 'glaze'; readonly paint: GlazeTiles }
  | { readonly kind: 'stroke'; readonly start: StrokeStart }
  | { readonly kind: 'points'; readonly points: readonly PenPoint[] }
  | { readonly kind: 'lift' }
  | { readonly kind: 'abandon' }
  /** Shows layers under a transform until it is made or dropped. */
  | { readonly kind: 'preview'; readonly layers: readonly LayerId[]; readonly matrix: Matrix | null }
  | CanvasCall;

export type FromWorker =
  | { readonly kind: 'reply'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'step'; readonly step: PixelStep }
  | { readonly kind: 'selection'; readonly selection: SelectionState }
  /** What was painted left everything as it was; `isBare`: it fell on nothing but what is see-through and locked so. */
  | { readonly kind: 'unchanged'; readonly target: PaintTarget; readonly isPaint: boolean; readonly isBare: boolean }
  /** Share of what is visible that still waits to be composited or loaded; 0 at rest. */
  | { readonly kind: 'busy'; readonly waiting: number }
  | { readonly kind: 'fault'; readonly fault: import('../../../src-main/contract/fault.ts').Fault };

export type { AssetId, BlendMode };

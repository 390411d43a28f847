// A rectangle under an affine map, moved, scaled and turned by its handles.
import type { Matrix } from '../../src-main/contract/document.ts';
import type { Region } from '../../src-main/contract/image.ts';
import { invert, mapPoint, multiply } from '../../src-main/raster/transform.ts';
import type { Keys } from './keys.ts';
import type { Point } from './viewport.ts';

/** x and y of a handle: -1 left or top, 0 middle, 1 right or bottom. */
export interface Handle {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

export type Grip = { readonly kind: 'scale'; readonly handle: Handle } | { readonly kind: 'turn' } | { readonly kind: 'move' };

export interface Frame {
  /** In px of its own. */
  readonly box: Region;
  /** Document px = matrix · own px. */
  readonly matrix: Matrix;
}

export const handles: readonly Handle[] = [
  { x: -1, y: -1 }, { x: 0, y: -1 }, { x: 1, y: -1 }, { x: 1, y: 0 }, { x: 1, y: 1 }, { x: 0, y: 1 }, { x: -1, y: 1 }, { x: -1, y: 0 },
];

/** Reach of a handle and of the turning zone around the frame, screen px. */
const gripPx = 9;
const turnPx = 28;
const turnStep = Math.PI / 12;

export function pointOf({ box, matrix }: Frame, handle: Handle): Point {
  const [x, y] = mapPoint(matrix, box.x + (box.width * (handle.x + 1)) / 2, box.y + (box.height * (handle.y + 1)) / 2);
  return { x, y };
}

export function cornersOf(frame: Frame): Point[] {
  return [{ x: -1, y: -1 }, { x: 1, y: -1 }, { x: 1, y: 1 }, { x: -1, y: 1 }].map((corner) => pointOf(frame, corner as Handle));
}

/** What a point takes hold of; `zoom` in screen px per document px. Undefined: nothing near. */
export function gripAt(frame: Frame, at: Point, zoom: number): Grip | undefined {
  const numbers = numbersOf(frame);
  const reach = Math.min(gripPx, Math.max(3, (Math.min(numbers.width, Math.abs(numbers.height)) * zoom) / 3)); // A small frame can still be moved.
  const near = handles.find((handle) => {
    const point = pointOf(frame, handle);
    return Math.hypot(point.x - at.x, point.y - at.y) * zoom <= reach;
  });
  if (near) return { kind: 'scale', handle: near };
  const back = invert(frame.matrix);
  if (!back) return undefined;
  const [x, y] = mapPoint(back, at.x, at.y);
  const { box } = frame;
  if (x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height) return { kind: 'move' };
  const isNear = cornersOf(frame).some((corner) => Math.hypot(corner.x - at.x, corner.y - at.y) * zoom <= turnPx);
  return isNear ? { kind: 'turn' } : undefined;
}

const shifted = (dx: number, dy: number): Matrix => [1, 0, 0, 1, dx, dy];

/** Scaled about a point of the box's own px. */
function scaled(matrix: Matrix, x: number, y: number, sx: number, sy: number): Matrix {
  return multiply(matrix, [sx, 0, 0, sy, x - sx * x, y - sy * y]);
}

/** Turned about a point of the document. */
export function turned(matrix: Matrix, about: Point, angle: number): Matrix {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return multiply([cos, sin, -sin, cos, about.x - cos * about.x + sin * about.y, about.y - sin * about.x - cos * about.y], matrix);
}

export function isWholeMove([a, b, c, d, e, f]: Matrix): boolean {
  return Math.abs(a - 1) < 1e-9 && Math.abs(b) < 1e-9 && Math.abs(c) < 1e-9 && Math.abs(d - 1) < 1e-9 && Math.abs(e - Math.round(e)) < 1e-6 && Math.abs(f - Math.round(f)) < 1e-6;
}

/** The frame once the pen that took a grip at `from` is at `to`. Shift: along one axis, freely, by steps; Alt: about the middle. */
export function gripped(frame: Frame, grip: Grip, from: Point, to: Point, keys: Keys): Frame {
  const { box, matrix } = frame;
  if (grip.kind === 'move') {
    let [dx, dy] = [Math.round(to.x - from.x), Math.round(to.y - from.y)];
    if (keys.shift) [dx, dy] = Math.abs(dx) > Math.abs(dy) ? [dx, 0] : [0, dy];
    return { box, matrix: multiply(shifted(dx, dy), matrix) };
  }
  if (grip.kind === 'turn') {
    const middle = pointOf(frame, { x: 0, y: 0 });
    const angleOf = (point: Point): number => Math.atan2(point.y - middle.y, point.x - middle.x);
    const angle = angleOf(to) - angleOf(from);
    return { box, matrix: turned(matrix, middle, keys.shift ? Math.round(angle / turnStep) * turnStep : angle) };
  }
  const back = invert(matrix);
  if (!back) return frame;
  const [px, py] = mapPoint(back, to.x, to.y);
  const { handle } = grip;
  const place = (side: number, start: number, length: number): number => start + (length * (side + 1)) / 2;
  const anchor = keys.alt ? { x: 0, y: 0 } : { x: -handle.x, y: -handle.y };
  const [ax, ay] = [place(anchor.x, box.x, box.width), place(anchor.y, box.y, box.height)];
  const ratio = (at: number, side: number, fixed: number, start: number, length: number): number => {
    if (side === 0) return 1;
    const whole = place(side, start, length) - fixed;
    const value = (at - fixed) / whole;
    return Math.abs(value * whole) < 1 ? Math.sign(value || 1) / Math.abs(whole) : value; // Never flat.
  };
  let [sx, sy] = [ratio(px, handle.x, ax, box.x, box.width), ratio(py, handle.y, ay, box.y, box.height)];
  if (handle.x !== 0 && handle.y !== 0 && !keys.shift) {
    const even = Math.max(Math.abs(sx), Math.abs(sy));
    [sx, sy] = [even * Math.sign(sx), even * Math.sign(sy)];
  }
  return { box, matrix: scaled(matrix, ax, ay, sx, sy) };
}

/** Figures of a frame: its top left corner, size and angle in degrees. */
export interface FrameNumbers {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

export function numbersOf({ box, matrix }: Frame): FrameNumbers {
  const [a, b, c, d] = matrix;
  const [x, y] = mapPoint(matrix, box.x, box.y);
  const scaleX = Math.hypot(a, b);
  return { x, y, width: box.width * scaleX, height: (box.height * (a * d - b * c)) / scaleX, angle: (Math.atan2(b, a) * 180) / Math.PI };
}

export function withNumbers(frame: Frame, changes: Partial<FrameNumbers>): Frame {
  const now = numbersOf(frame);
  const next = { ...now, ...changes };
  const angle = (next.angle * Math.PI) / 180;
  const [sx, sy] = [next.width / frame.box.width, next.height / frame.box.height];
  const linear: Matrix = [Math.cos(angle) * sx, Math.sin(angle) * sx, -Math.sin(angle) * sy, Math.cos(angle) * sy, 0, 0];
  const [left, top] = mapPoint(linear, frame.box.x, frame.box.y);
  const placed: Frame = { box: frame.box, matrix: multiply(shifted(next.x - left, next.y - top), linear) };
  if (changes.angle === undefined) return placed;
  const [was, is] = [pointOf(frame, { x: 0, y: 0 }), pointOf(placed, { x: 0, y: 0 })];
  return { box: frame.box, matrix: multiply(shifted(was.x - is.x, was.y - is.y), placed.matrix) };
}

/** Flips and quarter turns about the middle, moved by less than a px so that they stay on the grid. */
export function flipped(frame: Frame, how: 'across' | 'down' | 'left' | 'right'): Frame {
  const middle = pointOf(frame, { x: 0, y: 0 });
  const about = (linear: readonly [number, number, number, number]): Matrix => {
    const [a, b, c, d] = linear;
    return [a, b, c, d, middle.x - a * middle.x - c * middle.y, middle.y - b * middle.x - d * middle.y];
  };
  const linears = { across: [-1, 0, 0, 1], down: [1, 0, 0, -1], left: [0, -1, 1, 0], right: [0, 1, -1, 0] } as const;
  const [a, b, c, d, e, f] = about(linears[how]);
  return { box: frame.box, matrix: multiply([a, b, c, d, Math.round(e), Math.round(f)], frame.matrix) };
}

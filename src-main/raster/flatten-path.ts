// Curves as outlines of straight lines, close enough that no eye and no pixel tells.
import type { Matrix } from '../contract/document.ts';
import type { Outline } from './polygon.ts';
import { mapPoint } from './transform.ts';

/** One step of a path: M and L with a point, Q with one control point before it, C with two, Z closes. */
export interface PathStep {
  readonly type: string;
  readonly values: readonly number[];
}

/** Largest distance of the lines from the curve, in px. */
const tolerancePx = 0.02;
const mostLines = 256;

/**
 * A path under a matrix (document px = matrix · path units) as closed outlines; open parts are closed. Curves are divided evenly, as
 * finely as their second differences ask for.
 */
export function flattenPath(path: readonly PathStep[], matrix: Matrix): Outline[] {
  const outlines: [number, number][][] = [];
  let current: [number, number][] = [];
  const close = (): void => {
    if (current.length > 2) outlines.push(current);
    current = [];
  };
  for (const { type, values } of path) {
    if (type === 'Z' || type === 'M') close();
    if (type === 'Z') continue;
    const points: [number, number][] = [];
    for (let i = 0; i + 1 < values.length; i += 2) points.push(mapPoint(matrix, values[i]!, values[i + 1]!));
    const start = current.at(-1);
    if (points.length === 1 || !start) current.push(points.at(-1)!);
    else addCurve(current, [start, ...points]);
  }
  close();
  return outlines;
}

/** Bézier curves of degree 2 and 3. The bound on the lines' distance is that of G. Wang's formula. */
function addCurve(outline: [number, number][], points: readonly [number, number][]): void {
  const degree = points.length - 1;
  let bend = 0;
  for (let i = 0; i + 2 <= degree; i++) {
    const [a, b, c] = [points[i]!, points[i + 1]!, points[i + 2]!];
    bend = Math.max(bend, Math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1]));
  }
  const lines = Math.min(mostLines, Math.max(1, Math.ceil(Math.sqrt((degree * (degree - 1) * bend) / (8 * tolerancePx)))));
  for (let i = 1; i <= lines; i++) outline.push(i === lines ? points[degree]! : pointOn(points, i / lines));
}

function pointOn(points: readonly [number, number][], t: number): [number, number] {
  const s = 1 - t;
  const weights = points.length === 3 ? [s * s, 2 * s * t, t * t] : [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return points.reduce<[number, number]>(([x, y], point, i) => [x + weights[i]! * point[0], y + weights[i]! * point[1]], [0, 0]);
}

// Lines of changing width laid on a canvas, smooth at their edges.
import type { Triple } from '../../image/color.ts';
import { coverAt, lay, put, type Canvas } from './canvas.ts';

/** A place on a line and half its width there, in canvas units. */
export interface Knot {
  readonly x: number;
  readonly y: number;
  readonly half: number;
}

/** Lays a line through the knots; `cover` lowers its opacity by place, for chalk and dry ink. */
export function stroke(canvas: Canvas, knots: readonly Knot[], colour: Triple, opacity = 1, cover?: (x: number, y: number) => number): void {
  for (let index = 1; index < knots.length; index++) {
    const [from, to] = [knots[index - 1]!, knots[index]!];
    const reach = Math.max(from.half, to.half) + canvas.px;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length2 = dx * dx + dy * dy || 1e-12;
    const last = index === knots.length - 1;
    lay(canvas, (from.x + to.x) / 2, (from.y + to.y) / 2, Math.abs(dx) / 2 + reach, Math.abs(dy) / 2 + reach, (x, y, out) => {
      const along = ((x - from.x) * dx + (y - from.y) * dy) / length2;
      // the joint belongs to the piece that begins there, so that thin strokes do not darken
      if (along > 1 && !last && opacity < 1) return 0;
      const share = along < 0 ? 0 : along > 1 ? 1 : along;
      const distance = Math.sqrt((x - from.x - share * dx) ** 2 + (y - from.y - share * dy) ** 2);
      const half = from.half + share * (to.half - from.half);
      const inside = coverAt(distance - Math.max(half, canvas.px / 2), canvas.px) * Math.min(1, (2 * half) / canvas.px);
      if (inside === 0) return 0;
      put(out, colour);
      return inside * opacity * (cover ? cover(x, y) : 1);
    });
  }
}

/** A smooth line through places (Catmull–Rom), `steps` pieces between two. */
export function curve(places: readonly (readonly [number, number])[], half: (share: number) => number, steps = 8): Knot[] {
  const knots: Knot[] = [];
  const place = (index: number): readonly [number, number] => places[Math.max(0, Math.min(places.length - 1, index))]!;
  const pieces = (places.length - 1) * steps;
  for (let piece = 0; piece <= pieces; piece++) {
    const index = Math.min(places.length - 2, Math.floor(piece / steps));
    const t = piece / steps - index;
    const [a, b, c, d] = [place(index - 1), place(index), place(index + 1), place(index + 2)];
    const through = (axis: 0 | 1): number =>
      b[axis] + 0.5 * t * (c[axis] - a[axis] + t * (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis] + t * (3 * (b[axis] - c[axis]) + d[axis] - a[axis])));
    knots.push({ x: through(0), y: through(1), half: half(piece / pieces) });
  }
  return knots;
}

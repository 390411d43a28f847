// Colours of a paint at every point: solid, along a line, between two circles, around a centre (OpenType 1.9, COLR).
import type { Colour } from '../../contract/document.ts';
import type { Extend, Paint, SignColour } from './colour-steps.ts';

/** Writes premultiplied red, green, blue, alpha of a point, in the paint's own units. */
export type Shader = (x: number, y: number, out: Float64Array) => void;

export function shaderOf(paint: Paint, text: Colour): Shader {
  if (paint.kind === 'solid') {
    const colour = premultiplied(paint.colour, text);
    return (_x, _y, out) => out.set(colour);
  }
  const along = { linear: alongLine, radial: betweenCircles, sweep: aroundCentre }[paint.kind](paint.values);
  const stops = paint.stops.map(({ at, colour }) => ({ at, colour: premultiplied(colour, text) }));
  const [first, last] = [stops[0], stops.at(-1)];
  if (!first || !last) return (_x, _y, out) => out.fill(0);
  return (x, y, out) => {
    const way = along(x, y);
    if (Number.isNaN(way)) return void out.fill(0);
    const t = extended(way, first.at, last.at, paint.extend);
    const next = stops.findIndex(({ at }) => at > t);
    if (next <= 0) return out.set((next === 0 ? first : last).colour);
    const [from, to] = [stops[next - 1]!, stops[next]!];
    const share = (t - from.at) / (to.at - from.at);
    for (let i = 0; i < 4; i++) out[i] = from.colour[i]! + (to.colour[i]! - from.colour[i]!) * share;
  };
}

function premultiplied(colour: SignColour, [red, green, blue]: Colour): readonly number[] {
  const [r, g, b, alpha] = 'text' in colour ? [red, green, blue, colour.text] as const : colour;
  return [r * alpha, g * alpha, b * alpha, alpha];
}

function extended(t: number, first: number, last: number, extend: Extend): number {
  const length = last - first;
  if (extend === 'pad' || length <= 0) return t;
  const turns = (t - first) / length;
  const within = turns - Math.floor(turns);
  return first + length * (extend === 'reflect' && Math.floor(turns) % 2 !== 0 ? 1 - within : within);
}

/** From the first point to the second, lines of one colour parallel to the way from the first to the third. NaN: no paint. */
function alongLine([x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0]: readonly number[]): (x: number, y: number) => number {
  const [qx, qy] = [x2 - x0, y2 - y0];
  const square = qx * qx + qy * qy;
  const k = square > 0 ? ((x1 - x0) * qx + (y1 - y0) * qy) / square : 0;
  const [dx, dy] = [x1 - x0 - k * qx, y1 - y0 - k * qy];
  const length = dx * dx + dy * dy;
  return (x, y) => (length > 0 ? ((x - x0) * dx + (y - y0) * dy) / length : NaN);
}

/** The circle that is drawn last through a point, of all between the two and beyond them. */
function betweenCircles([x0 = 0, y0 = 0, r0 = 0, x1 = 0, y1 = 0, r1 = 0]: readonly number[]): (x: number, y: number) => number {
  const [dx, dy, dr] = [x1 - x0, y1 - y0, r1 - r0];
  const a = dx * dx + dy * dy - dr * dr;
  return (x, y) => {
    const [px, py] = [x - x0, y - y0];
    const b = px * dx + py * dy + r0 * dr;
    const c = px * px + py * py - r0 * r0;
    if (Math.abs(a) < 1e-12) {
      const t = c / (2 * b);
      return r0 + t * dr >= 0 ? t : NaN;
    }
    const root = Math.sqrt(b * b - a * c);
    const [far, near] = [(b + root) / a, (b - root) / a].sort((one, other) => other - one) as [number, number];
    return r0 + far * dr >= 0 ? far : r0 + near * dr >= 0 ? near : NaN;
  };
}

/** Counter-clockwise, from one angle to another. */
function aroundCentre([x0 = 0, y0 = 0, start = 0, end = 0]: readonly number[]): (x: number, y: number) => number {
  return (x, y) => {
    const angle = Math.atan2(y - y0, x - x0);
    return ((angle < 0 ? angle + 2 * Math.PI : angle) - start) / (end - start);
  };
}

// Colours between the stops of a gradient, and fills of a surface with one colour or a gradient.
import type { Colour, LayerOf } from '../contract/document.ts';
import type { Surface } from './surface.ts';

export type Fill = LayerOf<'fill'>['fill'];
export type GradientFill = Exclude<Fill, { type: 'solid' }>;

const rampSize = 1024;

/** Replaces a surface by a fill; a gradient goes on in its end colours beyond both ends. */
export function fillSurface(surface: Surface, fill: Fill): void {
  if (fill.type === 'solid') fillSolid(surface.data, fill.colour);
  else fillGradient(surface, fill);
}

/** A fill of a picture that is scaled. */
export function scaledFill(fill: Fill, scale: number): Fill {
  if (fill.type === 'solid') return fill;
  const scaled = ([x, y]: readonly [number, number]): [number, number] => [x * scale, y * scale];
  return { ...fill, from: scaled(fill.from), to: scaled(fill.to) };
}

/** Premultiplied colour at a share of the way; between two stops premultiplied values are mixed, as CSS does. */
function gradientColour(stops: GradientFill['stops'], share: number): Colour {
  const sorted = [...stops].sort((a, b) => a.at - b.at);
  const next = sorted.findIndex(({ at }) => at > share);
  if (next <= 0) return premultiplied(sorted[next === 0 ? 0 : sorted.length - 1].colour);
  const [left, right] = [sorted[next - 1], sorted[next]];
  const along = (share - left.at) / (right.at - left.at);
  const [from, to] = [premultiplied(left.colour), premultiplied(right.colour)];
  const mix = (channel: number): number => from[channel] + (to[channel] - from[channel]) * along;
  return [mix(0), mix(1), mix(2), mix(3)];
}

function premultiplied([r, g, b, a]: Colour): Colour {
  return [r * a, g * a, b * a, a];
}

function fillSolid(data: Float32Array, colour: Colour): void {
  const [r, g, b, a] = premultiplied(colour);
  for (let i = 0; i < data.length; i += 4) {
    data[i] = r;
    data[i + 1] = g;
    data[i + 2] = b;
    data[i + 3] = a;
  }
}

function fillGradient({ region, data }: Surface, { type, from, to, stops }: GradientFill): void {
  const ramp = Float32Array.from(Array.from({ length: rampSize + 1 }, (_, index) => gradientColour(stops, index / rampSize)).flat());
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const square = dx * dx + dy * dy;
  const isLinear = type === 'linear';
  let at = 0;
  for (let row = 0; row < region.height; row++) {
    const y = region.y + row + 0.5 - from[1];
    for (let column = 0; column < region.width; column++, at += 4) {
      const x = region.x + column + 0.5 - from[0];
      // of no length: everything lies beyond its end
      const share = square === 0 ? 1 : isLinear ? (x * dx + y * dy) / square : Math.sqrt((x * x + y * y) / square);
      const place = share <= 0 ? 0 : share >= 1 ? rampSize : share * rampSize;
      const low = Math.min(place | 0, rampSize - 1);
      const rest = place - low;
      for (let channel = 0; channel < 4; channel++) {
        const left = ramp[low * 4 + channel];
        data[at + channel] = left + (ramp[low * 4 + 4 + channel] - left) * rest;
      }
    }
  }
}

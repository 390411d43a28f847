// What colours a picture shall have in a style: its own, carried over to the painting's by optimal transport.
import type { Triple } from '../image/color.ts';
import { squareMeans } from '../image/square-means.ts';
import { toneCellPx } from '../losses/colour.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';
import { axesOf, cellsOf, sampleOf, sampleSize, srgbOf, type Axes } from './colour-cells.ts';

/** Rounds of Sinkhorn's algorithm: asked colours lie 0.03 from those of 600 rounds in the mean, at a twentieth of the time. */
const rounds = 30;
/** Blur of the plan, and how dear it is to leave colours of a painting unused, in squared deviations (Chizat 2018). */
const [blur, unusedPrice] = [0.06, 8] as const;
/** Deviations between the ends of a range, so that lightness and chroma weigh alike. */
const deviationsInRange = 3.3;
/** Share of the mean chroma that is taken away before colours are compared: half of a cast is the light, half is the things. */
const castShare = 0.5;
/** How much of what stands out from its surroundings is given back to lightness, and how far those reach, in cells. */
const [formShare, surroundings, mostGain] = [0.6, 5, 1.5] as const;
/** Colours that are carried over exactly, along each axis of the box that holds all; others lie between them. */
const knots = 8;
const tiny = 1e-300;

/**
 * The colours that a crop [1,3,S,S] in [0,1] shall have in 4 px cells: [1,3,S/4,S/4] in [0,1]. Its colours and the palette's are matched as wholes by
 * entropic optimal transport (Cuturi 2013), unbalanced, so that a crop of nothing but sky need not use every colour (Chizat 2018); what
 * stands out from its surroundings keeps doing so.
 */
export function transportColours(content: Tensor, palette: Tensor): Tensor {
  const [, , height, width] = content.shape.map((size) => Math.floor(size / toneCellPx));
  const cells = cellsOf(content);
  const [own, wanted] = [comparable(sampleOf(cells)), comparable(palette.data as Float32Array)];
  const carried = tableOf(cells, own, wanted);
  const lightness = Float32Array.from({ length: width * height }, (_, cell) => cells[3 * cell]);
  const around = squareMeans(lightness, { width, height }, surroundings);
  const form = formShare * Math.min(mostGain, wanted.axes.range / own.axes.range);
  const plane = width * height;
  const asked = tensor([1, 3, height, width]);
  for (let cell = 0; cell < plane; cell++) {
    const [lightness, a, b] = carried(cells, 3 * cell);
    const colour = srgbOf(lightness + form * (cells[3 * cell] - around[cell]), a, b);
    for (let channel = 0; channel < 3; channel++) asked.data[channel * plane + cell] = colour[channel];
  }
  return asked;
}

/** A colour of a picture as its place among all of them. */
function placeOf({ low, range, cast, spread }: Axes, lightness: number, a: number, b: number): Triple {
  return [deviationsInRange * ((lightness - low) / range - 0.5), (a - castShare * cast[0]) / spread, (b - castShare * cast[1]) / spread];
}

/** A sample of colours, and each one's place among them. */
interface Comparable {
  readonly sample: Float32Array;
  readonly axes: Axes;
  readonly places: Float64Array;
}

function comparable(sample: Float32Array): Comparable {
  const axes = axesOf(sample);
  const places = new Float64Array(sample.length);
  for (let at = 0; at < sample.length; at += 3) places.set(placeOf(axes, sample[at], sample[at + 1], sample[at + 2]), at);
  return { sample, axes, places };
}

const distance = (places: Float64Array, at: number, [x, y, z]: Triple): number =>
  (places[at] - x) ** 2 + (places[at + 1] - y) ** 2 + (places[at + 2] - z) ** 2;

/** Logarithm of how much each colour of the palette is wanted, so that together they are used as the plan asks (Chizat 2018, Sinkhorn's scaling). */
function demandOf(sources: Float64Array, targets: Float64Array): Float64Array {
  const count = sampleSize;
  const kernel = new Float64Array(count * count);
  for (let row = 0; row < count; row++) {
    const source = [sources[3 * row], sources[3 * row + 1], sources[3 * row + 2]] as const;
    for (let column = 0; column < count; column++) kernel[row * count + column] = Math.exp(-distance(targets, 3 * column, source) / blur);
  }
  const demand = new Float64Array(count).fill(1);
  const used = new Float64Array(count);
  const softness = unusedPrice / (unusedPrice + blur);
  for (let round = 0; round < rounds; round++) {
    used.fill(0);
    for (let row = 0; row < count * count; row += count) {
      let sum = tiny;
      for (let column = 0; column < count; column++) sum += kernel[row + column] * demand[column];
      const share = 1 / count / sum;
      for (let column = 0; column < count; column++) used[column] += kernel[row + column] * share;
    }
    for (let column = 0; column < count; column++) demand[column] = (1 / count / (used[column] + tiny)) ** softness;
  }
  return demand.map((value) => Math.log(value + tiny));
}

/** The map of the plan, known at the knots of a table over the cells' colours and read between them. */
function tableOf(cells: Float32Array, own: Comparable, wanted: Comparable): (colours: Float32Array, at: number) => Triple {
  const demand = demandOf(own.places, wanted.places);
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  cells.forEach((value, at) => {
    const axis = at % 3;
    if (value < low[axis]) low[axis] = value;
    if (value > high[axis]) high[axis] = value;
  });
  const step = low.map((value, axis) => Math.max(1e-4, high[axis] - value) / (knots - 1));
  const table = new Float32Array(3 * knots ** 3);
  for (let knot = 0; knot < knots ** 3; knot++) {
    const [i, j, k] = [Math.floor(knot / knots ** 2), Math.floor(knot / knots) % knots, knot % knots];
    const place = placeOf(own.axes, low[0] + i * step[0], low[1] + j * step[1], low[2] + k * step[2]);
    table.set(meanColour(wanted.sample, wanted.places, demand, place), 3 * knot);
  }
  return (colours, at) => read(table, (colours[at] - low[0]) / step[0], (colours[at + 1] - low[1]) / step[1], (colours[at + 2] - low[2]) / step[2]);
}

const weights = new Float64Array(sampleSize);

/** Where a colour goes: the mean of what the plan gives it (Seguy 2018, barycentric projection of an entropic plan). */
function meanColour(palette: Float32Array, targets: Float64Array, demand: Float64Array, place: Triple): Triple {
  let most = -Infinity;
  for (let index = 0; index < sampleSize; index++) {
    weights[index] = demand[index] - distance(targets, 3 * index, place) / blur;
    if (weights[index] > most) most = weights[index];
  }
  let [sum, lightness, a, b] = [0, 0, 0, 0];
  for (let index = 0; index < sampleSize; index++) {
    const weight = Math.exp(weights[index] - most);
    sum += weight;
    lightness += weight * palette[3 * index];
    a += weight * palette[3 * index + 1];
    b += weight * palette[3 * index + 2];
  }
  return [lightness / sum, a / sum, b / sum];
}

/** Trilinear, places in knots. */
function read(table: Float32Array, x: number, y: number, z: number): Triple {
  const [i, j, k] = [firstKnot(x), firstKnot(y), firstKnot(z)];
  let [lightness, a, b] = [0, 0, 0];
  for (let corner = 0; corner < 8; corner++) {
    const [right, down, deep] = [corner & 1, (corner >> 1) & 1, corner >> 2];
    const weight = tent(x - i - right) * tent(y - j - down) * tent(z - k - deep);
    const at = 3 * (((i + right) * knots + j + down) * knots + k + deep);
    lightness += weight * table[at];
    a += weight * table[at + 1];
    b += weight * table[at + 2];
  }
  return [lightness, a, b];
}

const firstKnot = (place: number): number => Math.min(Math.floor(place), knots - 2);
const tent = (distance: number): number => 1 - Math.abs(distance);

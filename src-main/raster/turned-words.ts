// Turned pictures of 16 bit: what `resample` gives, within 16/65535, in less than half of its time: weights from a table, along the rows of the result.
import type { PixelBuffer, Region } from '../contract/image.ts';
import { finePhases, fineWeightTable, type FineWeightTable } from './filter-weights.ts';
import { createSurface, type Surface } from './surface.ts';
import { eachBlockRow, eachEdge, spansOf, windowOf, type Turn } from './turn-window.ts';

interface Gather extends Pick<Turn, 'back'> {
  readonly region: Region;
  /** Premultiplied RGBA, 1 being a whole; rows of `stride` samples, the first pixel at (x, y) of the source. */
  readonly samples: Float32Array;
  readonly stride: number;
  readonly x: number;
  readonly y: number;
  readonly across: FineWeightTable;
  readonly down: FineWeightTable;
  readonly out: Float32Array;
}

/** A region of a source of 16 bit as numbers to blend with; see-through where nothing of it lies. */
export function turnWords(turn: Turn, region: Region): Surface {
  const surface = createSurface(region);
  const spans = spansOf(turn, region);
  if (!spans) return surface;
  const [across, down] = [fineWeightTable(turn.scaleX), fineWeightTable(turn.scaleY)];
  const { pixels, x, y } = windowOf(turn, spans, across.count, down.count);
  const out = surface.data;
  const job: Gather = { back: turn.back, region, samples: premultiplied(pixels), stride: pixels.width * 4, x, y, across, down, out };
  const gather = across.count === 4 && down.count === 4 ? gatherFour : gatherAny;
  eachBlockRow(region, spans, (row, from, to) => gather(job, row, from, to));
  eachEdge(turn, region, spans, (column, row, share) => {
    const at = (row * region.width + column) * 4;
    for (let c = at; c < at + 4; c++) out[c] *= share;
  });
  return surface;
}

function premultiplied({ data, channels }: PixelBuffer): Float32Array {
  const count = data.length / channels;
  const out = new Float32Array(count * 4);
  for (let from = 0, at = 0; at < out.length; from += channels, at += 4) {
    const alpha = channels === 4 ? data[from + 3] / 65535 : 1;
    const share = alpha / 65535;
    out[at] = data[from] * share;
    out[at + 1] = data[from + 1] * share;
    out[at + 2] = data[from + 2] * share;
    out[at + 3] = alpha;
  }
  return out;
}

const within = (value: number, most: number): number => (value < 0 ? 0 : value > most ? most : value);

/** Four cells each way. */
function gatherFour({ back, region, samples, stride, x: left, y: top, across, down, out }: Gather, row: number, from: number, to: number): void {
  const y = region.y + row + 0.5;
  const [weightsX, weightsY] = [across.weights, down.weights];
  const u = back[2] * y + back[4] - 0.5;
  const v = back[3] * y + back[5] - 0.5;
  for (let column = from, at = (row * region.width + from) * 4; column < to; column++, at += 4) {
    const x = region.x + column + 0.5;
    const placeX = back[0] * x + u;
    const placeY = back[1] * x + v;
    const cellX = Math.floor(placeX);
    const cellY = Math.floor(placeY);
    const wx = (((placeX - cellX) * finePhases + 0.5) | 0) << 2;
    const wy = (((placeY - cellY) * finePhases + 0.5) | 0) << 2;
    const a = weightsX[wx];
    const b = weightsX[wx + 1];
    const c = weightsX[wx + 2];
    const d = weightsX[wx + 3];
    let i = Math.imul(cellY - 1 - top, stride) + ((cellX - 1 - left) << 2);
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    for (let line = 0; line < 4; line++, i += stride) {
      const weight = weightsY[wy + line];
      red += (a * samples[i] + b * samples[i + 4] + c * samples[i + 8] + d * samples[i + 12]) * weight;
      green += (a * samples[i + 1] + b * samples[i + 5] + c * samples[i + 9] + d * samples[i + 13]) * weight;
      blue += (a * samples[i + 2] + b * samples[i + 6] + c * samples[i + 10] + d * samples[i + 14]) * weight;
      alpha += (a * samples[i + 3] + b * samples[i + 7] + c * samples[i + 11] + d * samples[i + 15]) * weight;
    }
    const most = within(alpha, 1);
    out[at] = within(red, most);
    out[at + 1] = within(green, most);
    out[at + 2] = within(blue, most);
    out[at + 3] = most;
  }
}

/** As many cells as the tables have. */
function gatherAny({ back, region, samples, stride, x: left, y: top, across, down, out }: Gather, row: number, from: number, to: number): void {
  const y = region.y + row + 0.5;
  const [countX, countY, weightsX, weightsY] = [across.count, down.count, across.weights, down.weights];
  const [beforeX, beforeY] = [left + countX / 2 - 1, top + countY / 2 - 1];
  const u = back[2] * y + back[4] - 0.5;
  const v = back[3] * y + back[5] - 0.5;
  for (let column = from, at = (row * region.width + from) * 4; column < to; column++, at += 4) {
    const x = region.x + column + 0.5;
    const placeX = back[0] * x + u;
    const placeY = back[1] * x + v;
    const cellX = Math.floor(placeX);
    const cellY = Math.floor(placeY);
    const wx = Math.imul(((placeX - cellX) * finePhases + 0.5) | 0, countX);
    const wy = Math.imul(((placeY - cellY) * finePhases + 0.5) | 0, countY);
    let start = Math.imul(cellY - beforeY, stride) + ((cellX - beforeX) << 2);
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    for (let line = 0; line < countY; line++, start += stride) {
      const weightY = weightsY[wy + line];
      if (weightY === 0) continue;
      let [r, g, b, a] = [0, 0, 0, 0];
      for (let tap = 0, i = start; tap < countX; tap++, i += 4) {
        const weight = weightsX[wx + tap];
        r += weight * samples[i];
        g += weight * samples[i + 1];
        b += weight * samples[i + 2];
        a += weight * samples[i + 3];
      }
      red += r * weightY;
      green += g * weightY;
      blue += b * weightY;
      alpha += a * weightY;
    }
    const most = within(alpha, 1);
    out[at] = within(red, most);
    out[at + 1] = within(green, most);
    out[at + 2] = within(blue, most);
    out[at + 3] = most;
  }
}

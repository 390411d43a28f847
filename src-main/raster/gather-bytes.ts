// The inner loops of turned pictures of 8 bit: whole numbers, one loop for each kind of source, no memory asked for.
import type { Matrix } from '../contract/document.ts';
import type { Region } from '../contract/image.ts';
import { phases, type WeightTable } from './filter-weights.ts';

/** A byte's whole in the numbers worked with: 256 · 255, so that 16 bit hold it. */
export const fixedWhole = 255 << 8;

/** Samples of the source that a region needs, its border going on outside. Opaque: bytes as they are; else premultiplied RGBA, 256 · byte. */
export interface GatherWindow {
  readonly samples: Uint8Array | Uint16Array;
  readonly isOpaque: boolean;
  /** Samples per pixel and per row. */
  readonly step: number;
  readonly stride: number;
  /** Of its first pixel, in source px. */
  readonly x: number;
  readonly y: number;
}

export interface GatherJob extends GatherWindow {
  /** From document px to source px. */
  readonly back: Matrix;
  readonly region: Region;
  readonly across: WeightTable;
  readonly down: WeightTable;
  /** Premultiplied RGBA of the region, `fixedWhole` being 1. */
  readonly out: Uint16Array;
}

const phaseBits = Math.log2(phases);
const phaseMask = phases - 1;

/**
 * What filters columns of a row of the region. Rows of cells first, then the column of their sums; weights count 2^14 together, so a
 * whole is 2^30 with what the cubic overshoots (1.27 times each way) inside 32 bit. Both kinds of source round alike, bit for bit.
 */
export function gathererOf({ isOpaque, across, down }: GatherJob): (job: GatherJob, row: number, from: number, to: number) => void {
  if (across.count !== 4 || down.count !== 4) return isOpaque ? gatherOpaque : gatherPaint;
  return isOpaque ? gatherOpaque4 : gatherPaint4;
}

const within = (value: number, most: number): number => (value < 0 ? 0 : value > most ? most : value);

/** Opaque, four cells each way. */
function gatherOpaque4({ back, region, samples, step, stride, x: left, y: top, across, down, out }: GatherJob, row: number, from: number, to: number): void {
  const y = region.y + row + 0.5;
  const [weightsX, weightsY] = [across.weights, down.weights];
  const u = back[2] * y + back[4] - 0.5;
  const v = back[3] * y + back[5] - 0.5;
  for (let column = from, at = (row * region.width + from) * 4; column < to; column++, at += 4) {
    const x = region.x + column + 0.5;
    const placeX = Math.floor((back[0] * x + u) * phases + 0.5) | 0;
    const placeY = Math.floor((back[1] * x + v) * phases + 0.5) | 0;
    const wx = (placeX & phaseMask) << 2;
    const wy = (placeY & phaseMask) << 2;
    const a = weightsX[wx];
    const b = weightsX[wx + 1];
    const c = weightsX[wx + 2];
    const d = weightsX[wx + 3];
    let i = Math.imul((placeY >> phaseBits) - 1 - top, stride) + Math.imul((placeX >> phaseBits) - 1 - left, step);
    let red = 8192;
    let green = 8192;
    let blue = 8192;
    for (let line = 0; line < 4; line++, i += stride) {
      const weight = weightsY[wy + line];
      const j = i + step;
      const k = j + step;
      const l = k + step;
      red += Math.imul((Math.imul(a, samples[i]) + Math.imul(b, samples[j]) + Math.imul(c, samples[k]) + Math.imul(d, samples[l]) + 32) >> 6, weight);
      green += Math.imul((Math.imul(a, samples[i + 1]) + Math.imul(b, samples[j + 1]) + Math.imul(c, samples[k + 1]) + Math.imul(d, samples[l + 1]) + 32) >> 6, weight);
      blue += Math.imul((Math.imul(a, samples[i + 2]) + Math.imul(b, samples[j + 2]) + Math.imul(c, samples[k + 2]) + Math.imul(d, samples[l + 2]) + 32) >> 6, weight);
    }
    out[at] = within(red >> 14, fixedWhole);
    out[at + 1] = within(green >> 14, fixedWhole);
    out[at + 2] = within(blue >> 14, fixedWhole);
    out[at + 3] = fixedWhole;
  }
}

/** With alpha, four cells each way. */
function gatherPaint4({ back, region, samples, step, stride, x: left, y: top, across, down, out }: GatherJob, row: number, from: number, to: number): void {
  const y = region.y + row + 0.5;
  const [weightsX, weightsY] = [across.weights, down.weights];
  const u = back[2] * y + back[4] - 0.5;
  const v = back[3] * y + back[5] - 0.5;
  for (let column = from, at = (row * region.width + from) * 4; column < to; column++, at += 4) {
    const x = region.x + column + 0.5;
    const placeX = Math.floor((back[0] * x + u) * phases + 0.5) | 0;
    const placeY = Math.floor((back[1] * x + v) * phases + 0.5) | 0;
    const wx = (placeX & phaseMask) << 2;
    const wy = (placeY & phaseMask) << 2;
    const a = weightsX[wx];
    const b = weightsX[wx + 1];
    const c = weightsX[wx + 2];
    const d = weightsX[wx + 3];
    let i = Math.imul((placeY >> phaseBits) - 1 - top, stride) + Math.imul((placeX >> phaseBits) - 1 - left, step);
    let red = 8192;
    let green = 8192;
    let blue = 8192;
    let alpha = 8192;
    for (let line = 0; line < 4; line++, i += stride) {
      const weight = weightsY[wy + line];
      const j = i + step;
      const k = j + step;
      const l = k + step;
      red += Math.imul((Math.imul(a, samples[i]) + Math.imul(b, samples[j]) + Math.imul(c, samples[k]) + Math.imul(d, samples[l]) + 8192) >> 14, weight);
      green += Math.imul((Math.imul(a, samples[i + 1]) + Math.imul(b, samples[j + 1]) + Math.imul(c, samples[k + 1]) + Math.imul(d, samples[l + 1]) + 8192) >> 14, weight);
      blue += Math.imul((Math.imul(a, samples[i + 2]) + Math.imul(b, samples[j + 2]) + Math.imul(c, samples[k + 2]) + Math.imul(d, samples[l + 2]) + 8192) >> 14, weight);
      alpha += Math.imul((Math.imul(a, samples[i + 3]) + Math.imul(b, samples[j + 3]) + Math.imul(c, samples[k + 3]) + Math.imul(d, samples[l + 3]) + 8192) >> 14, weight);
    }
    const most = within(alpha >> 14, fixedWhole);
    out[at] = within(red >> 14, most);
    out[at + 1] = within(green >> 14, most);
    out[at + 2] = within(blue >> 14, most);
    out[at + 3] = most;
  }
}

/** Opaque, as many cells as the tables have. */
function gatherOpaque({ back, region, samples, step, stride, x: left, y: top, across, down, out }: GatherJob, row: number, from: number, to: number): void {
  const y = region.y + row + 0.5;
  const [countX, countY, weightsX, weightsY] = [across.count, down.count, across.weights, down.weights];
  const [beforeX, beforeY] = [left + countX / 2 - 1, top + countY / 2 - 1];
  const u = back[2] * y + back[4] - 0.5;
  const v = back[3] * y + back[5] - 0.5;
  for (let column = from, at = (row * region.width + from) * 4; column < to; column++, at += 4) {
    const x = region.x + column + 0.5;
    const placeX = Math.floor((back[0] * x + u) * phases + 0.5) | 0;
    const placeY = Math.floor((back[1] * x + v) * phases + 0.5) | 0;
    const wx = Math.imul(placeX & phaseMask, countX);
    const wy = Math.imul(placeY & phaseMask, countY);
    let start = Math.imul((placeY >> phaseBits) - beforeY, stride) + Math.imul((placeX >> phaseBits) - beforeX, step);
    let red = 8192;
    let green = 8192;
    let blue = 8192;
    for (let line = 0; line < countY; line++, start += stride) {
      const down = weightsY[wy + line];
      if (down === 0) continue;
      let r = 32;
      let g = 32;
      let b = 32;
      for (let tap = 0, i = start; tap < countX; tap++, i += step) {
        const weight = weightsX[wx + tap];
        r += Math.imul(weight, samples[i]);
        g += Math.imul(weight, samples[i + 1]);
        b += Math.imul(weight, samples[i + 2]);
      }
      red += Math.imul(r >> 6, down);
      green += Math.imul(g >> 6, down);
      blue += Math.imul(b >> 6, down);
    }
    out[at] = within(red >> 14, fixedWhole);
    out[at + 1] = within(green >> 14, fixedWhole);
    out[at + 2] = within(blue >> 14, fixedWhole);
    out[at + 3] = fixedWhole;
  }
}

/** With alpha, as many cells as the tables have. */
function gatherPaint({ back, region, samples, step, stride, x: left, y: top, across, down, out }: GatherJob, row: number, from: number, to: number): void {
  const y = region.y + row + 0.5;
  const [countX, countY, weightsX, weightsY] = [across.count, down.count, across.weights, down.weights];
  const [beforeX, beforeY] = [left + countX / 2 - 1, top + countY / 2 - 1];
  const u = back[2] * y + back[4] - 0.5;
  const v = back[3] * y + back[5] - 0.5;
  for (let column = from, at = (row * region.width + from) * 4; column < to; column++, at += 4) {
    const x = region.x + column + 0.5;
    const placeX = Math.floor((back[0] * x + u) * phases + 0.5) | 0;
    const placeY = Math.floor((back[1] * x + v) * phases + 0.5) | 0;
    const wx = Math.imul(placeX & phaseMask, countX);
    const wy = Math.imul(placeY & phaseMask, countY);
    let start = Math.imul((placeY >> phaseBits) - beforeY, stride) + Math.imul((placeX >> phaseBits) - beforeX, step);
    let red = 8192;
    let green = 8192;
    let blue = 8192;
    let alpha = 8192;
    for (let line = 0; line < countY; line++, start += stride) {
      const down = weightsY[wy + line];
      if (down === 0) continue;
      let r = 8192;
      let g = 8192;
      let b = 8192;
      let a = 8192;
      for (let tap = 0, i = start; tap < countX; tap++, i += step) {
        const weight = weightsX[wx + tap];
        r += Math.imul(weight, samples[i]);
        g += Math.imul(weight, samples[i + 1]);
        b += Math.imul(weight, samples[i + 2]);
        a += Math.imul(weight, samples[i + 3]);
      }
      red += Math.imul(r >> 14, down);
      green += Math.imul(g >> 14, down);
      blue += Math.imul(b >> 14, down);
      alpha += Math.imul(a >> 14, down);
    }
    const most = within(alpha >> 14, fixedWhole);
    out[at] = within(red >> 14, most);
    out[at + 1] = within(green >> 14, most);
    out[at + 2] = within(blue >> 14, most);
    out[at + 3] = most;
  }
}

// Blends a layer's tiles of 8 bit onto a surface, row by row as they are stored: no surface of the layer is made.
import { tileSidePx, type Raster } from '../contract/document.ts';
import { channelFormulas, type ChannelMode } from './blend.ts';
import { overlapOf } from './region.ts';
import type { Surface } from './surface.ts';
import { tilesIn, type BytesOf } from './tiles.ts';

// straight colours of a row; written and read within one call
const backdropRow = new Float32Array(tileSidePx * 3);
const sourceRow = new Float32Array(tileSidePx * 3);

/** As blendSurface with the raster's paint as the source; `opacity` in [0,1]. The raster is of 8 bit. */
export function blendRaster(backdrop: Surface, raster: Raster, bytes: BytesOf, { mode, opacity }: { readonly mode: ChannelMode; readonly opacity: number }): void {
  const { region, data } = backdrop;
  const formula = channelFormulas[mode];
  for (const tile of tilesIn(raster, region)) {
    const stored = bytes(tile.id);
    if (!stored) continue;
    const { x, y, width, height } = overlapOf(tile.region, region);
    for (let row = y; row < y + height; row++) {
      const from = ((row - tile.region.y) * tileSidePx + x - tile.region.x) * 4;
      const to = ((row - region.y) * region.width + x - region.x) * 4;
      if (mode === 'normal') {
        layOver(data, to, stored, from, width, opacity);
        continue;
      }
      readStraight(data, to, stored, from, width);
      formula(backdropRow, sourceRow, width * 3);
      mixRow(data, to, stored, from, width, opacity);
    }
  }
}

function layOver(b: Float32Array, to: number, s: Uint8Array, from: number, width: number, opacity: number): void {
  for (let i = to, at = from; i < to + width * 4; i += 4, at += 4) {
    const alpha = (s[at + 3] / 255) * opacity;
    if (alpha === 0) continue;
    const rest = 1 - alpha;
    b[i] = (s[at] / 255) * alpha + b[i] * rest;
    b[i + 1] = (s[at + 1] / 255) * alpha + b[i + 1] * rest;
    b[i + 2] = (s[at + 2] / 255) * alpha + b[i + 2] * rest;
    b[i + 3] = alpha + b[i + 3] * rest;
  }
}

function readStraight(b: Float32Array, to: number, s: Uint8Array, from: number, width: number): void {
  for (let i = to, at = from, run = 0; run < width * 3; i += 4, at += 4, run += 3) {
    const alpha = b[i + 3];
    const scale = alpha === 1 ? 1 : alpha > 0 ? 1 / alpha : 0;
    backdropRow[run] = b[i] * scale;
    backdropRow[run + 1] = b[i + 1] * scale;
    backdropRow[run + 2] = b[i + 2] * scale;
    sourceRow[run] = s[at] / 255;
    sourceRow[run + 1] = s[at + 1] / 255;
    sourceRow[run + 2] = s[at + 2] / 255;
  }
}

/** `sourceRow` holds the formula's result. */
function mixRow(b: Float32Array, to: number, s: Uint8Array, from: number, width: number, opacity: number): void {
  for (let i = to, at = from, run = 0; run < width * 3; i += 4, at += 4, run += 3) {
    const alpha = (s[at + 3] / 255) * opacity;
    const under = b[i + 3];
    const rest = 1 - alpha;
    const both = alpha * under;
    if (under === 1) {
      b[i] = b[i] * rest + both * sourceRow[run];
      b[i + 1] = b[i + 1] * rest + both * sourceRow[run + 1];
      b[i + 2] = b[i + 2] * rest + both * sourceRow[run + 2];
      continue;
    }
    const own = alpha * (1 - under);
    b[i] = (s[at] / 255) * own + b[i] * rest + both * sourceRow[run];
    b[i + 1] = (s[at + 1] / 255) * own + b[i + 1] * rest + both * sourceRow[run + 1];
    b[i + 2] = (s[at + 2] / 255) * own + b[i + 2] * rest + both * sourceRow[run + 2];
    b[i + 3] = under + own;
  }
}

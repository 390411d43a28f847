// Blends a layer's tiles of 8 bit onto a surface as they are stored: no surface of the layer is made.
import { tileSidePx, type Raster } from '../contract/document.ts';
import type { ChannelMode } from './blend.ts';
import { backdropRun, blendBytes, runPx, sourceBytes } from './blend-kernels.ts';
import { overlapOf } from './region.ts';
import type { Surface } from './surface.ts';
import { tilesIn, type BytesOf } from './tiles.ts';

/** As blendSurface with the raster's paint as the source; `opacity` in [0,1]. The raster is of 8 bit. */
export function blendRaster(backdrop: Surface, raster: Raster, bytes: BytesOf, { mode, opacity }: { readonly mode: ChannelMode; readonly opacity: number }): void {
  const { region, data } = backdrop;
  for (const tile of tilesIn(raster, region)) {
    const stored = bytes(tile.id);
    if (!stored) continue;
    const { x, y, width, height } = overlapOf(tile.region, region);
    const source = { values: stored, first: ((y - tile.region.y) * tileSidePx + x - tile.region.x) * 4, row: tileSidePx * 4 };
    const shown = { values: data, first: ((y - region.y) * region.width + x - region.x) * 4, row: region.width * 4 };
    const mostRows = Math.floor(runPx / width);
    for (let row = 0; row < height; row += mostRows) {
      const rows = Math.min(mostRows, height - row);
      copyRows(at(source, row), whole(sourceBytes, width), width * 4, rows);
      copyRows(at(shown, row), whole(backdropRun, width), width * 4, rows);
      blendBytes(mode, rows * width, opacity);
      copyRows(whole(backdropRun, width), at(shown, row), width * 4, rows);
    }
  }
}

/** Rows of values in a larger array. */
interface Rows<T> {
  readonly values: T;
  readonly first: number;
  /** From one row to the next. */
  readonly row: number;
}

const at = <T>(rows: Rows<T>, row: number): Rows<T> => ({ ...rows, first: rows.first + row * rows.row });
const whole = <T>(values: T, width: number): Rows<T> => ({ values, first: 0, row: width * 4 });

function copyRows<T extends Float32Array | Uint8Array>(from: Rows<T>, to: Rows<T>, length: number, rows: number): void {
  const isWhole = from.row === length && to.row === length;
  const [times, span] = isWhole ? [1, length * rows] : [rows, length];
  for (let row = 0; row < times; row++) {
    const start = from.first + row * from.row;
    to.values.set(from.values.subarray(start, start + span), to.first + row * to.row);
  }
}

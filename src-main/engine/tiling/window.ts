// Reads a window that may reach past the frame's edges: there the picture is reflected.
import type { Extent, Region } from '../../contract/image.ts';
import type { Patch } from '../tensor/layout.ts';
import { reflectIndex } from '../tensor/reflect.ts';
import { tensor } from '../tensor/tensor.ts';

/** A frame that yields float planes [1,C,h,w] of any region inside it. */
export interface PlaneSource {
  readonly frame: Extent;
  read(region: Region): Patch;
}

/** Reads a window of a reflected frame: [1,C,h,w] at the window's place. */
export function readWindow(source: PlaneSource, window: Region): Patch {
  const { frame } = source;
  const columns = mirrored(window.x, window.width, frame.width);
  const rows = mirrored(window.y, window.height, frame.height);
  const patch = source.read(innerOf(columns, rows));
  if (columns.plain && rows.plain) return { place: window, planes: patch.planes };
  return { place: window, planes: gather(patch, columns, rows) };
}

/** The part of a frame that readWindow reads for a window. */
export function innerRegion(window: Region, frame: Extent): Region {
  return innerOf(mirrored(window.x, window.width, frame.width), mirrored(window.y, window.height, frame.height));
}

function innerOf(columns: MirroredAxis, rows: MirroredAxis): Region {
  return { x: columns.first, y: rows.first, width: columns.last - columns.first + 1, height: rows.last - rows.first + 1 };
}

interface MirroredAxis {
  readonly indexes: Int32Array;
  readonly first: number;
  readonly last: number;
  /** No reflection: indexes count up by one. */
  readonly plain: boolean;
}

function mirrored(start: number, size: number, length: number): MirroredAxis {
  const indexes = Int32Array.from({ length: size }, (_, i) => reflectIndex(start + i, length));
  let first = length;
  let last = 0;
  for (const index of indexes) {
    first = Math.min(first, index);
    last = Math.max(last, index);
  }
  return { indexes, first, last, plain: start >= 0 && start + size <= length };
}

function gather(patch: Patch, columns: MirroredAxis, rows: MirroredAxis) {
  const { place, planes } = patch;
  const channels = planes.shape[1]!;
  const width = columns.indexes.length;
  const height = rows.indexes.length;
  const out = new Float32Array(channels * height * width);
  let to = 0;
  for (let c = 0; c < channels; c++) {
    for (const row of rows.indexes) {
      const base = (c * place.height + row - place.y) * place.width - place.x;
      for (const column of columns.indexes) out[to++] = planes.data[base + column]!;
    }
  }
  return tensor([1, channels, height, width], out);
}

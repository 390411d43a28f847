// Scales a whole picture from spool to spool, a few rows at a time.
import type { Extent, Region } from '../../contract/image.ts';
import { alphaOf, pixelsOf, planesOf } from '../tensor/layout.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';
import { resample, sourceRegionOf } from './resample.ts';
import type { Spool } from './spool.ts';

/** Source pixels held in memory at once, about. */
const heldPx = 1 << 19;

/**
 * Fills `to` with `from` at another size and perhaps another depth; alpha weighs the colours, so that nothing bleeds in from transparent parts.
 * `beforeBand` lets others have their turn, several times a second, and may throw.
 */
export async function scaleSpool(from: Spool, to: Spool, beforeBand: () => Promise<void>): Promise<void> {
  for (const band of bandsOf(to.shape, from.shape)) {
    await beforeBand();
    scaleRegion(from, to, band);
  }
}

/** The same for one region of `to` alone; bit for bit what the whole gives there. */
export function scaleRegion(from: Spool, to: Spool, region: Region): void {
  const place = sourceRegionOf(region, from.shape, to.shape);
  const pixels = from.readRegion(place);
  const alpha = alphaOf(pixels);
  const scaled = resample({ place, planes: alpha ? premultiplied(planesOf(pixels), alpha) : planesOf(pixels) }, from.shape, to.shape, region);
  const { colours, cover } = alpha ? straightened(scaled.planes) : { colours: scaled.planes, cover: undefined };
  to.writeRegion(region, pixelsOf(colours, to.shape.depth, cover));
}

/** Full-width bands of a frame, high enough to be worth a call and low enough for memory to stay flat. */
export function bandsOf(frame: Extent, source: Extent = frame) {
  const sourceRows = heldPx / Math.max(source.width, frame.width);
  const rows = Math.max(1, Math.floor(sourceRows * Math.min(1, frame.height / source.height)));
  const count = Math.ceil(frame.height / rows);
  return Array.from({ length: count }, (_, i) => ({ x: 0, y: i * rows, width: frame.width, height: Math.min(rows, frame.height - i * rows) }));
}

function premultiplied(colours: Tensor, alpha: Tensor): Tensor {
  const size = alpha.data.length;
  const out = new Float32Array(4 * size);
  for (let c = 0; c < 3; c++) {
    for (let i = 0, at = c * size; i < size; i++, at++) out[at] = colours.data[at]! * alpha.data[i]!;
  }
  out.set(alpha.data, 3 * size);
  return tensor([1, 4, alpha.shape[2]!, alpha.shape[3]!], out);
}

function straightened(planes: Tensor): { readonly colours: Tensor; readonly cover: Tensor } {
  const [, , height = 0, width = 0] = planes.shape;
  const size = height * width;
  const alpha = planes.data.slice(3 * size);
  const colours = planes.data.slice(0, 3 * size);
  for (let c = 0; c < 3; c++) {
    for (let i = 0, at = c * size; i < size; i++, at++) colours[at] = alpha[i]! > 0 ? colours[at]! / alpha[i]! : 0;
  }
  return { colours: tensor([1, 3, height, width], colours), cover: tensor([1, 1, height, width], alpha) };
}

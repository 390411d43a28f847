// A document as a picture file: composited in 16 bit, scaled, brought to its colour space and encoded. Memory is flat whatever the size.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createResultSpool, encodeFromSpool, requireResultFormat } from '../../engine/image/codec.ts';
import { outputProfile, type OutputProfileName } from '../../engine/image/output-profile.ts';
import { bandsOf, scaleSpool } from '../../engine/image/scale-spool.ts';
import { createSpool, type Spool, type SpoolShape } from '../../engine/image/spool.ts';
import { maxSample } from '../../engine/tensor/layout.ts';
import type { Extent, PixelBuffer } from '../../contract/image.ts';
import type { JobProgress } from '../../contract/job.ts';
import type { Note } from '../../contract/note.ts';
import { makeFolder } from '../disk.ts';
import { nextTurn } from '../../engine/image/next-turn.ts';
import type { PictureFormat } from './export-name.ts';
import { compositeInto } from '../glaze/flatten.ts';
import type { GlazeScene } from '../glaze/glaze-scene.ts';
import { spoolShelf } from '../glaze/glaze-spools.ts';
import { makeWorkFolder } from '../stylize/work-folder.ts';

export interface ExportOrder {
  readonly format: PictureFormat;
  /** Of the result; what is missing follows from the document's shape. */
  readonly width?: number;
  readonly height?: number;
  readonly dpi: number;
  readonly depth: 8 | 16;
  readonly quality?: number;
  readonly profile: OutputProfileName;
  /** JSON. */
  readonly recipe?: string;
  /** Red, green, blue in [0,1], beneath see-through parts where the format has no alpha. */
  readonly matte: readonly number[];
  /** File to write; its ending is one of the format's. */
  readonly out: string;
}

export interface ExportWatch {
  readonly signal: AbortSignal;
  progress(progress: JobProgress): void;
}

export interface Exported extends Extent {
  readonly notes: readonly Note[];
}

/** The size of a result; what is not asked for follows from the document. */
export function exportSize(document: Extent, { width, height }: Pick<ExportOrder, 'width' | 'height'>): Extent {
  const scale = width !== undefined ? width / document.width : height !== undefined ? height / document.height : 1;
  const follow = (own: number): number => Math.max(1, Math.round(own * scale));
  return { width: width ?? follow(document.width), height: height ?? follow(document.height) };
}

/** Bytes of scales held in memory. */
const heldBytes = 256 * 2 ** 20;
/** A result whose pixels are fewer than this share of them the document's own is called enlarged. */
const enlargedFrom = 1.05;

/** Throws picture.unsupported | too-large, usage.invalid, job.cancelled, asset.corrupt, disk.*; whatever it throws, `out` is as it was. */
export async function exportDocument(scene: GlazeScene, order: ExportOrder, workFolder: string, watch: ExportWatch): Promise<Exported> {
  const document: Extent = { width: scene.record.width, height: scene.record.height };
  const size = exportSize(document, order);
  const { keepsAlpha } = requireResultFormat(order.out, size);
  await makeFolder(workFolder);
  const folder = await makeWorkFolder(workFolder);
  const shelf = spoolShelf(workFolder, heldBytes);
  const nextBand = (): Promise<void> => nextTurn(watch.signal);
  try {
    const whole = await shelf.make({ ...document, channels: 4, depth: 16 });
    await compositeInto(whole, scene, {}, { signal: watch.signal, progress: (share) => watch.progress({ stage: 'composite', done: share, total: 1 }) });
    watch.progress({ stage: 'scale', done: 0, total: 1 });
    const isSame = size.width === document.width && size.height === document.height;
    const scaled = isSame ? whole : await shelf.make({ ...size, channels: 4, depth: 16 });
    if (!isSame) await scaleSpool(whole, scaled, nextBand);
    const path = join(folder, 'result.tif');
    const shape: SpoolShape = { ...size, channels: keepsAlpha && (await hasAlpha(scaled, nextBand)) ? 4 : 3, depth: order.format === 'jpeg' || order.format === 'webp' ? 8 : order.depth };
    await writeResult(scaled, path, shape, order, nextBand);
    watch.progress({ stage: 'encode', done: 0, total: 1 });
    const { quality, recipe, dpi } = order;
    await encodeFromSpool(path, order.out, { dpi, signal: watch.signal, ...(quality === undefined ? {} : { quality }), ...(recipe === undefined ? {} : { recipe }) });
    return { ...size, notes: notesOn(document, size) };
  } finally {
    await shelf.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function notesOn(document: Extent, size: Extent): Exported['notes'] {
  const times = Math.max(size.width / document.width, size.height / document.height);
  return times < enlargedFrom ? [] : [{ key: 'export.enlarged', details: { times: Number(times.toFixed(1)), width: document.width, height: document.height } }];
}

async function hasAlpha(spool: Spool, nextBand: () => Promise<void>): Promise<boolean> {
  for (const band of bandsOf(spool.shape)) {
    await nextBand();
    const { data, depth } = spool.readRegion(band);
    for (let i = 3; i < data.length; i += 4) if (data[i] !== maxSample(depth)) return true;
  }
  return false;
}

async function writeResult(from: Spool, path: string, shape: SpoolShape, { profile, matte }: ExportOrder, nextBand: () => Promise<void>): Promise<void> {
  const space = outputProfile(profile);
  const result = space ? await createSpool(path, shape, space.bytes) : await createResultSpool(path, shape);
  try {
    for (const band of bandsOf(shape)) {
      await nextBand();
      const read = from.readRegion(band);
      const pixels = shape.channels === 3 ? overMatte(read, matte) : read;
      space?.convert(pixels);
      result.writeRegion(band, shape.depth === 8 ? toBytes(pixels) : pixels);
    }
  } finally {
    result.close();
  }
}

/** Straight RGBA of 16 bit over one colour, as RGB; blended in encoded values, as layers are. */
function overMatte({ width, height, data }: PixelBuffer, matte: readonly number[]): PixelBuffer {
  const out = new Uint16Array(width * height * 3);
  for (let i = 0, from = 0; i < out.length; i += 3, from += 4) {
    const alpha = data[from + 3]! / 65535;
    for (let c = 0; c < 3; c++) out[i + c] = Math.floor(data[from + c]! * alpha + matte[c]! * 65535 * (1 - alpha) + 0.5);
  }
  return { width, height, channels: 3, depth: 16, data: out };
}

function toBytes({ width, height, channels, data }: PixelBuffer): PixelBuffer {
  return { width, height, channels, depth: 8, data: Uint8Array.from(data, (value) => (value * 255 + 32767) / 65535) };
}

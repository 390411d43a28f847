// Makes pictures of what is to be compared: flattened states, results of the host, files.
import { markRaw } from 'vue';
import type { DocumentRecord } from '../../src-main/contract/document.ts';
import type { Note } from '../../src-main/contract/note.ts';
import type { PictureId } from '../../src-main/contract/studio-records.ts';
import { pictureBitmap } from '../client/host-pictures.ts';
import type { StudioClient } from '../client/studio-client.ts';
import type { Transport } from '../client/transport.ts';
import { uploadBytes, uploadFile } from '../client/upload.ts';
import type { CompareSource } from './compare-sources.ts';

export interface ComparedPicture {
  readonly bitmap: ImageBitmap;
  /** The host has it too: it can be measured and saved. */
  readonly picture: PictureId;
  /** What was converted or left out where the host has read the file. */
  readonly notes?: readonly Note[];
}

export interface PictureMaking {
  readonly studio: StudioClient;
  readonly transport: Transport;
  readonly document: { readonly record: DocumentRecord | undefined; settled(): Promise<void> };
}

/** Larger pictures are compared reduced. */
const mostSidePx = 3072;

/** Undefined where there is nothing to be shown. Throws what the host refuses with. */
export async function makePicture({ studio, transport, document }: PictureMaking, source: CompareSource): Promise<ComparedPicture | undefined> {
  if (source.kind === 'picture') return { bitmap: markRaw(await pictureBitmap(source.picture)), picture: source.picture };
  if (source.kind === 'file') {
    const bitmap = await decode(source.file);
    if (!bitmap) return readByHost(studio, transport, source.file);
    const { picture } = await studio.ask('pictures.keep', { file: await uploadBytes(transport, await encode(bitmap), 'compared.png') });
    return { bitmap: markRaw(bitmap), picture };
  }
  const { record } = document;
  if (!record) return undefined;
  await document.settled();
  const { picture } = await studio.ask('pictures.flatten', {
    document: record.id,
    longSidePx: Math.min(mostSidePx, Math.max(record.width, record.height)),
    ...(source.kind === 'state' ? { entry: source.entry } : {}),
    ...(source.kind === 'without' ? { hidden: [source.layer] } : {}),
    ...(source.kind === 'only' ? { only: source.layer } : {}),
  });
  return { bitmap: markRaw(await pictureBitmap(picture)), picture };
}

/** TIFF, PSD and OpenRaster, flattened; what it cannot read either is refused with its sentence. */
async function readByHost(studio: StudioClient, transport: Transport, file: File): Promise<ComparedPicture> {
  const { picture, notes } = await studio.ask('pictures.read', { file: await uploadFile(transport, file), longSidePx: mostSidePx });
  return { bitmap: markRaw(await pictureBitmap(picture)), picture, notes };
}

/** Undefined for what the browser does not read. */
async function decode(blob: Blob): Promise<ImageBitmap | undefined> {
  const whole = await createImageBitmap(blob).catch(() => undefined);
  const by = whole ? mostSidePx / Math.max(whole.width, whole.height) : 1;
  if (!whole || by >= 1) return whole;
  const reduced = await createImageBitmap(whole, { resizeWidth: Math.round(whole.width * by), resizeHeight: Math.round(whole.height * by), resizeQuality: 'high' }).catch(() => undefined);
  whole.close();
  return reduced;
}

async function encode(bitmap: ImageBitmap): Promise<Blob> {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}

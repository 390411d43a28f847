// Makes pictures of what is to be compared: flattened states, results of the host, files.
import { markRaw } from 'vue';
import type { DocumentRecord } from '../../src-main/contract/document.ts';
import { StudioError } from '../../src-main/contract/fault.ts';
import type { PictureId } from '../../src-main/contract/studio-records.ts';
import { pictureBitmap } from '../client/host-pictures.ts';
import type { StudioClient } from '../client/studio-client.ts';
import type { Transport } from '../client/transport.ts';
import { uploadBytes } from '../client/upload.ts';
import type { CompareSource } from './compare-sources.ts';

export interface ComparedPicture {
  readonly bitmap: ImageBitmap;
  /** The host has it too: it can be measured and saved. */
  readonly picture: PictureId;
}

export interface PictureMaking {
  readonly studio: StudioClient;
  readonly transport: Transport;
  readonly document: { readonly record: DocumentRecord | undefined; settled(): Promise<void> };
}

/** Larger pictures are compared reduced. */
const mostSidePx = 3072;

/** Undefined where there is nothing to be shown. Throws what the host refuses with, picture.not-a-picture for other files. */
export async function makePicture({ studio, transport, document }: PictureMaking, source: CompareSource): Promise<ComparedPicture | undefined> {
  if (source.kind === 'picture') return { bitmap: markRaw(await pictureBitmap(source.picture)), picture: source.picture };
  if (source.kind === 'file') {
    const bitmap = await decode(source.blob, source.title);
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

async function decode(blob: Blob, file: string): Promise<ImageBitmap> {
  try {
    const whole = await createImageBitmap(blob);
    const by = mostSidePx / Math.max(whole.width, whole.height);
    if (by >= 1) return whole;
    const reduced = await createImageBitmap(whole, { resizeWidth: Math.round(whole.width * by), resizeHeight: Math.round(whole.height * by), resizeQuality: 'high' });
    whole.close();
    return reduced;
  } catch (cause) {
    throw new StudioError('picture.not-a-picture', { file }, { cause });
  }
}

async function encode(bitmap: ImageBitmap): Promise<Blob> {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}

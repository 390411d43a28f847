// Encoded pictures the host keeps, fetched once and remembered as blobs.
import { StudioError } from '../../src-main/contract/fault.ts';
import type { PictureId } from '../../src-main/contract/studio-records.ts';
import { useHost } from './host-store.ts';
import { reachHost } from './reach-host.ts';

/** About as many as a long gallery and a grid of variants show. */
const mostRemembered = 600;
const remembered = new Map<PictureId, Promise<Blob>>();

/** The encoded bytes of a picture. Throws internal where the host has it no longer. */
export function pictureBlob(picture: PictureId): Promise<Blob> {
  const known = remembered.get(picture);
  remembered.delete(picture); // Put back at the end: the one asked for last goes last.
  const blob = known ?? fetchPicture(picture);
  remembered.set(picture, blob);
  if (!known) blob.catch(() => remembered.delete(picture));
  const [oldest] = remembered.keys();
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
  return blob;
}

/** Decoded, for drawing; the caller closes it. */
export async function pictureBitmap(picture: PictureId): Promise<ImageBitmap> {
  return createImageBitmap(await pictureBlob(picture));
}

async function fetchPicture(picture: PictureId): Promise<Blob> {
  const answer = await reachHost(`/pictures/${encodeURIComponent(picture)}`, { headers: useHost().transport.headers });
  if (!answer.ok) throw new StudioError('internal', { reason: `picture ${picture}: ${answer.status}` });
  return answer.blob();
}

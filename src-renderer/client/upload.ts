// Gives the host a file of the artist's: its path where the host can read it, else its bytes.
import { StudioError } from '../../src-main/contract/fault.ts';
import type { FileRef } from '../../src-main/contract/studio-api.ts';
import { reachHost } from './reach-host.ts';
import type { Transport } from './transport.ts';

function isUpload(answer: unknown): answer is { readonly upload: string } {
  return typeof answer === 'object' && answer !== null && 'upload' in answer && typeof answer.upload === 'string';
}

/** Throws upload.too-large where the host refuses the size, internal where it refuses otherwise. */
export async function uploadFile(transport: Transport, file: File): Promise<FileRef> {
  const path = window.velatura?.pathOf(file);
  if (path) return { path };
  return uploadBytes(transport, file, file.name);
}

/** As uploadFile, for bytes that have no file. */
export async function uploadBytes({ headers }: Transport, bytes: Blob, name: string): Promise<FileRef> {
  const response = await reachHost('/uploads', { method: 'POST', headers, body: bytes });
  if (response.status === 413) throw new StudioError('upload.too-large', { limit: '16 GB' });
  const answer: unknown = response.ok ? await response.json() : undefined;
  if (!isUpload(answer)) throw new StudioError('internal', { reason: `the upload was answered with ${response.status}` });
  return { upload: answer.upload, name };
}

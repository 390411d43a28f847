// Gives the host a file of the artist's: its path where the host can read it, else its bytes.
import { StudioError, type Fault } from '../../src-main/contract/fault.ts';
import type { FileRef } from '../../src-main/contract/studio-api.ts';
import { isFolder } from './dropped-files.ts';
import { reachHost } from './reach-host.ts';
import type { Transport } from './transport.ts';

function isUpload(answer: unknown): answer is { readonly upload: string } {
  return typeof answer === 'object' && answer !== null && 'upload' in answer && typeof answer.upload === 'string';
}

/** Throws what the host refuses with, host.lost where it is gone, upload.unreadable where the file is, upload.folder where it is none. */
export async function uploadFile(transport: Transport, file: File): Promise<FileRef> {
  if (isFolder(file)) throw new StudioError('upload.folder', { file: file.name });
  const path = window.velatura?.pathOf(file);
  if (path) return { path };
  return uploadBytes(transport, file, file.name);
}

/** As uploadFile, for bytes that have no file. */
export async function uploadBytes({ headers }: Transport, bytes: Blob, name: string): Promise<FileRef> {
  const response = await reachHost('/uploads', { method: 'POST', headers, body: bytes }).catch(async (thrown: unknown) => {
    // A browser says the same of a host that is gone and of a file that is.
    await readable(bytes, name);
    throw thrown;
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (isRefusal(answer)) throw new StudioError(answer.fault.code, 'file' in answer.fault.details ? { ...answer.fault.details, file: name } : answer.fault.details);
  if (!response.ok || !isUpload(answer)) throw new StudioError('internal', { reason: `the upload was answered with ${response.status}` });
  return { upload: answer.upload, name };
}

async function readable(bytes: Blob, file: string): Promise<void> {
  await bytes
    .slice(0, 1)
    .arrayBuffer()
    .catch((thrown: unknown) => {
      throw new StudioError('upload.unreadable', { file }, { cause: thrown });
    });
}

function isRefusal(answer: unknown): answer is { readonly fault: Fault } {
  return typeof answer === 'object' && answer !== null && 'fault' in answer;
}

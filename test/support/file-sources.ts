// What the studio's addresses for bytes lead to, in a folder of the test's own, with assets in memory.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { AssetShelf, FileSources } from '../../src-main/services/host/file-routes.ts';
import { createKeptFiles } from '../../src-main/services/host/kept-files.ts';
import { createPictureShelf } from '../../src-main/services/host/picture-shelf.ts';
import { createSessionFolder } from '../../src-main/services/host/session-folder.ts';
import { createUploads } from '../../src-main/services/host/uploads.ts';

/** The only document that is open. */
export const openDocument = 'document-1';

export function memoryAssets(): AssetShelf {
  const shelf = new Map<string, Uint8Array>();
  return {
    put: (frames) => {
      const ids = frames.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
      ids.forEach((id, i) => shelf.set(id, frames[i] ?? new Uint8Array()));
      return Promise.resolve(ids);
    },
    get: (id) => Promise.resolve(shelf.get(id)),
  };
}

export interface TestFiles extends FileSources {
  close(): Promise<void>;
}

export function fileSources(folder: string, uploadLimit?: number): TestFiles {
  const session = createSessionFolder(join(folder, 'work'));
  const assets = memoryAssets();
  return {
    assets: (document) => (document === openDocument ? assets : undefined),
    pictures: createPictureShelf(session),
    uploads: createUploads(session, uploadLimit),
    kept: createKeptFiles(session),
    close: () => session.remove(),
  };
}

/** Frames as a page sends them. */
export function framed(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(pieces.reduce((sum, piece) => sum + 4 + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    new DataView(body.buffer).setUint32(at, piece.length, true);
    body.set(piece, at + 4);
    at += 4 + piece.length;
  }
  return body;
}

// The sha-256 of a file, read in pieces: how recipes name pictures without their paths.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { StudioError } from '../contract/fault.ts';
import { diskFault, errorCodeOf } from './disk.ts';

/** Hex; `seen` gets its bytes as they go by, and what it throws ends it. Throws picture.missing | disk.*. */
export async function fileHash(path: string, seen?: (piece: Uint8Array) => unknown): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path)) {
      hash.update(piece as Uint8Array);
      await seen?.(piece as Uint8Array);
    }
  } catch (thrown) {
    throw errorCodeOf(thrown) === 'ENOENT' ? new StudioError('picture.missing', { file: basename(path) }) : diskFault(thrown, path);
  }
  return hash.digest('hex');
}

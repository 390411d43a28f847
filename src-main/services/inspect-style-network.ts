// Whether a file is somebody's style network, and what the artist should know of it. Runs in the engine process.
import { basename } from 'node:path';
import { StudioError } from '../contract/fault.ts';
import type { Note } from '../contract/note.ts';
import { notesOn } from '../engine/styles/external/description.ts';
import { fileHash } from './file-hash.ts';
import { inspect } from './inspect.ts';

export interface InspectedNetwork {
  /** sha-256 of the file. */
  readonly id: string;
  readonly learnedSizePx: number;
  readonly notes: readonly Note[];
}

/** Throws network.* where it is none | disk.*. */
export async function inspectStyleNetwork(path: string): Promise<InspectedNetwork> {
  const found = await inspect(path);
  const file = basename(path);
  if (found.kind !== 'network') throw new StudioError('network.corrupt', { file, reason: 'it is no ONNX network' });
  if (!found.description) throw new StudioError('network.not-an-image-network', { file, reason: found.reason ?? 'it reads pictures and paints none' });
  return { id: await fileHash(path), learnedSizePx: found.description.learnedSizePx, notes: notesOn(found.description) };
}

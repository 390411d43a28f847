// Everything that resumes a run to the bit, as bytes.
import { createHash } from 'node:crypto';
import { unzipSync, zipSync, strFromU8, strToU8 } from 'fflate';
import { StudioError } from '../../contract/fault.ts';
import type { TrainingRecipe } from '../../contract/training.ts';
import type { RandomState } from '../tensor/random.ts';
import { readSafetensors, writeSafetensors } from '../tensor/safetensors.ts';
import { tensor } from '../tensor/tensor.ts';
import type { GuardState } from './guard.ts';
import type { StateVectors } from './state.ts';

/** Where a run of a recipe stands. Steps count from 0 within the phase. */
export interface Checkpoint<R = TrainingRecipe> {
  readonly recipe: R;
  readonly phase: number;
  readonly step: number;
  readonly random: RandomState;
  readonly guard: GuardState;
  /** Factor on all rates, lowered by every roll-back of this phase. */
  readonly rateFactor: number;
  readonly rollBacks: number;
  readonly vectors: StateVectors;
}

type Progress<R> = Omit<Checkpoint<R>, 'vectors'> & { readonly formatVersion: 1 };

const entryNames = { progress: 'checkpoint.json', state: 'state.safetensors', digest: 'sha256' } as const;

/** A checkpoint as the bytes of one file: a zip of its JSON, its vectors and the digest of both. */
export function encodeCheckpoint<R>({ vectors, ...progress }: Checkpoint<R>): Uint8Array {
  const tensors = Object.fromEntries(Object.entries(vectors).map(([name, data]) => [name, tensor([data.length], data)]));
  const json = strToU8(JSON.stringify({ formatVersion: 1, ...progress } satisfies Progress<R>));
  const state = writeSafetensors(tensors);
  const { progress: first, state: second, digest } = entryNames;
  return zipSync({ [first]: json, [second]: state, [digest]: strToU8(digestOf(json, state)) }, { level: 0 });
}

/** The checkpoint in a file's bytes; `file` names it in faults. Throws checkpoint.corrupt. */
export function decodeCheckpoint<R = TrainingRecipe>(bytes: Uint8Array, file: string): Checkpoint<R> {
  try {
    const entries = unzipSync(bytes);
    const [json, state, digest] = [entries[entryNames.progress], entries[entryNames.state], entries[entryNames.digest]];
    if (!json || !state || !digest) throw new Error('a part of it is missing');
    if (digestOf(json, state) !== strFromU8(digest)) throw new Error('its bytes are not those that were written');
    const { formatVersion, ...progress } = JSON.parse(strFromU8(json)) as Progress<R>;
    if (formatVersion !== 1) throw new Error(`format ${String(formatVersion)}`);
    const tensors = readSafetensors(state, file);
    return { ...progress, vectors: Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, data])) };
  } catch (thrown) {
    throw new StudioError('checkpoint.corrupt', { file, reason: thrown instanceof Error ? thrown.message : String(thrown) }, { cause: thrown });
  }
}

function digestOf(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

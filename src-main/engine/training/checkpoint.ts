// Everything that resumes a run to the bit, as bytes.
import { unzipSync, zipSync, strFromU8, strToU8 } from 'fflate';
import { StudioError } from '../../contract/fault.ts';
import type { TrainingRecipe } from '../../contract/training.ts';
import type { RandomState } from '../tensor/random.ts';
import { readSafetensors, writeSafetensors } from '../tensor/safetensors.ts';
import { tensor } from '../tensor/tensor.ts';
import type { GuardState } from './guard.ts';
import type { StateVectors } from './state.ts';

/** Where a run stands. Steps count from 0 within the phase. */
export interface Checkpoint {
  readonly recipe: TrainingRecipe;
  readonly phase: number;
  readonly step: number;
  readonly random: RandomState;
  readonly guard: GuardState;
  /** Factor on all rates, lowered by every roll-back of this phase. */
  readonly rateFactor: number;
  readonly rollBacks: number;
  readonly vectors: StateVectors;
}

type Progress = Omit<Checkpoint, 'vectors'> & { readonly formatVersion: 1 };

/** A checkpoint as the bytes of one file: a zip of its JSON and its vectors. */
export function encodeCheckpoint({ vectors, ...progress }: Checkpoint): Uint8Array {
  const tensors = Object.fromEntries(Object.entries(vectors).map(([name, data]) => [name, tensor([data.length], data)]));
  const json = JSON.stringify({ formatVersion: 1, ...progress } satisfies Progress);
  return zipSync({ 'checkpoint.json': strToU8(json), 'state.safetensors': writeSafetensors(tensors) }, { level: 0 });
}

/** The checkpoint in a file's bytes; `file` names it in faults. Throws checkpoint.corrupt. */
export function decodeCheckpoint(bytes: Uint8Array, file: string): Checkpoint {
  try {
    const entries = unzipSync(bytes);
    const { formatVersion, ...progress } = JSON.parse(strFromU8(entries['checkpoint.json'])) as Progress;
    if (formatVersion !== 1) throw new Error(`format ${String(formatVersion)}`);
    const tensors = readSafetensors(entries['state.safetensors'], file);
    return { ...progress, vectors: Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, data])) };
  } catch (thrown) {
    throw new StudioError('checkpoint.corrupt', { file, reason: thrown instanceof Error ? thrown.message : String(thrown) }, { cause: thrown });
  }
}

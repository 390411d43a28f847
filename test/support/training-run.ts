// Runs a trainer and keeps all it tells.
import type { TrainingMetrics } from '../../src-main/contract/training.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../../src-main/engine/training/checkpoint.ts';
import type { StateVectors } from '../../src-main/engine/training/state.ts';
import { train, type TrainerSetup } from '../../src-main/engine/training/trainer.ts';

export interface RollBack {
  readonly reason: string;
  readonly step: number;
  readonly rateFactor: number;
}

export interface TrainingRun {
  readonly metrics: TrainingMetrics[];
  /** Each as it was read back from its bytes. */
  readonly checkpoints: Checkpoint[];
  readonly rollBacks: RollBack[];
  /** Copies of the state after every step. */
  readonly standings: StateVectors[];
  readonly outcome: StateVectors | Error;
}

/** `cancelAt`: cancelled while the step of this number, counted over all phases, is reported. */
export async function runTraining(setup: TrainerSetup, cancelAt = 0): Promise<TrainingRun> {
  const cancel = new AbortController();
  const told: Omit<TrainingRun, 'outcome'> = { metrics: [], checkpoints: [], rollBacks: [], standings: [] };
  const outcome = await train(setup, {
    signal: cancel.signal,
    metrics: (metrics) => {
      told.metrics.push(metrics);
      // As a message does: it arrives after the step, between two turns.
      if (metrics.step === cancelAt) setImmediate(() => cancel.abort());
    },
    checkpoint: async (checkpoint) => void told.checkpoints.push(decodeCheckpoint(encodeCheckpoint(checkpoint), 'checkpoint.zip')),
    standing: async (vectors) => void told.standings.push(vectors()),
    rolledBack: (reason, step, rateFactor) => void told.rollBacks.push({ reason, step, rateFactor }),
  }).catch((thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown))));
  return { ...told, outcome };
}

/** The final vectors; what it failed with is thrown. */
export function vectorsOf({ outcome }: TrainingRun): StateVectors {
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

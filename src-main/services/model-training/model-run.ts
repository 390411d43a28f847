// What every training of a network that ships is given and tells.
import type { TrainingMetrics } from '../../contract/training.ts';
import type { SessionOptions } from '../../engine/runtime/session.ts';

/** Where a training reads and writes. */
export interface ModelFolders {
  /** What a recipe's folders and files are relative to. */
  readonly data: string;
  /** What the preset it starts from is relative to. */
  readonly models: string;
  /** Checkpoint, log and result. */
  readonly out: string;
}

export interface ModelWatch {
  readonly signal: AbortSignal;
  metrics(metrics: TrainingMetrics): void;
  note(text: string): void;
}

export interface TrainedModel {
  readonly preset: string;
  readonly id: string;
  readonly steps: number;
  readonly losses: Readonly<Record<string, number>>;
}

export interface ModelOptions extends SessionOptions {
  /** Go on from the checkpoint in the folder of the result. */
  readonly resume: boolean;
}

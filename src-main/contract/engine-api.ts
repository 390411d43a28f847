// What a host may ask of the engine process, and how a question and its answer travel.
import type { Result } from './result.ts';

/** What the engine says of itself once it has run a model. */
export interface EngineStatus {
  /** The runtime of models and its version, e.g. "onnxruntime 1.30.0". */
  readonly runtime: string;
}

export const engineMethods = ['status'] as const;
export type EngineMethod = (typeof engineMethods)[number];

/** `id` is the asker's and comes back with the answer. */
export interface EngineCall {
  readonly id: number;
  readonly method: EngineMethod;
}

export interface EngineReply {
  readonly id: number;
  readonly result: Result<EngineStatus>;
}

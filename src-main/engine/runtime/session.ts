// The port through which every model runs; ort-node.ts is its only adapter in production.
import type { AnyTensor, DataType } from '../tensor/tensor.ts';

/** Execution providers this program knows. */
export type Provider = 'cpu' | 'webgpu' | 'cuda' | 'dml' | 'coreml';

export interface SessionOptions {
  readonly provider: Provider;
  /** Threads inside one operator; 0 lets the runtime choose. */
  readonly threads?: number;
  /** Busy-wait between operators: faster alone, ruinous beside another busy session. Default false. */
  readonly spinning?: boolean;
  /** Spinning ends with each run. */
  readonly calmBetweenRuns?: boolean;
  /** Outputs that stay on the device and may be fed back, by name. Ignored on the CPU. */
  readonly keepOnDevice?: readonly string[];
}

/** An input or output of a model. Symbolic dimensions are strings or -1. */
export interface Port {
  readonly name: string;
  readonly type: DataType | 'other';
  readonly shape: readonly (number | string)[];
}

export type Feeds = Readonly<Record<string, AnyTensor>>;

export interface Session {
  readonly provider: Provider;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /**
   * Runs the model once; blocks its process's event loop for the whole run.
   * `into` names CPU tensors that receive outputs in place (no allocation per run).
   * Throws session.failed | session.out-of-memory.
   */
  run(feeds: Feeds, into?: Feeds): Promise<Record<string, AnyTensor>>;
  release(): Promise<void>;
}

export interface SessionFactory {
  /** Throws session.rejected (with the reason) when the provider refuses the model. */
  open(model: Uint8Array, options: SessionOptions): Promise<Session>;
  /** Sessions opened and not released; tests expect zero at the end. */
  liveSessions(): number;
}

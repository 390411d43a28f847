// What the studio says of itself: its version, its host, and whether its engine answers.

/** Whether the engine process answers; `silent` where it was asked in vain. */
export type EngineState = 'answering' | 'silent';

/** What the studio says of itself. */
export interface StudioStatus {
  readonly version: string;
  readonly host: 'electron' | 'browser';
  /** ISO 8601; another one: the host was started again, and knows nothing of what a page has opened. */
  readonly startedAt?: string;
  /** The program that runs the host, e.g. "Node 20.20.2". */
  readonly runtime: string;
  /** Folder of the artist's documents and styles. */
  readonly home?: string;
  readonly engine: EngineState;
  /** Execution provider that paints, e.g. "cpu", and the one that was wished for where that differs. */
  readonly device: { readonly provider: string; readonly wished?: string };
}

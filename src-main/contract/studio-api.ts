// What a window may ask of the studio, and how one question and its answer travel over any transport.
import type { Result } from './result.ts';

/** Whether the engine process answers; `silent` where it was asked in vain. */
export type EngineState = 'answering' | 'silent';

/** What the studio says of itself. */
export interface StudioStatus {
  readonly version: string;
  readonly host: 'electron' | 'browser';
  /** The program that runs the host, e.g. "Node 20.20.2". */
  readonly runtime: string;
  readonly engine: EngineState;
}

/** The requests of the studio. Each throws StudioError inside a host and is answered as a Result outside. */
export interface StudioApi {
  status(): Promise<StudioStatus>;
}

export const studioMethods = ['status'] as const satisfies readonly (keyof StudioApi)[];
export type StudioMethod = (typeof studioMethods)[number];

/** One question. `id` is the asker's and comes back with the answer. */
export interface StudioCall {
  readonly id: number;
  readonly method: StudioMethod;
}

export interface StudioReply {
  readonly id: number;
  readonly result: Result<unknown>;
}

/** What Electron's preload lends the page, as `window.velatura`. */
export interface StudioBridge {
  call(call: StudioCall): Promise<StudioReply>;
}

/** Close codes of the browser host's socket, beyond the protocol's own. */
export const socketClosed = { wrongToken: 4401, notUnderstood: 4400 } as const;

/** True for a well-formed question; what comes from a page is not to be trusted. */
export function isStudioCall(value: unknown): value is StudioCall {
  if (typeof value !== 'object' || value === null) return false;
  const { id, method } = value as Partial<Record<keyof StudioCall, unknown>>;
  return Number.isSafeInteger(id) && studioMethods.some((known) => known === method);
}

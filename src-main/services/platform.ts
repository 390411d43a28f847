// What a host lends the services: folders, a clock, a log, and child processes.
import type { Folders } from '../contract/engine-api.ts';
import type { HomeFolder } from './home/home-folder.ts';

export type { Folders };

export type ProcessEntry = 'trainer' | 'engine';

/** How a child ended: its exit code, or the signal that killed it. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A child process as its owner holds it; messages are structured clones. */
export interface ProcessLink {
  readonly pid: number | undefined;
  /** Dropped without complaint once the child has ended. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, also when the child could not be started. */
  onExit(listener: (exit: ProcessExit) => void): void;
  kill(): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface Platform {
  readonly folders: Folders;
  /** Who says where the artist's folder is; absent: it is not to be moved. */
  readonly home?: HomeFolder;
  now(): Date;
  log(level: LogLevel, message: string): void;
  startProcess(entry: ProcessEntry): ProcessLink;
}

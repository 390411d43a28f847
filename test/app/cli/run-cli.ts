// Runs the real command line as a child process with a library of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../src-main/hosts/cli/main.ts', import.meta.url));

export interface CliRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A fresh folder for one test; the system clears it. */
export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'velatura-cli-'));
}

export interface RunOptions {
  readonly home?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with the child and everything it has said on standard error so far. */
  readonly onMessages?: (child: ChildProcess, stderr: string) => void;
}

export function runCli(words: readonly string[], options: RunOptions = {}): Promise<CliRun> {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...words], {
    env: { ...process.env, LC_ALL: 'C', VELATURA_FEATURES: '', VELATURA_HOME: options.home ?? freshFolder(), ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    options.onMessages?.(child, stderr);
  });
  return new Promise((settle, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => settle({ code, signal, stdout, stderr }));
  });
}

// The built browser host as a process of a test's own: in a home of its own, ended hard, started again.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildIfStale } from '../../build/freshness.mjs';

/** Where the built program is: $STUDIO_TREE, else this repository, built where it is stale. */
function builtTree(): string {
  const named = process.env['STUDIO_TREE'];
  if (named) return named;
  buildIfStale('out/main/browser.js');
  return resolve(import.meta.dirname, '../..');
}

export interface StudioHost {
  readonly home: string;
  /** Of the host that runs now, with its token. */
  address(): string;
  /** Of the host that runs now. */
  process(): number;
  /** Process of a child, while there is one. */
  child(entry: 'engine' | 'trainer'): number | undefined;
  /** As kill -9 does it. */
  kill(): Promise<void>;
  /** As Ctrl-C does it. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes its home. */
  close(): Promise<void>;
}

/** Starts one; it listens when the promise is kept. `inStandardFolder`: it finds its folder below `home` by itself, as it does on an artist's machine. */
export async function startStudioHost(home = mkdtempSync(join(tmpdir(), 'velatura-studio-')), { inStandardFolder = false } = {}): Promise<StudioHost> {
  const script = join(builtTree(), 'out/main/browser.js');
  const place = inStandardFolder ? { VELATURA_HOME: '', HOME: home, XDG_DATA_HOME: home, APPDATA: home } : { VELATURA_HOME: home };
  let host: ChildProcess;
  let address = '';

  async function start(): Promise<void> {
    host = spawn(process.execPath, [script, '--no-open'], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...place } });
    address = await printedAddress(host);
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (host.exitCode !== null || host.signalCode !== null) return;
    const ended = once(host, 'exit');
    host.kill(signal);
    await ended;
  }

  await start();
  return {
    home,
    address: () => address,
    process: () => host.pid ?? 0,
    child: (entry) => (host.pid === undefined ? undefined : childOf(host.pid, `${entry}.js`)),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGINT'),
    start,
    close: async () => {
      await end('SIGKILL');
      rmSync(home, { recursive: true, force: true, maxRetries: 10 }); // Its children may write a last time.
    },
  };
}

function printedAddress(host: ChildProcess): Promise<string> {
  return new Promise((found, reject) => {
    let output = '';
    host.once('exit', (code) => reject(new Error(`The host ended with ${code}: ${output}`)));
    const take = (part: Buffer): void => {
      output += String(part);
      const match = /http:\/\/127\.0\.0\.1:\d+\/#[\w-]+/.exec(output);
      if (match) found(match[0]);
    };
    host.stdout?.on('data', take);
    host.stderr?.on('data', take);
  });
}

function childOf(parent: number, script: string): number | undefined {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  for (const line of lines) {
    const [, pid, ppid, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (Number(ppid) === parent && args?.includes(script)) return Number(pid);
  }
  return undefined;
}

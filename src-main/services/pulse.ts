// The pulse of a process: a local socket of its own, which the system takes away with the process, however that ends.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCodeOf } from './disk.ts';

/** A socket that exists and does not answer belongs to a process that is busy. */
const patienceMs = 2000;

let own: Promise<string | undefined> | undefined;

/** Name of this process's pulse, begun at the first call; undefined where the system lends no socket. */
export function ownPulse(): Promise<string | undefined> {
  return (own ??= begin(randomBytes(12).toString('hex')));
}

/** Whether a pulse beats; undefined where that cannot be told: its socket is out of reach, or was cleared away. */
export async function beats(name: string): Promise<boolean | undefined> {
  if (!/^[0-9a-f]{24}$/.test(name)) return undefined;
  return new Promise((resolve) => {
    const socket = connect(addressOf(name));
    const end = (verdict: boolean | undefined): void => {
      socket.destroy();
      resolve(verdict);
    };
    // Taking the connection is the kernel's act: a process that is busy or stopped has its pulse, too.
    socket.once('connect', () => end(true));
    socket.once('error', (thrown) => end(verdictOf(errorCodeOf(thrown))));
    socket.setTimeout(patienceMs, () => end(true));
  });
}

function verdictOf(code: string | undefined): boolean | undefined {
  if (code === 'ECONNREFUSED') return false;
  if (code === 'EAGAIN' || code === 'EBUSY') return true; // more are waiting than it can take
  // Windows keeps no pipe beyond its process; elsewhere the socket is a file that somebody may clear away.
  return process.platform === 'win32' && code === 'ENOENT' ? false : undefined;
}

function begin(name: string): Promise<string | undefined> {
  const server = createServer((socket) => socket.destroy());
  server.unref(); // the program ends when its work has ended
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(addressOf(name), () => {
      if (process.platform !== 'win32') process.once('exit', () => rmSync(addressOf(name), { force: true }));
      resolve(name);
    });
  });
}

/** A name from a lock file leads to a socket of this machine and to nothing else. */
function addressOf(name: string): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\velatura-${name}` : join(tmpdir(), `velatura-${name}.sock`);
}

// Folders of work in progress: each named after its process, and swept once that is dead.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { diskFault, errorCodeOf } from '../disk.ts';
import { isAlive } from '../process-life.ts';

const prefix = 'velatura-';
/** velatura-PID-MACHINE-XXXXXX */
const pattern = /^velatura-(\d+)-(.+)-[A-Za-z0-9]{6}$/;

/** A fresh folder below `parent`, which exists. Throws disk.*. */
export async function makeWorkFolder(parent: string): Promise<string> {
  return mkdtemp(join(parent, `${prefix}${process.pid}-${machine()}-`)).catch((thrown: unknown) => {
    throw diskFault(thrown, parent);
  });
}

/** Removes what killed processes of this machine left below `parent`; what cannot be removed waits for the next sweep. Throws disk.*. */
export async function sweepWorkFolders(parent: string): Promise<void> {
  const names = await readdir(parent).catch((thrown: unknown) => {
    if (errorCodeOf(thrown) === 'ENOENT') return [];
    throw diskFault(thrown, parent);
  });
  await Promise.all(
    names.map(async (name) => {
      if (await isLeftBehind(name)) await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
    }),
  );
}

/** On a shared disk another machine's processes cannot be seen: their folders stay. */
async function isLeftBehind(name: string): Promise<boolean> {
  const [, pid, on] = pattern.exec(name) ?? [];
  return pid !== undefined && on === machine() && !(await isAlive({ pid: Number(pid) }));
}

function machine(): string {
  return hostname().replace(/[^A-Za-z0-9.]+/g, '_') || '_';
}

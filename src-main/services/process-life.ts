// Whether a process that left its number somewhere still runs: numbers are given again, after a restart of the machine at the latest.
import { readFileSync } from 'node:fs';
import { errorCodeOf } from './disk.ts';

/** What a process leaves of itself. */
export interface ProcessMark {
  readonly pid: number;
  /** When it was started, in ticks of the system's clock; absent where the system does not say. */
  readonly started?: string;
}

/** This process. */
export function ownMark(): ProcessMark {
  const started = startOf(process.pid);
  return { pid: process.pid, ...(started === undefined ? {} : { started }) };
}

/** Whether a process of this machine runs, whoever's it is; without `started`, any of that number. */
export function isAlive({ pid, started }: ProcessMark): boolean {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    if (errorCodeOf(thrown) !== 'EPERM') return false;
  }
  const now = started === undefined ? undefined : startOf(pid);
  return now === undefined || now === started;
}

/** Linux tells it: field 22 of proc_pid_stat(5), counted behind the name, which may hold anything. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

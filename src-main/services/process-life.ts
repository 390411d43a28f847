// Whether a process that left its number somewhere still runs: numbers are given again, after a restart of the machine at the latest.
import { readFileSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { errorCodeOf } from './disk.ts';
import { beats, ownPulse } from './pulse.ts';

/** What a process leaves of itself. */
export interface ProcessMark {
  readonly pid: number;
  /** When it was started, in ticks of the system's clock; absent where the system does not say. */
  readonly started?: string;
  /** Name of its pulse, where its start is not known. */
  readonly pulse?: string;
  /** ISO 8601: when it left the mark. */
  readonly since?: string;
}

/** Of clocks that are set right while the machine runs. */
const clockErrorMs = 60_000;

/** This process. */
export async function ownMark(): Promise<Omit<ProcessMark, 'since'>> {
  const started = startOf(process.pid);
  if (started !== undefined) return { pid: process.pid, started };
  const pulse = await ownPulse();
  return { pid: process.pid, ...(pulse === undefined ? {} : { pulse }) };
}

/** Whether a process of this machine runs, whoever's it is; where neither `started` nor `pulse` tells, any of that number. */
export async function isAlive({ pid, started, pulse, since }: ProcessMark): Promise<boolean> {
  if (!isRunning(pid)) return false;
  const now = started === undefined ? undefined : startOf(pid);
  if (now !== undefined) return now === started;
  if (pulse === undefined) return true;
  return (await beats(pulse)) ?? !isBeforeBoot(since);
}

/** Whether a name that was left is this machine's: networks give other domains to the same one. */
export function isThisMachine(host: unknown): boolean {
  const nameOf = (full: string): string => full.split('.')[0]!.toLowerCase();
  return typeof host === 'string' && nameOf(host) === nameOf(hostname());
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return errorCodeOf(thrown) === 'EPERM';
  }
}

function isBeforeBoot(since: string | undefined): boolean {
  return since !== undefined && Date.parse(since) < Date.now() - uptime() * 1000 - clockErrorMs;
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

// The journal of long work: a small file for every job that has not ended, so that none is lost when the program ends before it.
import { readdir, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { makeFolder, writeSafely } from '../disk.ts';
import { isAlive, isThisMachine, ownMark } from '../process-life.ts';

const folderName = 'jobs';
/** So many of them are read at most. */
const mostLeft = 200;

const keptSchema = v.object({
  formatVersion: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  kind: v.picklist(['export', 'variants', 'teach', 'glaze', 'save', 'import']),
  details: v.record(v.string(), v.union([v.string(), v.number()])),
  /** ISO 8601, and which of that moment. */
  at: v.string(),
  number: v.optional(v.number(), 0),
  /** What it was asked with, where it can be asked again. */
  recipe: v.optional(v.unknown()),
});
export type KeptJob = v.InferOutput<typeof keptSchema>;

const ownerSchema = v.object({ pid: v.number(), started: v.exactOptional(v.string()), pulse: v.exactOptional(v.string()), machine: v.string() });

export interface JobJournal {
  /** Jobs that a program has left behind, oldest first. */
  left(): Promise<KeptJob[]>;
  keep(job: Omit<KeptJob, 'formatVersion'>): void;
  forget(id: string): void;
  /** Resolves once all of that is on disk. */
  settled(): Promise<void>;
}

/** A failing disk is logged; the work itself goes on. */
export function createJobJournal(home: string, log: (message: string) => void): JobJournal {
  const folder = join(home, folderName);
  const fileOf = (id: string): string => join(folder, `${id}.json`);
  let line: Promise<void> = Promise.resolve();
  const inTurn = (action: () => Promise<void>): void => {
    line = line.then(action).catch((thrown: unknown) => log(`the journal of jobs: ${String(thrown)}`));
  };
  return {
    async left() {
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).slice(0, mostLeft);
      const kept = await Promise.all(names.map((name) => readLeft(join(folder, name))));
      return kept.filter((job) => job !== undefined).sort((a, b) => a.at.localeCompare(b.at) || a.number - b.number);
    },
    keep: (job) =>
      inTurn(async () => {
        await makeFolder(folder);
        const words = JSON.stringify({ formatVersion: 1, ...job, ...(await ownMark()), machine: hostname() });
        await writeSafely(fileOf(job.id), new TextEncoder().encode(words));
      }),
    forget: (id) => inTurn(() => rm(fileOf(id), { force: true })),
    settled: () => line,
  };
}

/** Undefined where another program still works on it, or where it is no such file. */
async function readLeft(path: string): Promise<KeptJob | undefined> {
  try {
    const words: unknown = JSON.parse(await readFile(path, 'utf8'));
    const { machine, ...owner } = v.parse(ownerSchema, words);
    const isElsewhere = !isThisMachine(machine) || (owner.pid !== process.pid && (await isAlive(owner)));
    return isElsewhere ? undefined : v.parse(keptSchema, words);
  } catch {
    return undefined;
  }
}

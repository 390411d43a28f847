// The folder of everything that is the artist's: which one it is, and where the choice of another is kept.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { StudioError } from '../../contract/fault.ts';
import { complaintOf } from '../../contract/schema.ts';
import { errorCodeOf, makeFolder, writeSafely } from '../disk.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** In the standard folder: where the artist's folder is, when it is another. */
export const pointerName = 'home.json';
/** In a folder that was chosen: tells it from the empty place where its disk was. */
export const markName = 'velatura.json';

const pointerSchema = v.looseObject({ formatVersion: v.literal(1), home: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)) });

export interface HomeFolder {
  /** Absolute. */
  readonly home: string;
  /** Who says so: VELATURA_HOME, the artist's choice, or nobody. */
  readonly from: 'variable' | 'chosen' | 'standard';
  /** The system's folder for a program's data, where a choice is kept. */
  readonly standard: string;
}

/** VELATURA_HOME, else the folder the artist has chosen, else the system's for user data. Throws home.gone | home.unreadable; then no other one is used instead. */
export function resolveHome(environment: Environment, system: NodeJS.Platform = process.platform): HomeFolder {
  const standard = standardFolder(environment, system);
  const named = environment['VELATURA_HOME'];
  if (named) return { home: resolve(named), from: 'variable', standard };
  const chosen = readChoice(standard);
  if (chosen === undefined || chosen === standard) return { home: standard, from: 'standard', standard };
  if (!existsSync(join(chosen, markName))) throw new StudioError('home.gone', { place: chosen, pointer: join(standard, pointerName) });
  return { home: chosen, from: 'chosen', standard };
}

/** What the artist chose last; undefined where nothing was. Throws home.unreadable. */
export function readChoice(standard: string): string | undefined {
  const pointer = join(standard, pointerName);
  try {
    const checked = v.safeParse(pointerSchema, JSON.parse(readFileSync(pointer, 'utf8')));
    if (!checked.success) throw new Error(complaintOf(checked.issues));
    return checked.output.home;
  } catch (thrown) {
    if (errorCodeOf(thrown) === 'ENOENT') return undefined;
    throw new StudioError('home.unreadable', { pointer, reason: (thrown as Error).message.split('\n')[0]!.slice(0, 200) });
  }
}

/** Marks a folder as the artist's and keeps it as the choice: it is used from the next start on. Throws disk.*. */
export async function keepChoice(standard: string, home: string): Promise<void> {
  const bytes = (words: object): Uint8Array => new TextEncoder().encode(`${JSON.stringify(words, null, 2)}\n`);
  await writeSafely(join(home, markName), bytes({ formatVersion: 1 }));
  await makeFolder(standard);
  await writeSafely(join(standard, pointerName), bytes({ formatVersion: 1, home }));
}

function standardFolder(environment: Environment, system: NodeJS.Platform): string {
  const user = environment['HOME'] || homedir();
  if (system === 'win32') return join(environment['APPDATA'] || join(user, 'AppData', 'Roaming'), 'Velatura');
  if (system === 'darwin') return join(user, 'Library', 'Application Support', 'Velatura');
  return join(environment['XDG_DATA_HOME'] || join(user, '.local', 'share'), 'velatura');
}

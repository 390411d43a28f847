// What the artist has chosen once for all, kept in one small file.
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { settingsSchema, type Settings } from '../../contract/schema.ts';
import { diskFault, errorCodeOf, makeFolder, writeSafely } from '../disk.ts';

const fileName = 'settings.json';
const keptName = 'settings.unreadable.json';
const standard: Settings = { formatVersion: 1 };

export interface SettingsFound {
  readonly settings: Settings;
  /** Details of the warning settings.replaced, where the file was unreadable and has been put aside. */
  readonly replaced?: { readonly file: string; readonly kept: string };
}

/** The settings below a home folder; the standard ones where there are none. Throws disk.*. */
export async function readSettings(home: string): Promise<SettingsFound> {
  const path = join(home, fileName);
  let words: string;
  try {
    words = await readFile(path, 'utf8');
  } catch (thrown) {
    if (errorCodeOf(thrown) === 'ENOENT') return { settings: standard };
    throw diskFault(thrown, path);
  }
  const checked = v.safeParse(settingsSchema, parsed(words));
  if (checked.success) return { settings: checked.output };
  await rename(path, join(home, keptName)).catch((thrown: unknown) => {
    throw diskFault(thrown, path);
  });
  return { settings: standard, replaced: { file: fileName, kept: keptName } };
}

/** Changes some settings and keeps the others, unknown ones too. Throws disk.*. */
export async function changeSettings(home: string, changes: Partial<Omit<Settings, 'formatVersion'>>): Promise<Settings> {
  const { settings } = await readSettings(home);
  const next = { ...settings, ...changes };
  await makeFolder(home);
  await writeSafely(join(home, fileName), new TextEncoder().encode(`${JSON.stringify(next, null, 2)}\n`));
  return next;
}

function parsed(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
}

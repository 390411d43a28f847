// What of a folder is the studio's: its entries, whether there are any, who is at work in it.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ownerOf, type LockOwner } from '../lock-file.ts';
import { markName, pointerName } from './home-folder.ts';

/** Everything that is kept below the artist's folder; what is not named here may be thrown away (work), or is another program's. */
export const homeEntries = [
  'documents', 'styles', 'references', 'networks', 'fonts', 'teaching', 'jobs',
  'settings.json', 'settings.unreadable.json', 'gallery.json', 'gallery.unreadable.json', 'judgements.jsonl', 'window.json', 'browser-address.json',
] as const;

/** What systems leave in folders that a person calls empty. */
const ofTheSystem: ReadonlySet<string> = new Set(['lost+found', 'System Volume Information', '$RECYCLE.BIN', 'desktop.ini', 'Thumbs.db', pointerName]);

export type HomeHolds = 'nothing' | 'home' | 'other';

/** What a folder holds; one that is not there holds nothing. */
export async function contentOf(folder: string): Promise<HomeHolds> {
  const names = await namesIn(folder);
  if (names.includes(markName) || (await hasWork(folder))) return 'home';
  return names.some((name) => !name.startsWith('.') && !ofTheSystem.has(name)) ? 'other' : 'nothing';
}

async function hasWork(folder: string): Promise<boolean> {
  if ((await namesIn(join(folder, 'styles'))).some((name) => name.endsWith('.vstyle'))) return true;
  for (const name of await namesIn(join(folder, 'documents'))) if (await isThere(join(folder, 'documents', name, 'base.json'))) return true;
  const settings = await readFile(join(folder, 'settings.json'), 'utf8').catch(() => '');
  return /"formatVersion":\s*\d/.test(settings);
}

/** Another process that holds a lock below a folder. Throws disk.*. */
export async function otherOwner(folder: string): Promise<LockOwner | undefined> {
  const [documents, styles, runs] = await Promise.all(['documents', 'styles', 'teaching'].map((name) => namesIn(join(folder, name))));
  const taught = await Promise.all((runs ?? []).map(async (run) => (await namesIn(join(folder, 'teaching', run))).map((name) => join('teaching', run, name))));
  const teachings = [...(styles ?? []).map((name) => join('styles', name)), ...taught.flat()].filter((path) => path.endsWith('.teaching'));
  const held = [...(documents ?? []).map((name) => join('documents', name)), ...teachings].map((path) => join(path, 'lock'));
  for (const path of ['library.lock', ...held]) {
    const owner = await ownerOf(join(folder, path));
    if (owner && owner.pid !== process.pid) return owner;
  }
  return undefined;
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}

// Whether a folder can become the artist's.
import { randomUUID } from 'node:crypto';
import { realpath, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import type { HomeFinding } from '../../contract/home.ts';
import { diskFault, makeFolder } from '../disk.ts';
import { contentOf, otherOwner } from './home-content.ts';
import type { HomeFolder } from './home-folder.ts';

/**
 * What was found in the folder, which is left as it was. Throws home.not-absolute | home.same | home.inside | home.no-folder |
 * home.locked | home.not-empty | disk.*.
 */
export async function checkHome(wished: string, { home, standard }: HomeFolder): Promise<HomeFinding> {
  if (!isAbsolute(wished.trim())) throw new StudioError('home.not-absolute', { place: wished.trim() });
  const folder = resolve(wished.trim());
  const way = relative(await realPath(home), await realPath(folder));
  if (way === '') throw new StudioError('home.same', { place: folder });
  if (!/^\.\.(?:[\\/]|$)/.test(way) && !isAbsolute(way)) throw new StudioError('home.inside', { place: folder });
  await requireUsable(folder);
  const owner = await otherOwner(folder);
  if (owner) throw new StudioError('home.locked', { place: folder, who: owner.who, since: owner.since });
  const holds = await contentOf(folder);
  // Elsewhere than on Linux the window keeps files of its own in the standard one.
  if (holds === 'other' && folder !== standard) throw new StudioError('home.not-empty', { place: folder });
  return { folder, holds: holds === 'home' ? 'home' : 'nothing' };
}

/** Of what is there, the rest as it is written. */
async function realPath(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined);
  if (real !== undefined || dirname(path) === path) return real ?? path;
  return join(await realPath(dirname(path)), basename(path));
}

/** Made and written to, to see that it can be; then it is as before. */
async function requireUsable(folder: string): Promise<void> {
  const missing = await missingFolders(folder);
  try {
    await makeFolder(folder);
    const probe = join(folder, `.velatura-${randomUUID()}`);
    try {
      await writeFile(probe, '', { flag: 'wx' });
    } finally {
      await rm(probe, { force: true }).catch(() => undefined);
    }
  } catch (thrown) {
    throw diskFault(thrown, folder);
  } finally {
    for (const made of missing) await rmdir(made).catch(() => undefined);
  }
}

/** Folders that would have to be made, deepest first. Throws home.no-folder where a file is in the way. */
export async function missingFolders(folder: string): Promise<string[]> {
  const found = await stat(folder).catch(() => undefined);
  if (found && !found.isDirectory()) throw new StudioError('home.no-folder', { place: folder });
  return found || dirname(folder) === folder ? [] : [folder, ...(await missingFolders(dirname(folder)))];
}

// What a style was learned from, kept small beside the library, so that it can be taught anew over another base.
import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFault, errorCodeOf, makeFolder, writeSafely } from '../disk.ts';
import type { Folders } from '../platform.ts';

/** Paintings that are kept of a style. */
export const mostReferences = 8;
/** Where a teaching puts them in its run folder. */
export const referenceFolder = 'references';

type Home = Pick<Folders, 'home'>;

/** Apart from the styles: a copied .vstyle carries no picture with it. */
const folderOf = (id: string, { home }: Home): string => join(home, 'references', id);
const fileOf = (index: number): string => `${index}.jpg`;

/** Keeps the references of a style by its id; those it has stay. Throws disk.*. */
export async function keepReferences(id: string, references: readonly Uint8Array[], folders: Home): Promise<void> {
  if (references.length === 0) return;
  const place = folderOf(id, folders);
  const aside = `${place}.${randomUUID()}`;
  try {
    await writeReferences(references, aside);
    await rename(aside, place).catch((thrown: unknown) => {
      if (!['EEXIST', 'ENOTEMPTY', 'EPERM'].includes(errorCodeOf(thrown) ?? '')) throw diskFault(thrown, place);
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** The references as numbered files in a folder; their paths. Throws disk.*. */
export async function writeReferences(references: readonly Uint8Array[], folder: string): Promise<string[]> {
  await makeFolder(folder);
  const paths = references.map((_, index) => join(folder, fileOf(index)));
  for (const [index, path] of paths.entries()) await writeSafely(path, references[index] ?? new Uint8Array());
  return paths;
}

/** JPEG bytes by order; none where none were kept. Throws disk.failed. */
export async function readReferences(id: string, folders: Home): Promise<Uint8Array[]> {
  return readReferenceFolder(folderOf(id, folders));
}

export async function readReferenceFolder(folder: string): Promise<Uint8Array[]> {
  const files = await filesIn(folder);
  return Promise.all(
    files.map((path, index) =>
      readFile(path).catch((thrown: unknown) => {
        throw diskFault(thrown, fileOf(index));
      }),
    ),
  );
}

/** Files of the references by order; none where none were kept. Throws disk.failed. */
export async function referenceFiles(id: string, folders: Home): Promise<string[]> {
  return filesIn(folderOf(id, folders));
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((thrown: unknown) => {
    if (errorCodeOf(thrown) === 'ENOENT') return [];
    throw diskFault(thrown, folder);
  });
  const count = Math.min(names.filter((name) => /^\d+\.jpg$/.test(name)).length, mostReferences);
  return Array.from({ length: count }, (_, index) => join(folder, fileOf(index)));
}

export async function forgetReferences(id: string, folders: Home): Promise<void> {
  await rm(folderOf(id, folders), { recursive: true, force: true }).catch((thrown: unknown) => {
    throw diskFault(thrown, 'references');
  });
}

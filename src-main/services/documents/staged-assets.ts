// Assets that come into a document all together or not at all: written aside, then renamed into their places.
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AssetId } from '../../contract/document.ts';
import { diskFault, errorCodeOf, makeFolder } from '../disk.ts';
import { assetPath, eachOf } from './asset-files.ts';

/**
 * `make` writes assets into the folder it is given, below `scratch`; they stand in `assets` once it has answered. Throws what it throws, and nothing of
 * it is left then; disk.* where they cannot be moved: those that were stay, unnamed, until the sweep.
 */
export async function withStagedAssets<T>(assets: string, scratch: string, make: (stage: string) => Promise<T>): Promise<T> {
  const stage = join(scratch, `${randomUUID()}.assets`);
  try {
    await makeFolder(stage);
    const made = await make(stage);
    await moveAll(stage, assets);
    return made;
  } finally {
    await rm(stage, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function moveAll(stage: string, assets: string): Promise<void> {
  try {
    await eachOf(await staged(stage), (id) => moveFile(assetPath(stage, id), assetPath(assets, id)));
  } catch (thrown) {
    throw diskFault(thrown, assets);
  }
}

async function staged(stage: string): Promise<AssetId[]> {
  const shelves = await readdir(stage);
  return (await Promise.all(shelves.map((shelf) => readdir(join(stage, shelf))))).flat();
}

async function moveFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to).catch(async (thrown: unknown) => {
    if (errorCodeOf(thrown) !== 'EXDEV') throw thrown;
    const beside = `${to}.${randomUUID().slice(0, 12)}.tmp`; // Work in progress lies on another disk.
    try {
      await copyFile(from, beside);
      await rename(beside, to);
    } catch (failed) {
      await rm(beside, { force: true }).catch(() => undefined);
      throw failed;
    }
  });
}

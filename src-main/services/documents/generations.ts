// Earlier versions of a file, kept beside it: NAME~1 is the latest of them.
import { copyFile, link, rename, rm } from 'node:fs/promises';
import { diskFault, errorCodeOf } from '../disk.ts';

/** Makes the present file NAME~1 too, and moves the others on; the file itself is never missing. Throws disk.*. */
export async function keepGenerations(path: string, count: number): Promise<void> {
  const named = (n: number): string => `${path}~${n}`;
  try {
    for (let n = count - 1; n >= 1; n--) await unlessMissing(() => rename(named(n), named(n + 1)));
    await rm(named(1), { force: true });
    await unlessMissing(() => copyOrLink(path, named(1)));
  } catch (thrown) {
    throw diskFault(thrown, path);
  }
}

/** Not every disk has links. */
async function copyOrLink(from: string, to: string): Promise<void> {
  await link(from, to).catch((thrown: unknown) => {
    if (errorCodeOf(thrown) === 'ENOENT') throw thrown;
    return copyFile(from, to);
  });
}

async function unlessMissing(action: () => Promise<void>): Promise<void> {
  await action().catch((thrown: unknown) => {
    if (errorCodeOf(thrown) !== 'ENOENT') throw thrown;
  });
}

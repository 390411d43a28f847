// A path at which nothing is replaced.
import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';

/** `wanted`, or where something else is there the next like “name 2.png”; what `mayTake` says true of counts as free. */
export async function freePath(wanted: string, mayTake: (path: string) => Promise<boolean> = () => Promise.resolve(false)): Promise<string> {
  const ending = extname(wanted);
  const stem = join(dirname(wanted), basename(wanted, ending));
  for (let count = 2, path = wanted; ; path = `${stem} ${count++}${ending}`) {
    const isFree = await stat(path).then(() => false, () => true);
    if (isFree || (await mayTake(path))) return path;
  }
}

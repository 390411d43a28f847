// The port and the key of the browser host, kept in the artist's folder: a page that is open finds the studio again.
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { makeFolder, replaceFile } from '../../services/disk.ts';

const fileName = 'browser-address.json';
const schema = v.object({
  formatVersion: v.literal(1),
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  token: v.pipe(v.string(), v.regex(/^[\w-]{32,64}$/, 'is no key')),
});

export interface KeptAddress {
  readonly port: number;
  readonly token: string;
}

/** Undefined where there is none, or where others than its owner may read or change the file: such a key is no secret. */
export async function readKeptAddress(home: string): Promise<KeptAddress | undefined> {
  const path = join(home, fileName);
  try {
    const { mode, uid } = await stat(path);
    if (process.getuid && ((mode & 0o077) !== 0 || uid !== process.getuid())) return undefined;
    const { port, token } = v.parse(schema, JSON.parse(await readFile(path, 'utf8')));
    return { port, token };
  } catch {
    return undefined;
  }
}

/** Readable by its owner alone. Throws disk.*. */
export async function keepAddress(home: string, { port, token }: KeptAddress): Promise<void> {
  await makeFolder(home);
  await replaceFile(join(home, fileName), (temporary) => writeFile(temporary, `${JSON.stringify({ formatVersion: 1, port, token })}\n`, { flag: 'wx', mode: 0o600 }));
}

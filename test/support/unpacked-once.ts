// A folder below the system's temporary one that is unpacked once for all test processes, and is there whole or not at all.
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Path of the folder `velatura-test-NAME`; `unpack` fills one beside it where it is not there yet. */
export function unpackedOnce(name: string, unpack: (folder: string) => void): string {
  const folder = join(tmpdir(), `velatura-test-${name}`);
  if (existsSync(folder)) return folder;
  const beside = mkdtempSync(`${folder}-`);
  try {
    unpack(beside);
    renameSync(beside, folder);
  } catch (thrown) {
    rmSync(beside, { recursive: true, force: true });
    if (!existsSync(folder)) throw thrown; // Else another process was quicker.
  }
  return folder;
}

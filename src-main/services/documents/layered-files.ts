// Files that hold layers of their own, known by their first bytes, and who reads them.
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import { diskFault, errorCodeOf } from '../disk.ts';
import type { ImportedDocument, ImportRequest } from './import-request.ts';
import type { TileWatch } from './write-tiles.ts';

export type Importer = (request: ImportRequest, watch: TileWatch) => Promise<ImportedDocument>;

const importers: readonly (readonly [RegExp, () => Promise<Importer>])[] = [
  [/^8BPS/, async () => (await import('../psd/psd-import.ts')).importPsd],
  [/^PK\x03\x04/, async () => (await import('../openraster/ora-import.ts')).importOra],
];

/** Who reads a file; undefined where it is no file with layers. Throws picture.missing | picture.not-a-picture | disk.*. */
export async function layeredImporter(path: string): Promise<Importer | undefined> {
  const head = await headOf(path);
  return importers.find(([mark]) => mark.test(head))?.[1]();
}

async function headOf(path: string): Promise<string> {
  const file = basename(path);
  const found = await stat(path).catch((thrown: unknown) => {
    throw errorCodeOf(thrown) === 'ENOENT' ? new StudioError('picture.missing', { file }) : diskFault(thrown, path);
  });
  if (!found.isFile()) throw new StudioError('picture.not-a-picture', { file });
  try {
    const handle = await open(path, 'r');
    try {
      const head = Buffer.alloc(4);
      const { bytesRead } = await handle.read(head, 0, 4, 0);
      return head.toString('latin1', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw diskFault(thrown, path);
  }
}

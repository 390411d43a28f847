// Pictures that a page has sent: put on the shelf to be compared, or written where the artist wants them.
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import type { FileRef, StudioApi } from '../../contract/studio-api.ts';
import { formatOf, signatureBytes } from '../../engine/image/signature.ts';
import { diskFault, writeSafely } from '../disk.ts';
import { writtenFile, type KeptFiles } from './kept-files.ts';
import type { PictureShelf } from './picture-shelf.ts';
import type { Uploads } from './uploads.ts';

/** What a page shows and the shelf keeps. */
const pageFormats: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp']);
const largestBytes = 128 * 2 ** 20;

interface KeepSetup {
  readonly uploads: Uploads;
  readonly pictures: PictureShelf;
  readonly kept: KeptFiles;
}

export function keepRequests({ uploads, pictures, kept }: KeepSetup): Pick<StudioApi, 'pictures.keep' | 'pictures.save'> {
  const sent = async (file: FileRef): Promise<Buffer> => {
    const path = await uploads.pathOf(file);
    const bytes = await readLimited(path);
    await uploads.drop(file);
    if (!pageFormats.has(formatOf(bytes.subarray(0, signatureBytes)).readable ?? 'none')) throw new StudioError('picture.not-a-picture', { file: basename(path) });
    return bytes;
  };
  return {
    'pictures.keep': async ({ file }) => ({ picture: await pictures.put(await sent(file)) }),
    'pictures.save': async ({ file, name, out: wished }) => {
      const bytes = await sent(file);
      const out = wished !== undefined && extname(wished) === '' ? `${wished}${extname(name)}` : wished;
      return writtenFile(kept, { out, name }, (path) => writeSafely(path, bytes));
    },
  };
}

async function readLimited(path: string): Promise<Buffer> {
  try {
    if ((await stat(path)).size > largestBytes) throw new StudioError('upload.too-large', { limit: `${largestBytes / 2 ** 20} MB` });
    return await readFile(path);
  } catch (thrown) {
    throw thrown instanceof StudioError ? thrown : diskFault(thrown, basename(path));
  }
}

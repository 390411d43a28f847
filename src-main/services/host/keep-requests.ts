// Pictures that a page has sent to be compared: put on the shelf as they are.
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import type { StudioApi } from '../../contract/studio-api.ts';
import { formatOf, signatureBytes } from '../../engine/image/signature.ts';
import { diskFault } from '../disk.ts';
import type { PictureShelf } from './picture-shelf.ts';
import type { Uploads } from './uploads.ts';

/** What a page shows and the shelf keeps. */
const pageFormats: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp']);
const largestBytes = 128 * 2 ** 20;

export function keepRequests({ uploads, pictures }: { readonly uploads: Uploads; readonly pictures: PictureShelf }): Pick<StudioApi, 'pictures.keep'> {
  return {
    'pictures.keep': async ({ file }) => {
      const path = await uploads.pathOf(file);
      const bytes = await readLimited(path);
      await uploads.drop(file);
      if (!pageFormats.has(formatOf(bytes.subarray(0, signatureBytes)).readable ?? 'none')) throw new StudioError('picture.not-a-picture', { file: basename(path) });
      return { picture: await pictures.put(bytes) };
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

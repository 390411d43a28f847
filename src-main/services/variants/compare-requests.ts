// Requests about two pictures beside each other: their meters, and both as one file.
import { stat } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import type { StudioApi } from '../../contract/studio-api.ts';
import { diskFault, requireWritableFolder } from '../disk.ts';
import type { StudioContext } from '../host/studio-context.ts';

const keptName = 'comparison.png';

export function compareRequests({ engine, kept, pictures, platform }: StudioContext): Pick<StudioApi, 'compare.measure' | 'compare.save'> {
  const { home, styles, work, resources } = platform.folders;
  const folders = { home, styles, work, resources };
  const pathOf = (id: string): string => {
    const path = pictures.pathOf(id);
    if (path === undefined) throw new StudioError('upload.missing', { upload: id.slice(0, 12) });
    return path;
  };
  const pair = ({ before, after, style }: { before: string; after: string; style?: string | undefined }) => ({
    before: pathOf(before),
    after: pathOf(after),
    folders,
    ...(style === undefined ? {} : { style }),
  });
  return {
    'compare.measure': async (request) => engine.ask('compare.measure', pair(request)),
    'compare.save': async ({ out, ...request }) => {
      if (out !== undefined) {
        const path = extname(out) === '' ? `${out}.png` : out;
        await requireWritableFolder(dirname(path));
        await engine.ask('compare.sheet', { ...pair(request), out: path });
        const { size: bytes } = await stat(path).catch((thrown: unknown) => {
          throw diskFault(thrown, path);
        });
        return { name: basename(path), path, bytes };
      }
      const place = await kept.place(keptName);
      try {
        await engine.ask('compare.sheet', { ...pair(request), out: place.path });
        return await place.offer();
      } catch (thrown) {
        await place.discard();
        throw thrown;
      }
    },
  };
}

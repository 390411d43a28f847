// Requests about two pictures beside each other: their meters, and both as one file.
import { extname } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import type { StudioApi } from '../../contract/studio-api.ts';
import { writtenFile } from '../host/kept-files.ts';
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
    'compare.save': ({ out: wished, ...request }) => {
      const out = wished !== undefined && extname(wished) === '' ? `${wished}.png` : wished;
      return writtenFile(kept, { out, name: keptName }, (path) => engine.ask('compare.sheet', { ...pair(request), out: path }));
    },
  };
}

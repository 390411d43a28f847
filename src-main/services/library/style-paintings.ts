// The paintings that a style was learned from, as far as they are kept, to compare results with.
import { faultOf } from '../../contract/fault.ts';
import { programLabel } from '../../contract/program.ts';
import { decodePixels } from '../../engine/image/codec.ts';
import { planesOf } from '../../engine/tensor/layout.ts';
import type { Tensor } from '../../engine/tensor/tensor.ts';
import { openLibrary } from './library.ts';
import type { Folders } from '../platform.ts';
import { readPreset } from './preset-file.ts';
import { referenceFiles } from './style-references.ts';

/** Larger says no more about a manner at the sizes compared. */
const longSide = 1024;

/** Files of a style's paintings; none for a foreign network, a shipped style, or one that is not there any more. Throws disk.*. */
export async function paintingFiles(style: string, folders: Folders): Promise<string[]> {
  try {
    const { kind, path } = await openLibrary(folders, programLabel).find(style);
    return kind === 'preset' ? await referenceFiles((await readPreset(path)).record.id, folders) : [];
  } catch (thrown) {
    if (faultOf(thrown).code === 'preset.missing') return [];
    throw thrown;
  }
}

/** The same as pictures [1,3,H,W] in [0,1]. Throws disk.*, picture.*. */
export async function stylePaintings(style: string, folders: Folders): Promise<Tensor[]> {
  const paintings: Tensor[] = [];
  for (const path of await paintingFiles(style, folders)) paintings.push(planesOf(await decodePixels(path, { longSide })));
  return paintings;
}

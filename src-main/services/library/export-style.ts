// A style of the library as a file for others; pictures it was learned from go along only where that is asked for.
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import type { JobWatch } from '../../contract/job.ts';
import { programLabel } from '../../contract/program.ts';
import { shippedModel } from './bases.ts';
import { makeFolder } from '../disk.ts';
import { openLibrary } from './library.ts';
import { meansFolder, requireFolder } from '../picture-files.ts';
import type { Folders } from '../platform.ts';
import { presetEnding, readPreset, writePreset } from './preset-file.ts';
import { slugOf } from './style-name.ts';
import { readReferences } from './style-references.ts';

export interface ExportRequest {
  readonly style: string;
  /** A file or a folder; this folder when absent. */
  readonly out?: string;
  readonly withReference: boolean;
  /** A file of that name is replaced: the artist has been asked. */
  readonly replace?: boolean;
}

export interface ExportedStyle {
  readonly name: string;
  readonly id: string;
  readonly file: string;
  /** Reference pictures in the file. */
  readonly references: number;
}

/** Throws preset.missing | preset.no-reference where there is none to go along | disk.exists unless `replace` | disk.*. */
export async function exportStyle({ style, out = '.', withReference, replace = false }: ExportRequest, folders: Folders, warn: JobWatch['warn']): Promise<ExportedStyle> {
  const { path, name } = await openLibrary(folders, programLabel).get(style);
  const { references: _inside, ...preset } = await readPreset(path);
  const { record } = preset;
  const references = withReference ? await readReferences(record.id, folders) : [];
  if (withReference && references.length === 0) throw new StudioError('preset.no-reference', { name });
  const file = await placeOf(out, `${slugOf(record.name)}${presetEnding}`);
  if (!replace && (await exists(file))) throw new StudioError('disk.exists', { file: basename(file) });
  await writePreset(file, { ...preset, references });
  if (record.kind === 'code' && (await shippedModel(record.base, folders)) === undefined) {
    warn('preset.needs-base', { name, base: record.base.slice(0, 12) });
  }
  return { name, id: record.id, file, references: references.length };
}

/** The file that is meant, in a folder that is there. */
async function placeOf(out: string, name: string): Promise<string> {
  if (await meansFolder(out)) {
    await makeFolder(out);
    return join(out, name);
  }
  await requireFolder(dirname(resolve(out)));
  return out;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}

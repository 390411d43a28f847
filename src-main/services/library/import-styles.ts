// Styles that come as files into the library: read whole, judged, and taken in only where they can paint.
import { basename } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import type { JobWatch } from '../../contract/job.ts';
import { programLabel } from '../../contract/program.ts';
import { resultOf, type Result } from '../../contract/result.ts';
import type { Preset } from '../../contract/style.ts';
import { codeLayout, generatorLayout } from '../../engine/networks/generator.ts';
import { discriminatorLayout } from '../../engine/networks/patch-discriminator.ts';
import { findBaseFile } from './bases.ts';
import { openLibrary, type AddedStyle } from './library.ts';
import type { Folders } from '../platform.ts';
import { readPreset } from './preset-file.ts';
import { tellAdded } from './tell-added.ts';

export interface ImportItem {
  readonly file: string;
  readonly result: Result<AddedStyle>;
}

type Warn = JobWatch['warn'];

/** Takes every file in, those with weights of their own first, so that a base and its codes can come together; one bad file does not stop the rest. */
export async function importStyles(files: readonly string[], folders: Folders, warn: Warn): Promise<ImportItem[]> {
  const read = await Promise.all(files.map(async (file) => ({ file, preset: await resultOf(() => readPreset(file)) })));
  const isCode = (preset: Result<Preset>): number => Number(preset.ok && preset.value.record.kind === 'code');
  const results = new Map<string, Result<AddedStyle>>();
  for (const { file, preset } of [...read].sort((a, b) => isCode(a.preset) - isCode(b.preset))) {
    results.set(file, preset.ok ? await resultOf(() => importOne(preset.value, file, folders, warn)) : preset);
  }
  return [...results].map(([file, result]) => ({ file, result })).sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file));
}

/** Throws preset.corrupt | preset.other-base for a code without its base and without references | library.locked | disk.*. */
async function importOne(preset: Preset, file: string, folders: Folders, warn: Warn): Promise<AddedStyle> {
  requireFittingNumbers(preset, basename(file));
  const { kind, base } = preset.record;
  const isLost = kind === 'code' && (await findBaseFile(base, folders)) === undefined;
  if (isLost && preset.references === undefined) throw new StudioError('preset.other-base', { file: basename(file), base: base.slice(0, 12) });
  const added = await openLibrary(folders, programLabel).add(preset);
  tellAdded(added, warn);
  if (isLost) warn('preset.needs-migration', { name: added.style.name, base: base.slice(0, 12) });
  return added;
}

/** A style whose numbers do not fill its networks would fail only when it paints. */
function requireFittingNumbers({ record, code, weights, critic }: Preset, file: string): void {
  if (record.engine !== 'glaze') throw new StudioError('preset.corrupt', { file, reason: 'it belongs to a style engine this program does not have' });
  const fits =
    code.length === codeLayout(record.generator).size &&
    (weights === undefined || weights.length === generatorLayout(record.generator).size) &&
    (critic === undefined || (record.critic !== undefined && critic.length === discriminatorLayout(record.critic).size));
  if (!fits) throw new StudioError('preset.corrupt', { file, reason: 'its numbers do not fit the networks it names' });
}

// The atlas beside the base that ships: which styles it knows, as a file.
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import { StudioError } from '../../contract/fault.ts';
import type { StyleAtlas } from '../../engine/training/style-atlas.ts';
import { readSafetensors, writeSafetensors } from '../../engine/tensor/safetensors.ts';
import { diskFault, errorCodeOf, writeSafely } from '../disk.ts';

const numbersEnding = '.atlas.safetensors';
const indexEnding = '.atlas.json';

const indexSchema = v.object({
  /** id of the base whose codes they are. */
  base: v.string(),
  slugs: v.array(v.string()),
  grams: v.array(v.object({ name: v.string(), channels: v.number() })),
});

const besideBase = (base: string, ending: string): string => join(dirname(base), basename(base, '.vstyle') + ending);

/** Writes the atlas of a base beside it. Throws disk.*. */
export async function writeAtlas(basePath: string, base: string, { slugs, grams, codes, sketches }: StyleAtlas): Promise<void> {
  await writeSafely(besideBase(basePath, numbersEnding), writeSafetensors({ codes, sketches }));
  await writeSafely(besideBase(basePath, indexEnding), Buffer.from(`${JSON.stringify({ base, slugs, grams }, null, 2)}\n`));
}

/** The atlas beside a base; undefined where there is none, or it belongs to another one. Throws preset.corrupt, disk.failed. */
export async function readAtlas(basePath: string, base: string): Promise<StyleAtlas | undefined> {
  const path = besideBase(basePath, indexEnding);
  const written = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (errorCodeOf(thrown) === 'ENOENT') return undefined;
    throw diskFault(thrown, path);
  });
  if (written === undefined) return undefined;
  const index = parseIndex(written, basename(path));
  if (index.base !== base) return undefined;
  const numbers = besideBase(basePath, numbersEnding);
  const bytes = await readFile(numbers).catch((thrown: unknown) => {
    throw diskFault(thrown, numbers);
  });
  const { codes, sketches } = readSafetensors(bytes, basename(numbers));
  const rows = index.slugs.length;
  if (codes?.shape[0] !== rows || sketches?.shape[0] !== rows) throw new StudioError('preset.corrupt', { file: basename(numbers), reason: 'it does not hold the styles that its list names' });
  return { slugs: index.slugs, grams: index.grams, codes, sketches };
}

function parseIndex(written: string, file: string): v.InferOutput<typeof indexSchema> {
  try {
    return v.parse(indexSchema, JSON.parse(written));
  } catch (thrown) {
    throw new StudioError('preset.corrupt', { file, reason: 'it is no list of styles' }, { cause: thrown });
  }
}

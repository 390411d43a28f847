// Names and licence texts of everything that ships, as the build has written them beside its parts.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { StudioError } from '../../contract/fault.ts';
import { programLabel } from '../../contract/program.ts';
import type { StudioAnswers } from '../../contract/studio-api.ts';
import { programFolder } from '../node-platform.ts';

const entriesSchema = v.array(v.object({ name: v.string(), licence: v.string(), text: v.string() }));
const parts = ['out/main/licences.json', 'out/renderer/licences.json'];

/** The program's own first, the others by name. Throws internal where the program was not built. */
export async function readLicences(program = programFolder()): Promise<StudioAnswers['licences']> {
  try {
    const own = { name: programLabel, licence: 'MIT', text: await readFile(join(program, 'LICENSE'), 'utf8') };
    const read = await Promise.all(parts.map(async (part) => v.parse(entriesSchema, JSON.parse(await readFile(join(program, part), 'utf8')))));
    const others = new Map(read.flat().map((entry) => [entry.name, entry]));
    return [own, ...[...others.values()].sort((a, b) => a.name.localeCompare(b.name))];
  } catch (thrown) {
    throw new StudioError('internal', { reason: 'the licences were not built' }, { cause: thrown });
  }
}

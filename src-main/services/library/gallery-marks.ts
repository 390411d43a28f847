// What the artist has noted on styles: favourites, folders, tags, by the style's id, in one small file.
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { StudioError } from '../../contract/fault.ts';
import { diskFault, errorCodeOf, makeFolder, writeSafely } from '../disk.ts';

const fileName = 'gallery.json';
const keptName = 'gallery.unreadable.json';
const formatVersion = 1;

const word = v.pipe(v.string(), v.trim(), v.maxLength(500));
const markSchema = v.looseObject({
  favourite: v.optional(v.boolean()),
  folder: v.optional(word),
  tags: v.optional(v.pipe(v.array(word), v.maxLength(100))),
});
const fileSchema = v.looseObject({
  formatVersion: v.literal(formatVersion),
  styles: v.record(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), markSchema),
});

export type GalleryMark = v.InferOutput<typeof markSchema>;
type GalleryFile = v.InferOutput<typeof fileSchema>;

/** Marks by style id; none where there are none or a newer program wrote them. A file that cannot be read is put aside. Throws disk.*. */
export async function readMarks(home: string): Promise<ReadonlyMap<string, GalleryMark>> {
  const file = await readGallery(home);
  return new Map(file === 'newer' ? [] : Object.entries(file.styles));
}

/** Changes one style's mark; '' and [] take away what was noted. Throws preset.newer | disk.*. */
export async function changeMark(home: string, id: string, change: GalleryMark): Promise<void> {
  const file = await readGallery(home);
  if (file === 'newer') throw new StudioError('preset.newer', { file: fileName, version: '?', known: formatVersion });
  const mark = Object.fromEntries(Object.entries({ ...file.styles[id], ...change }).filter(([, value]) => isNoted(value)));
  const { [id]: _before, ...others } = file.styles;
  const styles = Object.keys(mark).length === 0 ? others : { ...others, [id]: mark };
  await makeFolder(home);
  await writeSafely(join(home, fileName), new TextEncoder().encode(`${JSON.stringify({ ...file, styles }, null, 2)}\n`));
}

function isNoted(value: unknown): boolean {
  return value !== undefined && value !== false && value !== '' && !(Array.isArray(value) && value.length === 0);
}

async function readGallery(home: string): Promise<GalleryFile | 'newer'> {
  const path = join(home, fileName);
  let words: string;
  try {
    words = await readFile(path, 'utf8');
  } catch (thrown) {
    if (errorCodeOf(thrown) === 'ENOENT') return { formatVersion, styles: {} };
    throw diskFault(thrown, path);
  }
  const found = parsed(words);
  const checked = v.safeParse(fileSchema, found);
  if (checked.success) return checked.output;
  if (isNewer(found)) return 'newer';
  await rename(path, join(home, keptName)).catch((thrown: unknown) => {
    throw diskFault(thrown, path);
  });
  return { formatVersion, styles: {} };
}

function isNewer(found: unknown): boolean {
  const version = typeof found === 'object' && found !== null && 'formatVersion' in found ? found.formatVersion : undefined;
  return typeof version === 'number' && version > formatVersion;
}

function parsed(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
}

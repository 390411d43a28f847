// Which pictures of the data a recipe names: folders, and patterns for the names in them.
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { picturesIn } from '../picture-files.ts';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const pattern = v.pipe(text, v.check(isPattern, 'is no regular expression'));

/** Pictures of a folder of the data, all or those whose names fit. */
export const pictureSetSchema = v.strictObject({ folder: text, only: v.optional(pattern), except: v.optional(pattern) });

export type PictureSet = v.InferOutput<typeof pictureSetSchema>;

/** The files of sets of pictures. Throws picture.missing | disk.*. */
export async function filesOf(sets: readonly PictureSet[], data: string): Promise<string[]> {
  const files: string[] = [];
  for (const { folder, only, except } of sets) {
    const wanted = (name: string): boolean => new RegExp(only ?? '').test(name) && !(except !== undefined && new RegExp(except).test(name));
    files.push(...(await picturesIn(join(data, folder))).filter((file) => wanted(basename(file))));
  }
  return files;
}

function isPattern(written: string): boolean {
  try {
    return new RegExp(written) instanceof RegExp;
  } catch {
    return false;
  }
}

// Which files a batch reads and writes: folders become their pictures, results get their places and names.
import { mkdir, readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { StudioError } from '../contract/fault.ts';
import { diskFault, errorCodeOf } from './disk.ts';

const readable = new Set(['.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff', '.gif', '.avif']);
const writable = new Set(['.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff']);

export interface PictureFile {
  readonly picture: string;
  readonly out: string;
}

/** Files as they are, folders as the pictures directly in them, by name. Throws picture.missing | disk.*. */
export async function picturesIn(path: string): Promise<string[]> {
  const found = await stat(path).catch((thrown: unknown) => {
    throw errorCodeOf(thrown) === 'ENOENT' ? new StudioError('picture.missing', { file: basename(path) }) : diskFault(thrown, path);
  });
  if (!found.isDirectory()) return [path];
  const names = await readdir(path).catch((thrown: unknown) => {
    throw diskFault(thrown, path);
  });
  const pictures = names.filter((name) => !name.startsWith('.') && readable.has(extname(name).toLowerCase()));
  return pictures.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).map((name) => join(path, name));
}

/** True where a result of this name can be written. */
export function isWritableName(path: string): boolean {
  return writable.has(extname(path).toLowerCase());
}

/** Whether a path given for results means a folder: one that exists, ends like one, or has no ending. */
export async function meansFolder(path: string): Promise<boolean> {
  if (path.endsWith('/') || path.endsWith(sep)) return true;
  const found = await stat(path).catch(() => undefined);
  return found ? found.isDirectory() : extname(path) === '';
}

/**
 * Where each result goes: the one file named, or NAME-STYLE.ending in the folder named, else beside the picture.
 * A missing folder is made when its parent exists. Throws disk.no-folder | disk.*.
 */
export async function placeResults(pictures: readonly string[], out: string | undefined, style: string): Promise<PictureFile[]> {
  const [only] = pictures;
  if (out !== undefined && only !== undefined && pictures.length === 1 && !(await meansFolder(out))) {
    await requireFolder(dirname(resolve(out)));
    return [{ picture: only, out }];
  }
  if (out !== undefined) await makeFolder(resolve(out));
  const taken = new Set<string>();
  return pictures.map((picture) => ({ picture, out: join(out ?? dirname(picture), freeName(picture, style, out ?? dirname(picture), taken)) }));
}

function freeName(picture: string, style: string, folder: string, taken: Set<string>): string {
  const own = extname(picture).toLowerCase();
  const ending = writable.has(own) ? own : '.png';
  const stem = `${basename(picture, extname(picture))}-${style}`;
  let name = stem + ending;
  for (let count = 2; taken.has(join(folder, name)); count++) name = `${stem}-${count}${ending}`;
  taken.add(join(folder, name));
  return name;
}

/** Throws disk.no-folder. */
export async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new StudioError('disk.no-folder', { folder: basename(folder) });
}

async function makeFolder(folder: string): Promise<void> {
  if (await stat(folder).catch(() => undefined)) return requireFolder(folder);
  await requireFolder(dirname(folder));
  await mkdir(folder).catch((thrown: unknown) => {
    throw diskFault(thrown, folder);
  });
}

/** Style names as a part of a file's name: "starry+monet". */
export function labelOf(styles: readonly string[]): string {
  const words = styles.map((style) => basename(style).replace(/\.(vstyle|onnx)$/i, '').replace(/[^\p{L}\p{N}]+/gu, '-'));
  return [...new Set(words)].join('+').slice(0, 60);
}

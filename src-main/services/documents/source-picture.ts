// The file of a placed picture: kept among the assets, and decoded once for every transform that follows.
import { utimesSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import type { AssetId } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { PictureInfo } from '../../contract/image.ts';
import type { Note } from '../../contract/note.ts';
import { abandonedEnded } from '../../engine/image/abandon.ts';
import { decodeToSpool, inspectPicture } from '../../engine/image/codec.ts';
import { openSpool, type Spool } from '../../engine/image/spool.ts';
import { assetIdOf, writeAsset } from './asset-files.ts';
import { diskFault, errorCodeOf, makeFolder } from '../disk.ts';
import { flattenToSpool, type FlatPicture } from './flat-picture.ts';
import { layeredImporter } from './layered-files.ts';
import { requireFits } from './new-document.ts';
import { requireAsset, type TileWatch } from './write-tiles.ts';

/** Larger files are not kept inside a document. */
const largestSourceBytes = 512 * 2 ** 20;
const spoolEnding = '.spool.tif';
/** Disk that decoded pictures take while the studio runs: a file that is followed is decoded anew each time it is saved. */
const mostSpoolBytes = 4 * 2 ** 30;

export interface SourcePicture {
  readonly source: AssetId;
  /** Upright, sRGB, RGB or RGBA. */
  readonly spool: Spool;
  readonly info: PictureInfo;
  /** Whether the file has layers of its own: then it was flattened. */
  readonly isLayered: boolean;
  /** What of the look of its layers could not be kept. */
  readonly notes: readonly Note[];
  /** The page it is; 1 where the file has not as many as asked for. */
  readonly page: number;
}

/**
 * Reads a picture file into the assets and opens the pixels of one of its pages, from 1; the caller closes the spool.
 * scratch: where decoded pictures lie while the studio runs. A file with layers is flattened. Throws picture.* | file.* | document.too-large | job.cancelled | disk.*.
 */
export async function takeSource(path: string, assets: string, scratch: string, wished = 1, watch: TileWatch = {}): Promise<SourcePicture> {
  const file = basename(path);
  const bytes = await readLimited(path, watch.signal);
  const source = assetIdOf(bytes);
  const page = wished > 1 && wished <= (await pagesOf(path)) ? wished : 1;
  const { spool, ...read } = await decoded(bytes, file, source, page, scratch, watch);
  try {
    requireFits(spool.shape.width, spool.shape.height);
    await writeAsset(assets, source, bytes);
  } catch (thrown) {
    spool.close();
    throw thrown;
  }
  return { source, spool, page, ...read };
}

/** Opens the pixels of a page of a file that is among the assets. Throws asset.* | picture.* | job.cancelled | disk.*. */
export async function openSource(source: AssetId, assets: string, scratch: string, page = 1, watch: TileWatch = {}): Promise<Spool> {
  const known = knownSpool(source, page, scratch);
  if (known) return known;
  return (await decoded(await requireAsset(assets, source), 'picture', source, page, scratch, watch)).spool;
}

function spoolPath(source: AssetId, page: number, scratch: string): string {
  return join(scratch, `${source}-${page}${spoolEnding}`);
}

function knownSpool(source: AssetId, page: number, scratch: string): Spool | undefined {
  const path = spoolPath(source, page, scratch);
  try {
    const spool = openSpool(path);
    const now = new Date();
    utimesSync(path, now, now);
    return spool;
  } catch {
    return undefined;
  }
}

async function decoded(bytes: Uint8Array, file: string, source: AssetId, page: number, scratch: string, watch: TileWatch): Promise<Pick<SourcePicture, 'spool' | 'info' | 'notes' | 'isLayered'>> {
  const folder = join(scratch, randomUUID());
  await makeFolder(folder);
  const named = join(folder, file);
  try {
    await writeFile(named, bytes, watch.signal ? { signal: watch.signal } : {});
    const made = join(folder, 'decoded.tif');
    const read = await layeredImporter(named);
    const picture: FlatPicture = read ? await flattenToSpool(read, named, made, folder, watch) : { info: await decodeToSpool(named, made, { page, signal: watch.signal }), notes: [] };
    await rename(made, spoolPath(source, page, scratch));
    const spool = openSpool(spoolPath(source, page, scratch));
    await dropOldSpools(scratch);
    return { ...picture, spool, isLayered: read !== undefined };
  } catch (thrown) {
    throw diskFault(thrown, file);
  } finally {
    const remove = (): Promise<void> => rm(folder, { recursive: true, force: true }).catch(() => undefined);
    await remove();
    if (watch.signal?.aborted) void abandonedEnded(watch.signal).then(remove);
  }
}

/** The longest unused decoded pictures go until the others fit; the latest stays. One that is open is read to its end. */
export async function dropOldSpools(scratch: string, mostBytes = mostSpoolBytes): Promise<void> {
  const names = (await readdir(scratch).catch(() => [])).filter((name) => name.endsWith(spoolEnding));
  const found = await Promise.all(names.map(async (name) => ({ path: join(scratch, name), ...(await stat(join(scratch, name)).catch(() => ({ size: 0, mtimeMs: 0 }))) })));
  let held = 0;
  for (const [index, { path, size }] of found.sort((a, b) => b.mtimeMs - a.mtimeMs).entries()) {
    held += size;
    if (index > 0 && held > mostBytes) await rm(path, { force: true }).catch(() => undefined);
  }
}

const pagesOf = async (path: string): Promise<number> => ((await layeredImporter(path)) ? 1 : (await inspectPicture(path)).pages);

async function readLimited(path: string, signal?: AbortSignal): Promise<Uint8Array> {
  const file = basename(path);
  const found = await stat(path).catch((thrown: unknown) => {
    throw errorCodeOf(thrown) === 'ENOENT' ? new StudioError('picture.missing', { file }) : diskFault(thrown, path);
  });
  if (found.size > largestSourceBytes) throw new StudioError('upload.too-large', { limit: `${largestSourceBytes >> 20} MB` });
  return new Uint8Array(
    await readFile(path, signal ? { signal } : {}).catch((thrown: unknown) => {
      throw diskFault(thrown, path);
    }),
  );
}

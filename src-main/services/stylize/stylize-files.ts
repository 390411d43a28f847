// Paints one picture or many with one open mix: each result has its recipe, one bad picture does not stop the rest.
import { StudioError } from '../../contract/fault.ts';
import type { Extent } from '../../contract/image.ts';
import type { JobWatch } from '../../contract/job.ts';
import type { PaintingRecipe } from '../../contract/recipe.ts';
import { resultOf, type Result } from '../../contract/result.ts';
import type { StylizeRequest } from '../../contract/style.ts';
import { inspectPicture } from '../../engine/image/codec.ts';
import { frameOf } from '../../engine/tiling/cascade.ts';
import { makeFolder } from '../disk.ts';
import type { PictureFile } from '../picture-files.ts';
import type { Folders } from '../platform.ts';
import type { ForeignOptions } from '../library/style-sources.ts';
import { stylize } from './stylize.ts';
import { recipesFor } from './stylize-recipe.ts';
import { openStyles, type OpenStyles } from '../library/styles.ts';
import { sweepWorkFolders } from './work-folder.ts';

/** What all pictures of a batch share. */
export interface BatchRequest extends Omit<StylizeRequest, 'picture' | 'out'> {
  readonly files: readonly PictureFile[];
  readonly threads?: number;
  readonly foreign?: ForeignOptions;
}

export interface BatchWatch extends JobWatch {
  started(picture: string, index: number, count: number): void;
}

export interface PaintedPicture extends Extent {
  readonly file: string;
  readonly seconds: number;
}

export interface BatchItem {
  readonly picture: string;
  readonly result: Result<PaintedPicture>;
}

/** Faults after which the next picture would fare no better. */
const endsBatch: readonly string[] = ['job.cancelled', 'disk.full', 'session.out-of-memory'];

/** Throws what opening the styles throws, and job.cancelled | disk.full | session.out-of-memory; a lone picture's own fault too. */
export async function stylizeFiles(request: BatchRequest, folders: Folders, watch: BatchWatch): Promise<BatchItem[]> {
  await makeFolder(folders.work);
  await sweepWorkFolders(folders.work);
  const styles = await openStyles(request, folders, (key, details) => watch.warn(key, details));
  const items: BatchItem[] = [];
  try {
    const recipeOf = await recipesFor(request, styles, watch);
    for (const [index, file] of request.files.entries()) {
      watch.started(file.picture, index, request.files.length);
      const result = await resultOf(() => paintOne(request, file, recipeOf, styles, folders.work, watch));
      if (!result.ok && (request.files.length === 1 || endsBatch.includes(result.fault.code))) throw new StudioError(result.fault.code, result.fault.details);
      items.push({ picture: file.picture, result });
    }
  } finally {
    await styles.runner.close();
  }
  return items;
}

async function paintOne(request: BatchRequest, { picture, out }: PictureFile, recipeOf: (size: Extent) => Promise<PaintingRecipe>, styles: OpenStyles, workFolder: string, watch: JobWatch): Promise<PaintedPicture> {
  const info = await inspectPicture(picture);
  const size = request.longSidePx === undefined ? info : frameOf(info, request.longSidePx);
  const recipe = JSON.stringify(await recipeOf(size));
  const { width, height, seconds } = await stylize({ ...request, picture, out, recipe, workFolder }, styles.runner, watch);
  return { file: out, width, height, seconds };
}

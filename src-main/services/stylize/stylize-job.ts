// What painting one picture will take: its result, its passes, its room on the disk, and what the artist should know.
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import type { Extent, PictureInfo } from '../../contract/image.ts';
import type { JobWatch } from '../../contract/job.ts';
import type { StylizeRequest } from '../../contract/style.ts';
import { requireResultFormat, type EncodeOptions } from '../../engine/image/codec.ts';
import { diskFault, requireSpace } from '../../engine/image/disk.ts';
import { spoolBytes, type SpoolShape } from '../../engine/image/spool.ts';
import type { StyleRunner } from '../../engine/styles/style-engine.ts';
import { frameOf, planCascade } from '../../engine/tiling/cascade.ts';
import type { TilePlan } from '../../engine/tiling/plan.ts';
import { leavesPictureBare } from './stylize-masks.ts';
import { planPass } from './stylize-pass.ts';

/** What stylize needs of a request; a whole StylizeRequest will do. */
export type PaintRequest = Pick<StylizeRequest, 'picture' | 'out' | 'mix' | 'strength' | 'keepColours' | 'strokePercent' | 'longSidePx' | 'tilePx'> &
  Pick<EncodeOptions, 'quality' | 'recipe' | 'dpi'> & {
    /** Where temporary files go; the system's folder for them by default. */
    readonly workFolder?: string;
  };

export interface PaintJob {
  readonly request: PaintRequest;
  readonly result: SpoolShape;
  /** Coarse to fine; none at strength 0. */
  readonly passes: readonly { readonly frame: Extent; readonly plan: TilePlan }[];
  /** True where the last pass is not yet the result: colours, alpha or bare places are kept, or its size differs. */
  readonly needsFinish: boolean;
  readonly workFolder: string;
}

/** Plans the whole work from the picture's header. Throws picture.unsupported | too-large for the result, graph.illegal for windows without a core. */
export function planJob(request: PaintRequest, info: PictureInfo, runner: StyleRunner): PaintJob {
  const target = request.longSidePx ? frameOf(info, request.longSidePx) : { width: info.width, height: info.height };
  requireResultFormat(request.out, target);
  const stroke = { learnedSizePx: runner.learnedSize, strokePercent: request.strokePercent };
  const frames = request.strength === 0 ? [] : planCascade(info, target, stroke);
  const last = frames.at(-1);
  return {
    request,
    result: { ...target, channels: info.hasAlpha ? 4 : 3, depth: info.depth },
    passes: frames.map((frame, i) => ({ frame, plan: planPass(frame, frames[i - 1], runner, request.tilePx) })),
    needsFinish: info.hasAlpha || request.keepColours > 0 || leavesPictureBare(request.mix) || last?.width !== target.width || last.height !== target.height,
    workFolder: request.workFolder ?? tmpdir(),
  };
}

/** Throws disk.no-folder | read-only | full where the work could not be finished. */
export async function requireRoom({ request, result, passes, workFolder }: PaintJob, info: PictureInfo): Promise<void> {
  const outFolder = dirname(resolve(request.out));
  const found = await stat(outFolder).catch(() => undefined);
  if (!found?.isDirectory()) throw new StudioError('disk.no-folder', { folder: basename(outFolder) });
  await access(outFolder, constants.W_OK).catch((thrown: unknown) => {
    throw diskFault(thrown, request.out);
  });
  const { channels, depth } = result;
  const source = spoolBytes({ width: info.width, height: info.height, channels, depth });
  const scales = passes.flatMap(({ frame }): SpoolShape[] => [{ ...frame, channels, depth: 16 }, { ...frame, channels: 3, depth: 16 }]);
  await requireSpace(workFolder, 2 * source + [...scales, result, result].reduce((sum, shape) => sum + spoolBytes(shape), 0));
}

/** Says what is special about the picture and what its result's format cannot hold. */
export function tellWarnings({ request, result }: PaintJob, info: PictureInfo, watch: JobWatch): void {
  const details = { file: basename(request.picture), pages: info.pages, profile: info.profile ?? '', px: Math.max(info.width, info.height), mb: info.memoryMB ?? 0 };
  const flattened = info.hasAlpha && !requireResultFormat(request.out, result).keepsAlpha;
  for (const key of info.warnings) if (!(flattened && key === 'picture.transparent')) watch.warn(key, details);
  if (flattened) watch.warn('picture.flattened', { file: basename(request.out) });
}

// A small picture of a style at work, for the gallery: the shipped sample painted in it. Runs in the engine process.
import { join } from 'node:path';
import { plainPaint } from '../../contract/document.ts';
import type { JobWatch } from '../../contract/job.ts';
import type { MixEntry } from '../../contract/style.ts';
import type { Folders } from '../platform.ts';
import { stylize } from '../stylize/stylize.ts';
import { openStyles } from '../library/styles.ts';

const samplePx = 512;
const tilePx = 512;

export interface SampleRequest {
  readonly mix: readonly MixEntry[];
  /** PNG file to write. */
  readonly out: string;
  readonly folders: Folders;
  readonly device: string;
}

/** Answers the size at which the heaviest style was learned, in px. Throws preset.* | network.* | session.* | disk.* | job.cancelled. */
export async function sampleStyle({ mix, out, folders, device }: SampleRequest, watch: JobWatch): Promise<{ readonly learnedSizePx: number }> {
  const look = { ...plainPaint, mix, device };
  const { runner } = await openStyles(look, folders, watch.warn);
  try {
    const picture = join(folders.resources, 'samples', 'evening-lake.jpg');
    await stylize({ ...look, picture, out, longSidePx: samplePx, tilePx, workFolder: folders.work }, runner, watch);
    return { learnedSizePx: runner.learnedSize };
  } finally {
    await runner.close();
  }
}

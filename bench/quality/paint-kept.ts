// Paints the photographs with one contender, as the program paints them, and keeps results so that repeats are quick.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { plainPaint } from '../../src-main/contract/document.ts';
import { foldersOf } from '../../src-main/services/node-platform.ts';
import { stylize } from '../../src-main/services/stylize/stylize.ts';
import { openStyles } from '../../src-main/services/library/styles.ts';
import { sha256, type Contender } from './contenders.ts';

/** Raised when painting changes, so that what was kept is painted again. */
const paintingVersion = 8;

export interface Photo {
  readonly name: string;
  readonly file: string;
  readonly hash: string;
  /** Long side of its results; its own where that is smaller. */
  readonly longSidePx: number;
}

export interface PaintSetting {
  /** Folder of kept results. */
  readonly cache: string;
  /** 0 paints once, at the result's own pixels. */
  readonly strokePercent: number;
  readonly threads: number;
  /** Paints again what is kept. */
  readonly fresh: boolean;
}

export interface Painted {
  readonly photo: Photo;
  readonly file: string;
  /** Of all that it depends on. */
  readonly key: string;
}

/** Results in the order of the photographs. */
export async function paintKept(contender: Contender, photos: readonly Photo[], setting: PaintSetting): Promise<Painted[]> {
  mkdirSync(setting.cache, { recursive: true });
  const painted = photos.map((photo) => {
    const key = sha256([paintingVersion, contender.hash, photo.hash, photo.longSidePx, setting.strokePercent].join());
    return { photo, key, file: join(setting.cache, `${key.slice(0, 32)}.png`) };
  });
  const missing = painted.filter(({ file }) => setting.fresh || !existsSync(file));
  if (missing.length > 0) await paintAll(contender, missing, setting);
  return painted;
}

async function paintAll(contender: Contender, results: readonly Painted[], { strokePercent, threads, cache }: PaintSetting): Promise<void> {
  const mix = [{ style: contender.file, weight: 1 }];
  const foreign = contender.predictor === undefined ? {} : { foreign: { predictor: contender.predictor, styleImage: contender.paintingFile } };
  const { runner } = await openStyles({ ...plainPaint, mix, device: 'cpu', threads, ...foreign }, foldersOf(process.env), () => undefined);
  try {
    for (const { photo, file } of results) {
      // in one window, so that networks whose tiles differ are not judged by their seams
      const request = { picture: photo.file, out: file, mix, strength: 1, keepColours: 0, strokePercent, longSidePx: photo.longSidePx, tilePx: photo.longSidePx, workFolder: cache };
      await stylize(request, runner, { signal: new AbortController().signal, progress: () => undefined, warn: () => undefined });
    }
  } finally {
    await runner.close();
  }
}

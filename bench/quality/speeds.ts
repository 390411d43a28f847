// What one megapixel takes each network, as bench/stylize times it.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { StyleSource } from '../../src-main/engine/styles/style-engine.ts';
import { foldersOf } from '../../src-main/services/node-platform.ts';
import { findBase } from '../../src-main/services/library/bases.ts';
import { decodePixels } from '../../src-main/engine/image/codec.ts';
import { planesOf } from '../../src-main/engine/tensor/layout.ts';
import { readPreset } from '../../src-main/services/library/preset-file.ts';
import { medianPaintMs, noisyPicture, openRunner, TimedSessions } from '../session-time.ts';
import type { Contender } from './contenders.ts';

const sidePx = 512;
const runs = 10;

/** Milliseconds a megapixel by file: session time at 512 × 512, median of ten. Styles of one generator are timed once. */
export async function networkSpeeds(contenders: readonly Contender[], threads: number): Promise<Map<string, number>> {
  const known = new Map<string, number>();
  const speeds = new Map<string, number>();
  for (const contender of contenders) {
    const { record, file } = contender;
    const alike = record === undefined ? file : JSON.stringify(record.generator);
    const found = known.get(alike) ?? (await speedOf(contender, threads));
    known.set(alike, found);
    speeds.set(file, found);
  }
  return speeds;
}

async function speedOf(contender: Contender, threads: number): Promise<number> {
  const sessions = new TimedSessions();
  const base = (hash: string) => findBase(hash, foldersOf(process.env));
  const runner = await openRunner({ mix: [{ source: await sourceOf(contender), weight: 1 }], sessions, threads, base });
  try {
    await runner.measure(noisyPicture(256));
    const ms = await medianPaintMs(runner, sessions, noisyPicture(sidePx), runs);
    return Math.round((ms * 1e7) / sidePx ** 2) / 10;
  } finally {
    await runner.close();
  }
}

async function sourceOf({ file, record, predictor, paintingFile }: Contender): Promise<StyleSource> {
  if (record) return { kind: 'preset', preset: await readPreset(file) };
  const network = { kind: 'network' as const, file: basename(file), model: await readFile(file) };
  if (predictor === undefined) return network;
  const stylePicture = planesOf(await decodePixels(paintingFile, { shortSide: 256 }));
  return { ...network, predictor: { file: basename(predictor), model: await readFile(predictor), stylePicture } };
}

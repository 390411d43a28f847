// Who paints in the manner of which painting: our styles, styles taught for a time, and foreign networks.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { PresetRecord } from '../../src-main/contract/style.ts';
import { readPresetCover } from '../../src-main/services/library/preset-file.ts';

export interface Contender {
  /** Column: 'shipped', '15 s' … for ours, 'peer' or 'arbitrary'. */
  readonly column: string;
  readonly maker: 'ours' | 'foreign';
  /** File name without its ending. */
  readonly name: string;
  readonly file: string;
  /** Of a pair: the network that reads the painting. */
  readonly predictor?: string;
  /** File name of the painting without its ending. */
  readonly painting: string;
  readonly paintingFile: string;
  /** Bytes of its own file, and of files it shares with others: a base, a predictor. */
  readonly bytes: number;
  readonly sharedBytes: number;
  readonly record?: PresetRecord;
  /** Sha-256 of everything its result depends on besides photograph and size. */
  readonly hash: string;
}

/** Foreign networks trained on a painting of the collection, by the painting. */
const trainedPeers: Readonly<Record<string, string>> = {
  'picabia-udnie': 'zoo-udnie',
  'hokusai-great-wave': 'fst-wave',
  'munch-scream': 'fst-scream',
  'vangogh-starry-night': 'acer-starry-night',
  'vangogh-bedroom': 'acer-bedroom',
  'vangogh-red-vineyard': 'acer-red-vineyards',
  'vangogh-self-portrait-orsay': 'acer-self-portrait',
  'vangogh-soup-distribution-drawing': 'acer-soup-distribution',
  'vangogh-sunflowers': 'acer-sunflowers-bew',
  'vangogh-wheatfield-with-crows': 'acer-wheatfield-with-crows',
};

export interface Folders {
  readonly paintings: string;
  /** Of .vstyle files; absent ones hold nothing. */
  readonly styles: readonly string[];
  /** Of PAINTING@SECONDS.vstyle. */
  readonly taught?: string;
  readonly peers: string;
  /** The base that codes need, for its size. */
  readonly base?: string;
}

/** A painting of the collection. */
interface Original {
  readonly painting: string;
  readonly paintingFile: string;
  readonly hash: string;
}

/** Everybody who paints in the manner of a painting that we have a style for, painting by painting, ours first. */
export async function findContenders(folders: Folders): Promise<Contender[]> {
  const originals = readdirSync(folders.paintings)
    .filter((file) => /\.(jpe?g|png)$/i.test(file))
    .map((file) => join(folders.paintings, file))
    .map((file) => ({ painting: stemOf(file), paintingFile: file, hash: sha256(readFileSync(file)) }));
  const shipped = await presetsIn(folders.styles, originals, folders.base);
  const taught = folders.taught === undefined ? [] : await presetsIn([folders.taught], originals, folders.base);
  const ours = firstOfEach([...shipped.map((each) => ({ ...each, column: 'shipped' })), ...taught]).sort(bySeconds);
  return originals.flatMap((original) => {
    const own = ours.filter(({ painting }) => painting === original.painting);
    return own.length === 0 ? [] : [...own, ...foreignOf(original, folders.peers)];
  });
}

/** One contender a painting and column. */
function firstOfEach(contenders: readonly Contender[]): Contender[] {
  const seen = new Set<string>();
  return contenders.filter(({ painting, column, file }) => {
    const place = `${painting} ${column}`;
    if (!seen.has(place)) return seen.add(place);
    process.stderr.write(`${file} is left out: there is another style of ${painting} in the column “${column}”\n`);
    return false;
  });
}

async function presetsIn(folders: readonly string[], originals: readonly Original[], base: string | undefined): Promise<Contender[]> {
  const found: Contender[] = [];
  for (const folder of folders.filter((each) => existsSync(each))) {
    for (const file of readdirSync(folder).filter((each) => each.endsWith('.vstyle')).sort()) {
      const path = join(folder, file);
      const { record } = await readPresetCover(path);
      const [stem = '', seconds] = stemOf(file).split('@');
      const original = originalOf(stem, record, originals);
      if (!original) continue;
      const { painting, paintingFile } = original;
      const sharedBytes = record.kind === 'code' && base !== undefined && existsSync(base) ? statSync(base).size : 0;
      const column = seconds === undefined ? 'taught' : `${seconds} s`;
      found.push({ column, maker: 'ours', name: stemOf(file), file: path, painting, paintingFile, bytes: statSync(path).size, sharedBytes, record, hash: sha256(record.id, record.base) });
    }
  }
  return found;
}

/** By name; else by the one painting it was taught from; else by the end of the painting's name. */
function originalOf(stem: string, { lineage }: PresetRecord, originals: readonly Original[]): Original | undefined {
  const [source, ...more] = lineage.recipe.paintings;
  return (
    originals.find(({ painting }) => painting === stem) ??
    originals.find(({ hash }) => more.length === 0 && hash === source) ??
    originals.find(({ painting }) => painting.endsWith(`-${stem}`))
  );
}

function foreignOf({ painting, paintingFile, hash }: Original, folder: string): Contender[] {
  const found: Contender[] = [];
  const peer = trainedPeers[painting];
  const own = join(folder, `${peer}.onnx`);
  if (peer !== undefined && existsSync(own)) {
    found.push({ column: 'peer', maker: 'foreign', name: peer, file: own, painting, paintingFile, bytes: statSync(own).size, sharedBytes: 0, hash: sha256(readFileSync(own)) });
  }
  const [file, predictor] = ['transfer', 'predict'].map((part) => join(folder, `magenta-arbitrary-${part}.onnx`)) as [string, string];
  if (existsSync(file) && existsSync(predictor)) {
    const sizes = { bytes: statSync(file).size, sharedBytes: statSync(predictor).size };
    const pair = sha256(readFileSync(file), readFileSync(predictor), hash);
    found.push({ column: 'arbitrary', maker: 'foreign', name: 'magenta-arbitrary', file, predictor, painting, paintingFile, ...sizes, hash: pair });
  }
  return found;
}

function bySeconds(a: Contender, b: Contender): number {
  return (parseFloat(a.column) || 0) - (parseFloat(b.column) || 0);
}

/** File name without folder and ending. */
export function stemOf(path: string): string {
  return basename(path).replace(/\.[^.]+$/, '');
}

/** Hex. */
export function sha256(...parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

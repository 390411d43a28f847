// Pairs of ours and a foreign network to be judged without knowing which is which, and the count of the choices.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRandom, type Random } from '../../src-main/engine/tensor/random.ts';
import { createSheet, fit, lineHeightPx, readPicture, squareOf, write, writeSheet } from './montage.ts';

/** What could be shown: one photograph painted by both in the manner of one painting. */
export interface Pair {
  readonly painting: string;
  readonly paintingFile: string;
  readonly photo: string;
  /** Who painted it, and the file of the result. */
  readonly ours: { readonly name: string; readonly file: string };
  readonly foreign: { readonly name: string; readonly file: string };
}

/** What is not shown: who A and B are, by the pair's number. */
export type Key = Readonly<Record<string, { readonly painting: string; readonly photo: string; readonly A: Side; readonly B: Side }>>;
type Side = { readonly maker: 'ours' | 'foreign'; readonly name: string };

/** What a judge writes, by the pair's number: A, B or = for neither, of the whole and of the detail, and what is wrong with either. */
export type Choices = Readonly<Record<string, Choice | { readonly whole?: Choice; readonly detail?: Choice; readonly faults?: Partial<Record<'A' | 'B', string>> }>>;
export type Choice = 'A' | 'B' | '=' | '';

/** Pairs by chance: every painting once before any comes twice, photographs as evenly. */
export function choosePairs<T extends Pick<Pair, 'painting' | 'photo'>>(all: readonly T[], count: number, random: Random): T[] {
  const waiting = shuffled(all, random);
  const shown = { painting: new Map<string, number>(), photo: new Map<string, number>() };
  const times = ({ painting, photo }: T): number => 1000 * (shown.painting.get(painting) ?? 0) + (shown.photo.get(photo) ?? 0);
  const chosen: T[] = [];
  while (chosen.length < count && waiting.length > 0) {
    const next = waiting.reduce((best, each) => (times(each) < times(best) ? each : best));
    waiting.splice(waiting.indexOf(next), 1);
    shown.painting.set(next.painting, (shown.painting.get(next.painting) ?? 0) + 1);
    shown.photo.set(next.photo, (shown.photo.get(next.photo) ?? 0) + 1);
    chosen.push(next);
  }
  return chosen;
}

/** Writes pair-NN.png and an empty choices.json into a folder, and the key elsewhere. The seed decides pairs, sides and details. */
export async function writeBlind(all: readonly Pair[], count: number, seed: number, folder: string, keyFile: string): Promise<number> {
  const random = createRandom(seed);
  const pairs = choosePairs(all, count, random);
  const key: Record<string, Key[string]> = {};
  mkdirSync(folder, { recursive: true });
  for (const [index, pair] of pairs.entries()) {
    const id = String(index + 1).padStart(2, '0');
    const ours = { ...pair.ours, maker: 'ours' as const };
    const foreign = { ...pair.foreign, maker: 'foreign' as const };
    const [a, b] = random.uniform() < 0.5 ? [ours, foreign] : [foreign, ours];
    key[id] = { painting: pair.painting, photo: pair.photo, A: { maker: a.maker, name: a.name }, B: { maker: b.maker, name: b.name } };
    const detail = { across: 0.2 + 0.6 * random.uniform(), down: 0.2 + 0.6 * random.uniform() };
    await writePair({ id, painting: pair.paintingFile, a: a.file, b: b.file, ...detail }, join(folder, `pair-${id}.png`));
  }
  mkdirSync(dirname(keyFile), { recursive: true });
  writeFileSync(keyFile, `${JSON.stringify(key, null, 2)}\n`);
  const blank = Object.fromEntries(Object.keys(key).map((id) => [id, { whole: '', detail: '', faults: { A: '', B: '' } }]));
  const choices = join(folder, 'choices.json');
  if (!existsSync(choices)) writeFileSync(choices, `${JSON.stringify(blank, null, 2)}\n`); // what a judge wrote stays
  return pairs.length;
}

/** Side of the boxes in which whole pictures are shown. */
const cellPx = 448;
/** Side of the detail, as a share of the picture's short side. */
const detailShare = 0.6;
const paintingPx = 200;
const marginPx = 8;

interface PairSheet {
  readonly id: string;
  readonly painting: string;
  readonly a: string;
  readonly b: string;
  /** Where the detail lies, in 0..1. */
  readonly across: number;
  readonly down: number;
}

/** The painting small in the corner; A and B side by side, whole, and below the same detail of both at 100 %. */
async function writePair({ id, painting, a, b, across, down }: PairSheet, path: string): Promise<void> {
  const left = paintingPx + 2 * marginPx;
  const columns = [left, left + cellPx + marginPx];
  const pictures = [await readPicture(a), await readPicture(b)];
  const wholePx = Math.min(cellPx, ...pictures.map(({ shape }) => Math.round((shape[2]! * cellPx) / Math.max(cellPx, shape[3]!))));
  const detailPx = Math.min(cellPx, ...pictures.map(({ shape }) => Math.round(detailShare * Math.min(shape[2]!, shape[3]!))));
  const sheet = createSheet({ width: columns[1]! + cellPx + marginPx, height: 2 * lineHeightPx + wholePx + detailPx + 3 * marginPx });
  write(sheet, `pair ${id}`, marginPx, marginPx);
  fit(sheet, await readPicture(painting), { x: marginPx, y: marginPx + lineHeightPx, width: paintingPx, height: paintingPx });
  const below = marginPx + lineHeightPx + wholePx + marginPx;
  for (const [side, picture] of pictures.entries()) {
    const x = columns[side]!;
    write(sheet, side === 0 ? 'A' : 'B', x, marginPx);
    fit(sheet, picture, { x, y: marginPx + lineHeightPx, width: cellPx, height: wholePx });
    write(sheet, `${side === 0 ? 'A' : 'B'} 100 %`, x, below);
    fit(sheet, squareOf(picture, detailPx, across, down), { x, y: below + lineHeightPx, width: cellPx, height: detailPx });
  }
  await writeSheet(sheet, path);
}

export interface Revealed {
  readonly whole: Count;
  readonly detail: Count;
  readonly pairs: readonly { readonly id: string; readonly painting: string; readonly photo: string; readonly against: string; readonly whole: string; readonly detail: string; readonly faults: Readonly<Partial<Record<'ours' | 'foreign', string>>> }[];
}
export type Count = { readonly ours: number; readonly foreign: number; readonly neither: number; readonly unjudged: number };

/** Counts choices by maker. Choices of pairs that the key does not know are refused. */
export function reveal(key: Key, choices: Choices): Revealed {
  const unknown = Object.keys(choices).find((id) => !(id in key));
  if (unknown !== undefined) throw new Error(`the key has no pair “${unknown}”`);
  const pairs = Object.entries(key).map(([id, { painting, photo, A, B }]) => {
    const written = choices[id] ?? '';
    const { whole = '', detail = '', faults = {} } = typeof written === 'string' ? { whole: written, detail: written } : written;
    const who = (choice: Choice): string => (choice === 'A' ? A.maker : choice === 'B' ? B.maker : choice === '=' ? 'neither' : 'unjudged');
    const against = A.maker === 'foreign' ? A.name : B.name;
    const named = Object.fromEntries([[A.maker, faults.A], [B.maker, faults.B]].filter(([, fault]) => fault));
    return { id, painting, photo, against, whole: who(whole), detail: who(detail), faults: named };
  });
  const count = (of: 'whole' | 'detail'): Count => {
    const times = (who: string): number => pairs.filter((pair) => pair[of] === who).length;
    return { ours: times('ours'), foreign: times('foreign'), neither: times('neither'), unjudged: times('unjudged') };
  };
  return { whole: count('whole'), detail: count('detail'), pairs };
}

export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  return Array.from(items, () => left.splice(random.integer(left.length), 1)[0]!);
}

// Which way the characters of a line run: Unicode's bidirectional algorithm (UAX 9), lines broken after it as its rule L1 says.
import bidiFactory, { type EmbeddingLevels } from 'bidi-js';

/** Runs of one direction: first and after their last code unit. */
export interface Directed {
  readonly start: number;
  readonly end: number;
  readonly rightToLeft: boolean;
}

const bidi = bidiFactory();

/** A character of every class that characters beyond the first plane have: the library looks at single code units. */
const standIns: Readonly<Record<string, string>> = { R: '\u05d0', AL: '\u0627', EN: '0', AN: '\u0660', ET: '#', ON: '!', NSM: '\u0301', BN: '\u00ad' };

/** Levels of a whole paragraph, which its lines are ordered by. */
export function directionsOf(paragraph: string): EmbeddingLevels {
  return bidi.getEmbeddingLevels(paragraph.replace(/[\u{10000}-\u{10ffff}]/gu, (character) => (standIns[bidi.getBidiCharTypeName(character)] ?? 'a').repeat(2)));
}

/** Runs of a line of a paragraph, from left to right. */
export function directedRuns(paragraph: string, { levels, paragraphs }: EmbeddingLevels, start = 0, end = paragraph.length): Directed[] {
  const line = { levels: levels.slice(start, end), paragraphs: [{ start: 0, end: end - start - 1, level: paragraphs[0]?.level ?? 0 }] };
  const runs: Directed[] = [];
  for (const place of bidi.getReorderedIndices(paragraph.slice(start, end), line)) {
    const at = start + place;
    const rightToLeft = line.levels[place]! % 2 === 1;
    const last = runs.at(-1);
    const isNext = last?.rightToLeft === rightToLeft && at === (rightToLeft ? last.start - 1 : last.end);
    if (isNext) runs[runs.length - 1] = { start: Math.min(last.start, at), end: Math.max(last.end, at + 1), rightToLeft };
    else runs.push({ start: at, end: at + 1, rightToLeft });
  }
  return runs;
}

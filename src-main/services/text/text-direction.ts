// Which way the characters of a line run: Unicode's bidirectional algorithm (UAX 9) without its marks of direction and its pairs of brackets.

type Way = 'L' | 'R';
type Kind = Way | 'number' | 'arabic number' | 'neutral';

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\u200F]/u;
const digit = /\p{Nd}/u;
const arabicDigit = /[\u0660-\u0669\u06dd]/u;
const letter = /[\p{L}\p{Script=Han}]/u;
const mark = /\p{M}/u;

export interface Directed {
  readonly start: number;
  readonly end: number;
  readonly rightToLeft: boolean;
}

/** Runs of one direction from left to right, by index of their first and after their last code unit. */
export function directedRuns(line: string): Directed[] {
  const levels = levelsOf(line);
  const runs: (Directed & { readonly level: number })[] = [];
  for (let at = 0; at < line.length; ) {
    const level = levels[at]!;
    let end = at;
    while (end < line.length && levels[end] === level) end++;
    runs.push({ start: at, end, rightToLeft: level % 2 === 1, level });
    at = end;
  }
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  let order = runs;
  // Rule L2: from the highest level down, whatever is at least as high is turned round.
  for (let level = highest; level > 0; level--) order = turned(order, level);
  return order.map(({ start, end, rightToLeft: right }) => ({ start, end, rightToLeft: right }));
}

/** True where the line's first letter runs from right to left. */
export function beginsRight(line: string): boolean {
  for (const character of line) {
    if (rightToLeft.test(character)) return true;
    if (letter.test(character)) return false;
  }
  return false;
}

function turned<T extends { readonly level: number }>(runs: readonly T[], level: number): T[] {
  const out: T[] = [];
  for (let at = 0; at < runs.length; ) {
    let end = at;
    while (end < runs.length && runs[end]!.level >= level) end++;
    if (end === at) out.push(runs[at++]!);
    else {
      out.push(...runs.slice(at, end).reverse());
      at = end;
    }
  }
  return out;
}

function levelsOf(line: string): Uint8Array {
  const levels = new Uint8Array(line.length);
  if (!rightToLeft.test(line)) return levels;
  const base: Way = beginsRight(line) ? 'R' : 'L';
  const kinds = kindsOf(line, base);
  for (let at = 0; at < kinds.length; ) {
    let end = at;
    while (end < kinds.length && kinds[end] === kinds[at]) end++;
    levels.fill(levelOf(kinds, at, end, base), at, end);
    at = end;
  }
  return levels;
}

/** Rules W1 to W7, by code unit: marks go with their letters, one sign between digits with these, digits after letters from the left with those. */
function kindsOf(line: string, base: Way): Kind[] {
  const kinds: Kind[] = [];
  for (const character of line) {
    const kind = mark.test(character) ? (kinds.at(-1) ?? 'neutral') : kindOf(character);
    for (let unit = 0; unit < character.length; unit++) kinds.push(kind);
  }
  for (let i = 1; i + 1 < kinds.length; i++) {
    if (kinds[i] === 'neutral' && /[.,:/+\-]/.test(line[i]!) && kinds[i - 1] === kinds[i + 1] && isNumber(kinds[i - 1])) kinds[i] = kinds[i - 1]!;
  }
  let strong: Way = base;
  return kinds.map((kind) => {
    if (kind === 'L' || kind === 'R') strong = kind;
    return kind === 'number' && strong === 'L' ? 'L' : kind;
  });
}

function kindOf(character: string): Kind {
  if (arabicDigit.test(character)) return 'arabic number';
  if (digit.test(character)) return 'number';
  if (rightToLeft.test(character)) return 'R';
  return letter.test(character) ? 'L' : 'neutral';
}

const isNumber = (kind: Kind | undefined): boolean => kind === 'number' || kind === 'arabic number';

/** Rules N1, N2, I1 and I2: what is between alike goes along with them, the rest with the line. */
function levelOf(kinds: readonly Kind[], start: number, end: number, base: Way): number {
  const kind = kinds[start]!;
  if (kind === 'number' || kind === 'arabic number') return 2;
  const way = kind === 'neutral' ? (wayOf(kinds[start - 1], base) === wayOf(kinds[end], base) ? wayOf(kinds[end], base) : base) : kind;
  if (way === 'R') return 1;
  return base === 'L' ? 0 : 2;
}

/** Numbers that are left count as letters from the right. */
function wayOf(kind: Kind | undefined, base: Way): Way {
  return kind === undefined || kind === 'neutral' ? base : kind === 'L' ? 'L' : 'R';
}

// Means over photographs, and who comes closer to the painting and keeps more of the photograph.
import type { Judged, Opinion } from './judges.ts';

/** One contender on one painting: means over the photographs. */
export interface Row {
  readonly painting: string;
  readonly column: string;
  readonly maker: 'ours' | 'foreign' | 'photo';
  readonly name: string;
  readonly mean: Judged;
  readonly bytes?: number;
  readonly sharedBytes?: number;
  readonly msPerMegapixel?: number;
}

/** Ours beside one foreign network on one painting. */
export interface Duel {
  readonly painting: string;
  readonly ours: string;
  readonly against: string;
  readonly style: 'ours' | 'theirs';
  readonly content: 'ours' | 'theirs';
  /** Whose crops are distributed more like the painting's. */
  readonly kernel: 'ours' | 'theirs';
  /** Split where one has the style and the other the content. */
  readonly both: 'ours' | 'theirs' | 'split';
}

/** Who is best on one painting, all columns compared; nobody where two differ. */
export interface Winner {
  readonly painting: string;
  readonly style: string;
  readonly content: string;
  readonly both: string | undefined;
}

export interface Tally {
  readonly paintings: number;
  readonly style: number;
  readonly content: number;
  readonly kernel: number;
  readonly both: number;
}

export interface Verdict {
  readonly winners: readonly Winner[];
  readonly duels: readonly Duel[];
  /** How often ours wins, against each column and against every foreign one of a painting at once. */
  readonly ours: Readonly<Record<string, Tally>>;
}

/** Mean of every number of some judgements; realism only where all have it. */
export function meanOf(judged: readonly Judged[]): Judged {
  const mean = (of: (each: Judged) => number): number => Math.round((judged.reduce((sum, each) => sum + of(each), 0) / judged.length) * 1e3) / 1e3;
  const opinion = (of: (each: Judged) => Opinion): Opinion => ({
    style: mean((each) => of(each).style),
    styleHalf: mean((each) => of(each).styleHalf),
    content: mean((each) => of(each).content),
  });
  const scored = judged.every(({ realism }) => realism !== undefined);
  return {
    impartial: opinion(({ impartial }) => impartial),
    second: opinion(({ second }) => second),
    variety: mean(({ variety }) => variety),
    kernel: mean(({ kernel }) => kernel),
    ssim: mean(({ ssim }) => ssim),
    colourShift: mean(({ colourShift }) => colourShift),
    ...(scored && { realism: mean(({ realism }) => realism!) }),
  };
}

/** One number for style: the mean of both sizes, by the impartial judge. Lower is closer. */
export function styleOf({ mean: { impartial } }: Row): number {
  return (impartial.style + impartial.styleHalf) / 2;
}

function contentOf({ mean: { impartial } }: Row): number {
  return impartial.content;
}

/** The row of ours that stands for us: the shipped style, else the one taught longest (rows stand in order of seconds). */
export function championOf(rows: readonly Row[]): Row | undefined {
  const ours = rows.filter(({ maker }) => maker === 'ours');
  return ours.find(({ column }) => column === 'shipped') ?? ours.at(-1);
}

/** The foreign row that comes closest to the painting. */
export function bestForeign(rows: readonly Row[]): Row | undefined {
  return lowest(rows.filter(({ maker }) => maker === 'foreign'), styleOf);
}

/** Rows of all paintings, each painting's together. */
export function verdictOf(rows: readonly Row[]): Verdict {
  const paintings = [...new Set(rows.map(({ painting }) => painting))].map((painting) => rows.filter((row) => row.painting === painting));
  const duels = paintings.flatMap(duelsOf);
  const ours: Record<string, Tally> = {};
  for (const column of new Set(duels.map(({ against }) => against))) ours[column] = tallyOf(duels.filter(({ against }) => against === column).map((duel) => [duel]));
  const all = paintings.map(duelsOf).filter((each) => each.length > 0);
  if (all.length > 0) ours['every foreign one'] = tallyOf(all);
  return { winners: paintings.flatMap(winnerOf), duels, ours };
}

function duelsOf(rows: readonly Row[]): Duel[] {
  const champion = championOf(rows);
  if (!champion) return [];
  return rows.filter(({ maker }) => maker === 'foreign').map((foreign) => {
    const closer = (of: (row: Row) => number): 'ours' | 'theirs' => (of(champion) <= of(foreign) ? 'ours' : 'theirs');
    const [style, content, kernel] = [closer(styleOf), closer(contentOf), closer((row) => row.mean.kernel)];
    return { painting: champion.painting, ours: champion.column, against: foreign.column, style, content, kernel, both: style === content ? style : ('split' as const) };
  });
}

function winnerOf(rows: readonly Row[]): Winner[] {
  const painted = rows.filter(({ maker }) => maker !== 'photo');
  const [style, content] = [lowest(painted, styleOf), lowest(painted, contentOf)];
  if (!style || !content) return [];
  return [{ painting: style.painting, style: style.column, content: content.column, both: style === content ? style.column : undefined }];
}

/** Of lists of duels, one a painting: how many are all ours. */
function tallyOf(paintings: readonly (readonly Duel[])[]): Tally {
  const won = (of: 'style' | 'content' | 'kernel' | 'both'): number => paintings.filter((duels) => duels.every((duel) => duel[of] === 'ours')).length;
  return { paintings: paintings.length, style: won('style'), content: won('content'), kernel: won('kernel'), both: won('both') };
}

function lowest(rows: readonly Row[], of: (row: Row) => number): Row | undefined {
  return rows.reduce<Row | undefined>((best, row) => (best === undefined || of(row) < of(best) ? row : best), undefined);
}

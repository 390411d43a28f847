// What styles taught by two feature networks come to, as means, quotients and a table.

/** One network's opinion of a result. */
export interface Opinion {
  /** Relative Gram distance to the painting, mean of the scales; 1 as close as the painting is to itself, lower closer. */
  readonly style: number;
  /** Feature distance to the photograph: 0 the same … 2 unrelated. */
  readonly content: number;
}

/** The network that is imitated, and one that teaches nothing here. */
export const judges = ['squeezenet', 'vgg'] as const;
export type JudgeName = (typeof judges)[number];

/** The network that is imitated, and the one that imitates it. */
export const teachers = ['original', 'ours'] as const;
export type TeacherName = (typeof teachers)[number];

/** One photograph in one taught style. */
export interface Result {
  readonly painting: string;
  readonly teacher: TeacherName;
  readonly seed: number;
  readonly photo: string;
  readonly opinions: Readonly<Record<JudgeName, Opinion>>;
}

export interface Compared {
  readonly original: Opinion;
  readonly ours: Opinion;
  /** Ours over the original's: below 1 closer to the painting, or nearer to the photograph. */
  readonly ratio: Opinion;
}

export interface Comparison {
  readonly paintings: Readonly<Record<string, Readonly<Record<JudgeName, Compared>>>>;
  readonly all: Readonly<Record<JudgeName, Compared>>;
  /** The original's styles of the second seed over those of the first, the larger over the smaller, mean of the paintings: chance alone. */
  readonly chance: Readonly<Record<JudgeName, Opinion>> | undefined;
  /** Whether style and content of ours, judged by SqueezeNet, are at most `tolerance` above the original's. */
  readonly good: boolean;
}

/** How much farther from painting and photograph a good teacher's styles may be. */
export const tolerance = 0.1;

/** Means over photographs and seeds; the quotient of all is that of the means. Every painting needs results of both teachers. */
export function compareTeachers(results: readonly Result[]): Comparison {
  const paintings = namesOf(results).map((painting) => [painting, byJudge((judge) => comparedBy(judge, of(results, { painting })))] as const);
  const all = byJudge((judge) => comparedBy(judge, results));
  const { style, content } = all.squeezenet.ratio;
  return { paintings: Object.fromEntries(paintings), all, chance: chanceOf(results), good: Math.max(style, content) <= 1 + tolerance };
}

/** The comparison as Markdown; `untouched`: what the judges say of the photographs themselves. */
export function tableOf({ paintings, all, chance }: Comparison, untouched: Readonly<Record<JudgeName, Opinion>>): string {
  const cells = (compared: Readonly<Record<JudgeName, Compared>>): string[] =>
    judges.flatMap((judge) => (['style', 'content'] as const).map((what) => {
      const { original, ours, ratio } = compared[judge];
      return `${two(original[what])} → ${two(ours[what])}, ${two(ratio[what])}`;
    }));
  const apart = chance && judges.flatMap((judge) => [two(chance[judge].style), two(chance[judge].content)]);
  const rows = [
    ['painting', 'SqueezeNet: style', 'content', 'VGG: style', 'content'],
    ['---', '---', '---', '---', '---'],
    ...Object.entries(paintings).map(([painting, compared]) => [painting, ...cells(compared)]),
    ['**all**', ...cells(all).map((cell) => `**${cell}**`)],
    ...(apart ? [['two seeds of the original apart', ...apart]] : []),
    ['the photographs', ...judges.flatMap((judge) => [two(untouched[judge].style), two(untouched[judge].content)])],
  ];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Mean of style and content. */
export function meanOf(opinions: readonly Opinion[]): Opinion {
  const mean = (of: (opinion: Opinion) => number): number => opinions.reduce((sum, each) => sum + of(each), 0) / opinions.length;
  return { style: mean(({ style }) => style), content: mean(({ content }) => content) };
}

function comparedBy(judge: JudgeName, results: readonly Result[]): Compared {
  const [original, ours] = teachers.map((teacher) => meanOf(of(results, { teacher }).map(({ opinions }) => opinions[judge]))) as [Opinion, Opinion];
  return { original, ours, ratio: { style: ours.style / original.style, content: ours.content / original.content } };
}

function chanceOf(results: readonly Result[]): Comparison['chance'] {
  const [first, second] = [...new Set(results.map(({ seed }) => seed))];
  if (first === undefined || second === undefined) return undefined;
  const apart = (a: number, b: number): number => Math.max(a, b) / Math.min(a, b);
  return byJudge((judge) => meanOf(namesOf(results).map((painting) => {
    const bySeed = (seed: number): Opinion => meanOf(of(results, { painting, teacher: 'original', seed }).map(({ opinions }) => opinions[judge]));
    const [one, other] = [bySeed(first), bySeed(second)];
    return { style: apart(one.style, other.style), content: apart(one.content, other.content) };
  })));
}

function namesOf(results: readonly Result[]): string[] {
  return [...new Set(results.map(({ painting }) => painting))];
}

function of(results: readonly Result[], wanted: Partial<Pick<Result, 'painting' | 'teacher' | 'seed'>>): Result[] {
  return results.filter((each) => (Object.keys(wanted) as (keyof typeof wanted)[]).every((key) => each[key] === wanted[key]));
}

function byJudge<T>(value: (judge: JudgeName) => T): Record<JudgeName, T> {
  return { squeezenet: value('squeezenet'), vgg: value('vgg') };
}

function two(value: number): string {
  return value.toFixed(2);
}

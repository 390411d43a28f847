// The comparison as Markdown.
import { championOf, styleOf, type Row, type Verdict } from './verdict.ts';

/** What the figures were taken with, in words for the reader. */
export interface TableSetting {
  readonly photos: readonly string[];
  readonly sizePx: number;
  readonly strokePercent: number;
  readonly impartial: string;
  readonly second: string;
  readonly timed: boolean;
}

/** Sections from the third heading level down. */
export function tableOf(rows: readonly Row[], verdict: Verdict, setting: TableSetting): string {
  const { photos, sizePx, strokePercent, impartial, second } = setting;
  const strokes = strokePercent === 0 ? 'painted once, at the result’s own pixels' : `stroke ${strokePercent}`;
  return [
    `Means over ${photos.length} photographs (${photos.join(', ')}), long side at most ${sizePx} px, ${strokes}.`,
    `Judge: ${impartial}; in brackets ${second}. Style: relative Gram distance to the painting at full and half size, 1 = as close as`,
    'the painting is to itself, lower is closer; below 1 the result is evener than the painting, as variety shows (1 = as varied as the',
    'painting). Content: feature distance to the photograph, 0 the same … 2 unrelated. Colour: mean ΔE2000 to the photograph.',
    'Kernel: kernel distance of the result’s crops to the painting’s (KID), 0 as near as other crops of the painting, lower is closer; it knows nobody.',
    'Realism: our own style’s discriminator, which knows ours and no other network.',
    '',
    '### How often ours wins',
    '',
    ...tallies(verdict),
    '',
    '### Who wins each painting',
    '',
    ...winners(rows, verdict),
    '',
    '### Every contender',
    '',
    ...everyRow(rows, setting.timed),
    '',
  ].join('\n');
}

function tallies({ ours }: Verdict): string[] {
  const share = (won: number, of: number): string => `${won} (${Math.round((100 * won) / of)} %)`;
  return markdown(
    ['ours against', 'paintings', 'on style', 'on content', 'on style and content at once', 'on kernel'],
    Object.entries(ours).map(([column, { paintings, style, content, both, kernel }]) => [column, String(paintings), share(style, paintings), share(content, paintings), share(both, paintings), share(kernel, paintings)]),
  );
}

function winners(rows: readonly Row[], { winners: all, duels }: Verdict): string[] {
  return markdown(
    ['painting', 'closest style', 'most content', 'both', 'ours', 'against peer', 'against arbitrary'],
    all.map(({ painting, style, content, both }) => {
      const against = (column: string): string => duels.find((duel) => duel.painting === painting && duel.against === column)?.both ?? '–';
      const champion = championOf(rows.filter((row) => row.painting === painting));
      return [painting, style, content, both ?? 'nobody', champion?.column ?? '–', against('peer'), against('arbitrary')];
    }),
  );
}

function everyRow(rows: readonly Row[], timed: boolean): string[] {
  const header = ['painting', 'painted by', 'style: full / half', 'mean', 'variety', 'kernel', 'content', 'SSIM', 'colour', 'realism', ...(timed ? ['ms/MP'] : []), 'kB'];
  return markdown(
    header,
    rows.map((row) => {
      const { impartial, second, variety, kernel, ssim, colourShift, realism } = row.mean;
      const size = row.bytes === undefined ? '–' : `${kB(row.bytes)}${row.sharedBytes ? ` + ${kB(row.sharedBytes)} shared` : ''}`;
      return [
        row.painting,
        row.maker === 'photo' ? 'the photograph itself' : row.maker === 'ours' ? `**${row.column}**` : `${row.column}: ${row.name}`,
        `${two(impartial.style)} / ${two(impartial.styleHalf)} (${two(second.style)} / ${two(second.styleHalf)})`,
        two(styleOf(row)),
        two(variety),
        two(kernel),
        `${two(impartial.content)} (${two(second.content)})`,
        two(ssim),
        colourShift.toFixed(1),
        realism === undefined ? '–' : two(realism),
        ...(timed ? [row.msPerMegapixel === undefined ? '–' : String(Math.round(row.msPerMegapixel))] : []),
        size,
      ];
    }),
  );
}

function markdown(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function two(value: number): string {
  return value.toFixed(2);
}

function kB(bytes: number): string {
  return (bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0);
}

// Words cut into what is shaped at once: one font, one script, one direction; and where a line may be broken.
import { directedRuns, type directionsOf } from './text-direction.ts';
import { figuresAcross } from './digits-across.ts';
import type { OpenFont } from './shaper.ts';
import type { TextFonts } from './font-book.ts';

export interface TextRun {
  readonly start: number;
  readonly end: number;
  readonly rightToLeft: boolean;
  /** Signs stand beneath one another; elsewhere in vertical lines they lie turned to the right. */
  readonly upright: boolean;
  /** One or two figures that stand as one upright sign. */
  readonly across?: true;
  readonly font: OpenFont;
  readonly language: string;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const scripts = [
  'Latin', 'Greek', 'Cyrillic', 'Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo', 'Arabic', 'Hebrew', 'Devanagari', 'Thai',
  'Armenian', 'Georgian', 'Bengali', 'Tamil', 'Telugu', 'Gujarati', 'Gurmukhi', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Lao',
  'Myanmar', 'Ethiopic', 'Tibetan', 'Syriac', 'Thaana', 'Mongolian',
].map((name) => ({ name, is: new RegExp(`\\p{Script=${name}}`, 'u') }));

/** '' where signs belong to every script. */
function scriptOf(cluster: string): string {
  return scripts.find(({ is }) => is.test(cluster))?.name ?? '';
}

/** Forms of Chinese signs differ between languages: kana and hangul tell which it is. */
function languageOf(line: string): string {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(line)) return 'ja';
  if (/\p{Script=Hangul}/u.test(line)) return 'ko';
  return /\p{Script=Han}/u.test(line) ? 'zh-Hans' : 'en';
}

/** Lines as the artist ended them, without characters that have no place in a picture. */
export function linesOf(text: string): string[] {
  return text.normalize('NFC').split(/\r\n|[\r\n\u2028\u2029]/).map((line) => line.replaceAll('\t', '    ').replace(/\p{Cc}/gu, ''));
}

/** A line: part of a paragraph, whose directions it follows. */
export interface LinePart {
  readonly paragraph: string;
  readonly directions: ReturnType<typeof directionsOf>;
  readonly start: number;
  readonly end: number;
}

/** Signs that stand upright in vertical lines, in the simple form of UAX 50. */
const standing = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\u2460-\u24ff\u2600-\u27bf\u2e80-\u33ff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\p{Extended_Pictographic}]/u;
/** Those of them that lie turned where their font has no other form for them: brackets, dashes, colons. */
const turning = /^[\p{Ps}\p{Pe}\p{Pd}\u30fc\uff1a\uff1b\uff3f\uff5c\uff5e\uffe3]/u;
/** Marks of Chinese and Japanese that figures may stand beside. */
const standsBeside = /^[\u3000-\u303f\ufe10-\ufe1f\uff00-\uff60\u2026\u00b7\u30fb]/u;
/** Narrow forms of kana and hangul. */
const narrow = /^[\uff61-\uffdc]/;

function isUpright(cluster: string, font: OpenFont): boolean {
  return standing.test(cluster) && !narrow.test(cluster) && (!turning.test(cluster) || font.hasVertical(cluster));
}

/** Runs of a line from left to right or from top to bottom. Throws font.unusable | disk.*. */
export async function runsOf({ paragraph, directions, ...line }: LinePart, fonts: TextFonts, vertical: boolean): Promise<TextRun[]> {
  const language = languageOf(paragraph);
  const across = vertical ? figuresAcross(paragraph, (character) => standing.test(character) || standsBeside.test(character)) : new Map<number, number>();
  const runs: TextRun[] = [];
  for (const { start, end, rightToLeft } of directedRuns(paragraph, directions, line.start, line.end)) {
    const parts: TextRun[] = [];
    let script = '';
    let passed = start;
    for (const { segment, index } of graphemes.segment(paragraph.slice(start, end))) {
      const figuresEnd = rightToLeft ? undefined : across.get(start + index);
      if (figuresEnd !== undefined && figuresEnd <= end) {
        const font = await fonts.fontFor(paragraph.slice(start + index, figuresEnd));
        parts.push({ start: start + index, end: figuresEnd, rightToLeft, upright: true, across: true, font, language });
        [passed, script] = [figuresEnd, ''];
      }
      if (start + index < passed) continue;
      const font = await fonts.fontFor(segment);
      const own = scriptOf(segment);
      const upright = vertical && isUpright(segment, font);
      const last = parts.at(-1);
      const at = start + index;
      const joins = last?.font === font && !last.across && last.upright === upright && (own === '' || script === '' || own === script);
      if (joins) parts[parts.length - 1] = { ...last, end: at + segment.length };
      else parts.push({ start: at, end: at + segment.length, rightToLeft, upright, font, language });
      script = own === '' && joins ? script : own;
    }
    runs.push(...(rightToLeft ? parts.reverse() : parts));
  }
  return runs;
}

const ideograph = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;
const neverFirst = /^[\p{Pe}\p{Pf}、。，．！？：；…‥・ー々〜％,.!?:;%]/u;
const neverLast = /[\p{Ps}\p{Pi}]$/u;

/** Indices at which a line may go on in the next: after spaces and hyphens, and between Chinese signs where their rules allow. */
export function breaksOf(line: string): number[] {
  const breaks: number[] = [];
  let before: string | undefined;
  for (const { segment, index } of graphemes.segment(line)) {
    if (before !== undefined && !/^\s/.test(segment) && !neverFirst.test(segment)) {
      const isBetween = (ideograph.test(before) || ideograph.test(segment)) && !neverLast.test(before);
      if (/\s$/.test(before) || /[-\u2010\u2013\u2014]$/.test(before) || isBetween) breaks.push(index);
    }
    before = segment;
  }
  return breaks;
}

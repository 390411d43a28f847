// Text settings to signs in their places: lines, alignment, spacing.
import { largestSidePx, type TextSettings } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { TextFonts } from './font-book.ts';
import { setAcross } from './digits-across.ts';
import type { OpenFont, ShapedGlyph } from './shaper.ts';
import { directionsOf } from './text-direction.ts';
import { breaksOf, linesOf, runsOf, type LinePart } from './text-runs.ts';

/** Where a sign stands, in px from `at`, y down: lines stand on whole px, `across` they do not. */
export interface PlacedGlyph {
  readonly font: OpenFont;
  readonly glyph: number;
  /** Lies turned to the right by a quarter, as Latin does in vertical lines. */
  readonly turned: boolean;
  /** Its width as a share of what its font gives it; absent: all of it. */
  readonly narrowed?: number;
  readonly x: number;
  readonly y: number;
  /** Up from a line, or to the right of a vertical one. */
  readonly across: number;
}

export interface TextLayout {
  readonly glyphs: readonly PlacedGlyph[];
  /** Of the lines with their fonts' heights, in px from `at`. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** px; `base` is to the right of the middle of a vertical line. */
interface SetGlyph extends Pick<PlacedGlyph, 'font' | 'glyph' | 'turned' | 'narrowed' | 'across'> {
  readonly along: number;
  readonly base: number;
}

interface SetLine {
  readonly glyphs: readonly SetGlyph[];
  readonly length: number;
  /** How far it reaches on its upper side (the right of a vertical one) and on its lower. */
  readonly ascent: number;
  readonly descent: number;
  /** Lengths by the index of the character they belong to. */
  readonly advances: ReadonlyMap<number, number>;
}

/** Throws text.too-large | font.unusable | disk.* | job.cancelled. */
export async function layoutText(settings: TextSettings, fonts: TextFonts, signal?: AbortSignal): Promise<TextLayout> {
  const { sizePx, lineHeight, align, boxWidth, vertical = false } = settings;
  const lines: SetLine[] = [];
  for (const paragraph of linesOf(settings.text)) {
    if (signal?.aborted) throw new StudioError('job.cancelled');
    const part: LinePart = { paragraph, directions: directionsOf(paragraph), start: 0, end: paragraph.length };
    const whole = await setLine(part, settings, fonts);
    if (boxWidth === undefined || whole.length <= boxWidth) lines.push(whole);
    else for (const [start, end] of brokenAt(paragraph, whole.advances, boxWidth)) lines.push(await setLine({ ...part, start, end }, settings, fonts));
  }
  const share = { left: 0, center: 0.5, right: 1 }[align];
  const length = Math.max(0, ...lines.map((line) => line.length));
  const [first, last] = [lines[0]!, lines.at(-1)!];
  const depth = (lines.length - 1) * lineHeight * sizePx + first.ascent + last.descent;
  const [width, height] = vertical ? [depth, length] : [length, depth];
  if (Math.max(width, height) > largestSidePx) throw new StudioError('text.too-large', { width: Math.ceil(width), height: Math.ceil(height), limit: largestSidePx });
  const placed = lines.flatMap((line, index) =>
    line.glyphs.map(({ along, base, ...glyph }): PlacedGlyph => {
      const [way, step] = [along - share * line.length, index * lineHeight * sizePx];
      return { ...glyph, ...(vertical ? { x: base - step, y: way } : { x: way, y: step }) };
    }),
  );
  return { glyphs: placed, box: vertical ? { x: first.ascent - depth, y: -share * length, width, height } : { x: -share * length, y: -first.ascent, width, height } };
}

async function setLine(line: LinePart, { sizePx, letterSpacing = 0, font, vertical = false }: TextSettings, fonts: TextFonts): Promise<SetLine> {
  const runs = await runsOf(line, fonts, vertical);
  const glyphs: SetGlyph[] = [];
  const advances = new Map<number, number>();
  let pen = 0;
  for (const { start, end, rightToLeft, upright, across: isAcross = false, font: used, language } of runs) {
    const given = used.shape({ text: line.paragraph, start, end, rightToLeft, upright: upright && !isAcross, language, ligatures: letterSpacing === 0 });
    const shaped: readonly (ShapedGlyph & { readonly narrowed?: number })[] = isAcross ? setAcross(given, used.middle) : given;
    // Upright signs stand in the column their em takes, turned ones on a baseline that has theirs in the middle.
    const base = vertical ? (upright ? -0.5 : -used.middle) : 0;
    shaped.forEach(({ glyph, cluster, advance, along, across, narrowed }, index) => {
      glyphs.push({ font: used, glyph, ...(narrowed === undefined ? {} : { narrowed }), turned: vertical && !upright, along: pen + along * sizePx, base: base * sizePx, across: (upright ? across - base : across) * sizePx });
      // Once for all signs of a character and its marks.
      const spacing = shaped[index + 1]?.cluster === cluster ? 0 : letterSpacing;
      const way = (advance + spacing) * sizePx;
      advances.set(cluster, (advances.get(cluster) ?? 0) + way);
      pen += way;
    });
  }
  const used = runs.length > 0 ? runs : [{ upright: false, font: await fonts.fontFor(font.slice(0, 1) || ' ') }];
  const reaches = used.map(({ upright, font: { ascent, descent, middle } }) => (upright ? [0.5, 0.5] as const : vertical ? [ascent - middle, descent + middle] as const : [ascent, descent] as const));
  const [ascent, descent] = [Math.max(...reaches.map(([above]) => above)) * sizePx, Math.max(...reaches.map(([, beneath]) => beneath)) * sizePx];
  return { glyphs, length: Math.max(0, glyphs.length > 0 ? pen - letterSpacing * sizePx : 0), ascent, descent, advances };
}

/** First and after last index of lines: as many words on each as go into a width; a word that is longer is cut. */
function brokenAt(paragraph: string, advances: ReadonlyMap<number, number>, boxWidth: number): (readonly [number, number])[] {
  const parts: (readonly [number, number])[] = [];
  const wayTo = Array<number>(paragraph.length + 1).fill(0); // From the paragraph's beginning.
  for (let i = 0; i < paragraph.length; i++) wayTo[i + 1] = wayTo[i]! + (advances.get(i) ?? 0);
  const trimmed = (from: number, to: number): number => from + paragraph.slice(from, to).trimEnd().length;
  const isTooLong = (from: number, to: number): boolean => wayTo[trimmed(from, to)]! - wayTo[from]! > boxWidth;
  let [start, fitting] = [0, 0];
  const breakAt = (place: number): void => {
    parts.push([start, trimmed(start, place)]);
    start = place;
  };
  for (const end of [...breaksOf(paragraph), paragraph.length]) {
    if (fitting > start && isTooLong(start, end)) breakAt(fitting);
    while (isTooLong(start, end)) breakAt(cutOf([...advances.keys()].filter((at) => at > start && at < end).sort((a, b) => a - b), (at) => isTooLong(start, at)) ?? end);
    fitting = end;
  }
  if (start < paragraph.length || parts.length === 0) parts.push([start, trimmed(start, paragraph.length)]);
  return parts;
}

/** The last place that is near enough; at least one character stays. */
function cutOf(places: readonly number[], isTooFar: (place: number) => boolean): number | undefined {
  const far = places.findIndex(isTooFar);
  return far < 0 ? places.at(-1) : places[Math.max(0, far - 1)];
}

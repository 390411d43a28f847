// Text settings to signs in their places: lines, alignment, spacing.
import { largestSidePx, type TextSettings } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { TextFonts } from './font-book.ts';
import type { OpenFont } from './shaper.ts';
import { directionsOf } from './text-direction.ts';
import { breaksOf, linesOf, runsOf, type LinePart } from './text-runs.ts';

/** Where a sign's pen stands, in px from `at`, y down; `rise` lifts it off its baseline. */
export interface PlacedGlyph {
  readonly font: OpenFont;
  readonly glyph: number;
  readonly x: number;
  readonly baseline: number;
  readonly rise: number;
}

export interface TextLayout {
  readonly glyphs: readonly PlacedGlyph[];
  /** Of the lines with their fonts' heights, in px from `at`. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

interface SetLine {
  readonly glyphs: readonly Omit<PlacedGlyph, 'baseline'>[];
  readonly width: number;
  readonly ascent: number;
  readonly descent: number;
  /** Widths by the index of the character they belong to. */
  readonly advances: ReadonlyMap<number, number>;
}

/** Throws text.too-large | font.unusable | disk.* | job.cancelled. */
export async function layoutText(settings: TextSettings, fonts: TextFonts, signal?: AbortSignal): Promise<TextLayout> {
  const { sizePx, lineHeight, align, boxWidth } = settings;
  const lines: SetLine[] = [];
  for (const paragraph of linesOf(settings.text)) {
    if (signal?.aborted) throw new StudioError('job.cancelled');
    const part: LinePart = { paragraph, directions: directionsOf(paragraph), start: 0, end: paragraph.length };
    const whole = await setLine(part, settings, fonts);
    if (boxWidth === undefined || whole.width <= boxWidth) lines.push(whole);
    else for (const [start, end] of brokenAt(paragraph, whole.advances, boxWidth)) lines.push(await setLine({ ...part, start, end }, settings, fonts));
  }
  const share = { left: 0, center: 0.5, right: 1 }[align];
  const width = Math.max(0, ...lines.map((line) => line.width));
  const [first, last] = [lines[0]!, lines.at(-1)!];
  const height = (lines.length - 1) * lineHeight * sizePx + first.ascent + last.descent;
  if (Math.max(width, height) > largestSidePx) throw new StudioError('text.too-large', { width: Math.ceil(width), height: Math.ceil(height), limit: largestSidePx });
  return {
    glyphs: lines.flatMap((line, index) => line.glyphs.map((glyph) => ({ ...glyph, x: glyph.x - share * line.width, baseline: index * lineHeight * sizePx }))),
    box: { x: -share * width, y: -first.ascent, width, height },
  };
}

async function setLine(line: LinePart, { sizePx, letterSpacing = 0, font }: TextSettings, fonts: TextFonts): Promise<SetLine> {
  const runs = await runsOf(line, fonts);
  const used = runs.length > 0 ? runs.map((run) => run.font) : [await fonts.fontFor(font.slice(0, 1) || ' ')];
  const glyphs: Omit<PlacedGlyph, 'baseline'>[] = [];
  const advances = new Map<number, number>();
  let pen = 0;
  for (const { start, end, rightToLeft, font: used, language } of runs) {
    const shaped = used.shape({ text: line.paragraph, start, end, rightToLeft, language, ligatures: letterSpacing === 0 });
    shaped.forEach(({ glyph, cluster, advance, x, y }, index) => {
      glyphs.push({ font: used, glyph, x: pen + x * sizePx, rise: y * sizePx });
      // Once for all signs of a character and its marks.
      const spacing = shaped[index + 1]?.cluster === cluster ? 0 : letterSpacing;
      const way = (advance + spacing) * sizePx;
      advances.set(cluster, (advances.get(cluster) ?? 0) + way);
      pen += way;
    });
  }
  const width = Math.max(0, glyphs.length > 0 ? pen - letterSpacing * sizePx : 0);
  const [ascent, descent] = [Math.max(...used.map((each) => each.ascent)) * sizePx, Math.max(...used.map((each) => each.descent)) * sizePx];
  return { glyphs, width, ascent, descent, advances };
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

// One or two figures between upright signs of a vertical line: they stand beside one another in the room of one sign.
import type { ShapedGlyph } from './shaper.ts';

/** A shaped sign; `narrowed`: its width as a share of what its font gives it. */
export interface AcrossGlyph extends ShapedGlyph {
  readonly narrowed: number;
}

const figures = /(?<![\p{N}\p{M}])[0-9]{1,2}(?![\p{N}\p{M}\u20e3\ufe0f])/gu;

/** First and after last index of such figures in a paragraph; `stands` tells what stands upright by itself. */
export function figuresAcross(paragraph: string, stands: (character: string) => boolean): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const { 0: text, index } of paragraph.matchAll(figures)) {
    const before = [...paragraph.slice(0, index).trimEnd()].at(-1);
    const after = [...paragraph.slice(index + text.length).trimStart()][0];
    // beside Latin, points and signs of arithmetic they are part of what lies turned
    if ((before === undefined || stands(before)) && (after === undefined || stands(after))) found.set(index, index + text.length);
  }
  return found;
}

/**
 * Figures shaped for a line across, set into an em of a vertical one, narrowed where they are wider. The first has all of their
 * advance; `across` is from the middle of the line, as that of upright signs.
 */
export function setAcross(shaped: readonly ShapedGlyph[], middle: number): AcrossGlyph[] {
  const width = shaped.reduce((all, { advance }) => all + advance, 0);
  const narrowed = Math.min(1, 1 / width);
  let pen = (-width * narrowed) / 2;
  return shaped.map(({ glyph, advance, along, across }, index) => {
    const placed = { glyph, cluster: shaped[0]!.cluster, advance: index === 0 ? 1 : 0, along: 0.5 + middle - across - (index === 0 ? 0 : 1), across: pen + along * narrowed, narrowed };
    pen += advance * narrowed;
    return placed;
  });
}

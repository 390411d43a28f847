// Signs of several colours: what a font's COLR table paints as steps in shares of the size, y up.
import type { Font } from 'harfbuzzjs';
import type { Matrix } from '../../contract/document.ts';
import type { PathStep } from '../../raster/flatten-path.ts';

/** Straight red, green, blue, alpha, 0..1; 'text': the colour of the words at that alpha. */
export type SignColour = readonly [number, number, number, number] | { readonly text: number };

export interface ColourStop {
  readonly at: number;
  readonly colour: SignColour;
}

/** Beyond its ends a line of colours goes on as its end, begins anew or turns back. */
export type Extend = 'pad' | 'repeat' | 'reflect';

/** Gradients as OpenType defines them: `linear` by three points, `radial` by two circles (x, y, r), `sweep` by a centre and two angles. */
export type Paint =
  | { readonly kind: 'solid'; readonly colour: SignColour }
  | { readonly kind: 'linear' | 'radial' | 'sweep'; readonly values: readonly number[]; readonly stops: readonly ColourStop[]; readonly extend: Extend };

export type PaintStep =
  | { readonly do: 'turn'; readonly matrix: Matrix }
  | { readonly do: 'clip'; readonly path: readonly PathStep[] }
  | { readonly do: 'fill'; readonly paint: Paint }
  /** A PNG file, and the matrix from its unit square (y down from its upper left corner). */
  | { readonly do: 'picture'; readonly png: Uint8Array; readonly matrix: Matrix }
  /** What follows is painted apart, then merged by a mode (a number of HarfBuzz's). */
  | { readonly do: 'group' }
  | { readonly do: 'merge'; readonly mode: number }
  | { readonly do: 'turn-back' }
  | { readonly do: 'clip-back' };

type HarfBuzz = typeof import('harfbuzzjs');

const most = 20_000;

/** Answers a sign's steps; undefined where it has no colours of its own. */
export function colourRecorder(hb: HarfBuzz): (font: Font, glyph: number, scale: number) => readonly PaintStep[] | undefined {
  let steps: PaintStep[] = [];
  const add = (step: PaintStep): void => {
    if (steps.length < most) steps.push(step);
  };
  const colourOf = ({ red, green, blue, alpha }: { red: number; green: number; blue: number; alpha: number }, isText: boolean): SignColour =>
    isText ? { text: alpha / 255 } : [red / 255, green / 255, blue / 255, alpha / 255];
  type Line = Parameters<Parameters<InstanceType<HarfBuzz['PaintFuncs']>['setSweepGradientFunc']>[0]>[0];
  const gradient = (kind: 'linear' | 'radial' | 'sweep') => (line: Line, ...values: unknown[]): void => {
    const stops = line.colorStops.map(({ offset, isForeground, color }) => ({ at: offset, colour: colourOf(color, isForeground) })).sort((a, b) => a.at - b.at);
    const extend = ({ [hb.PaintExtend.REPEAT]: 'repeat', [hb.PaintExtend.REFLECT]: 'reflect' } as Readonly<Record<number, Extend>>)[line.extend] ?? 'pad';
    add({ do: 'fill', paint: { kind, values: values.filter((value) => typeof value === 'number'), stops, extend } });
  };
  const funcs = new hb.PaintFuncs();
  funcs.setPushTransformFunc((xx, yx, xy, yy, dx, dy) => add({ do: 'turn', matrix: [xx, yx, xy, yy, dx, dy] }));
  funcs.setPopTransformFunc(() => add({ do: 'turn-back' }));
  funcs.setPushClipGlyphFunc((glyph, font) => add({ do: 'clip', path: font.glyphToJson(glyph) }));
  funcs.setPushClipRectangleFunc((left, bottom, right, top) => add({ do: 'clip', path: rectangle(left, bottom, right, top) }));
  funcs.setPopClipFunc(() => add({ do: 'clip-back' }));
  funcs.setColorFunc((isForeground, color) => add({ do: 'fill', paint: { kind: 'solid', colour: colourOf(color, isForeground) } }));
  funcs.setLinearGradientFunc(gradient('linear'));
  funcs.setRadialGradientFunc(gradient('radial'));
  funcs.setSweepGradientFunc(gradient('sweep'));
  funcs.setPushGroupFunc(() => add({ do: 'group' }));
  funcs.setPopGroupFunc((mode) => add({ do: 'merge', mode }));
  const white = { red: 255, green: 255, blue: 255, alpha: 255 };
  return (font, glyph, scale) => {
    steps = [{ do: 'turn', matrix: [scale, 0, 0, scale, 0, 0] }];
    const isPainted = font.paintGlyphOrFail(glyph, funcs, undefined, 0, white);
    return isPainted && steps.some((step) => step.do === 'fill' && !isPlain(step.paint)) ? steps : undefined;
  };
}

/** The colour of the words: such a sign is an outline like others. */
function isPlain(paint: Paint): boolean {
  return paint.kind === 'solid' && 'text' in paint.colour;
}

function rectangle(left: number, bottom: number, right: number, top: number): PathStep[] {
  return [{ type: 'M', values: [left, bottom] }, { type: 'L', values: [right, bottom] }, { type: 'L', values: [right, top] }, { type: 'L', values: [left, top] }, { type: 'Z', values: [] }];
}

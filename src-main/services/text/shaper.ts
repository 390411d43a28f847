// Characters to placed signs and their outlines, by HarfBuzz; fonts that were used last stay open.
import type { Font } from 'harfbuzzjs';
import { StudioError } from '../../contract/fault.ts';
import type { PathStep } from '../../raster/flatten-path.ts';
import type { FontFace } from './font-face.ts';
import { readFontBytes } from './font-file.ts';

/** Open fonts; one of Chinese takes some megabytes. */
const mostOpen = 48;

/** Characters around a run that its signs may follow from; those of joined scripts look at their neighbours. */
const contextLength = 16;

/** One sign, in shares of the size: its advance, and where it stands from the pen. y goes up. */
export interface ShapedGlyph {
  readonly glyph: number;
  /** Index of its first character in the text. */
  readonly cluster: number;
  readonly advance: number;
  readonly x: number;
  readonly y: number;
}

export interface ShapeRun {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly rightToLeft: boolean;
  /** BCP 47; picks between forms of a sign. */
  readonly language: string;
  /** Off where letters are set apart. */
  readonly ligatures: boolean;
}

/** A font at a weight. */
export interface OpenFont {
  /** Height above and depth below the baseline, in shares of the size; both positive. */
  readonly ascent: number;
  readonly descent: number;
  has(character: number): boolean;
  shape(run: ShapeRun): ShapedGlyph[];
  /** In shares of the size, y up. */
  outline(glyph: number): readonly PathStep[];
}

export interface Shaper {
  /** Throws font.unusable | disk.*. */
  open(face: FontFace, weight: number, sizePx: number): Promise<OpenFont>;
}

type HarfBuzz = typeof import('harfbuzzjs');

export function createShaper(): Shaper {
  let library: Promise<HarfBuzz> | undefined;
  const fonts = new Map<string, Promise<{ readonly hb: HarfBuzz; readonly face: InstanceType<HarfBuzz['Face']> }>>();

  async function load(face: FontFace) {
    const hb = await (library ??= import('harfbuzzjs'));
    const bytes = await readFontBytes(face.path);
    try {
      return { hb, face: new hb.Face(new hb.Blob(bytes), face.index) };
    } catch (thrown) {
      throw new StudioError('font.unusable', { file: face.path.replace(/.*[\\/]/, ''), reason: String(thrown) });
    }
  }

  return {
    async open(face, weight, sizePx) {
      const key = `${face.path}#${face.index}`;
      const loaded = fonts.get(key) ?? load(face);
      fonts.delete(key);
      fonts.set(key, loaded); // The one used last goes last.
      for (const oldest of fonts.keys()) {
        if (fonts.size <= mostOpen) break;
        fonts.delete(oldest);
      }
      try {
        const { hb, face: opened } = await loaded;
        return openFont(hb, opened, axesOf(hb, opened, weight, sizePx));
      } catch (thrown) {
        fonts.delete(key);
        throw thrown;
      }
    },
  };
}

/** Weight, and the optical size that goes with the size, as far as the font varies in them. */
function axesOf(hb: HarfBuzz, face: InstanceType<HarfBuzz['Face']>, weight: number, sizePx: number) {
  const axes = face.getAxisInfos();
  const wished = Object.entries({ wght: weight, opsz: sizePx }).flatMap(([tag, value]) => {
    const axis = axes[tag];
    return axis ? [new hb.Variation(tag, Math.min(axis.max, Math.max(axis.min, value)))] : [];
  });
  return wished;
}

function openFont(hb: HarfBuzz, face: InstanceType<HarfBuzz['Face']>, axes: InstanceType<HarfBuzz['Variation']>[]): OpenFont {
  const font: Font = new hb.Font(face);
  if (axes.length > 0) font.setVariations(axes);
  const scale = 1 / Math.max(1, face.upem);
  const outlines = new Map<number, readonly PathStep[]>();
  const buffer = new hb.Buffer();
  const apart = [new hb.Feature('liga', 0), new hb.Feature('clig', 0)];
  const { ascender, descender } = font.hExtents();
  return {
    ascent: Math.abs(ascender) * scale,
    descent: Math.abs(descender) * scale,
    has: (character) => (font.nominalGlyph(character) ?? 0) !== 0,
    shape({ text, start, end, rightToLeft, language, ligatures }) {
      buffer.reset();
      const from = Math.max(0, start - contextLength);
      buffer.addText(text.slice(from, end + contextLength), start - from, end - start);
      buffer.setDirection(rightToLeft ? hb.Direction.RTL : hb.Direction.LTR);
      buffer.setLanguage(language);
      buffer.guessSegmentProperties();
      hb.shape(font, buffer, ligatures ? [] : apart);
      return buffer.getGlyphInfosAndPositions().map(({ codepoint, cluster, xAdvance = 0, xOffset = 0, yOffset = 0 }) => ({
        glyph: codepoint, cluster: cluster + from, advance: xAdvance * scale, x: xOffset * scale, y: yOffset * scale,
      }));
    },
    outline(glyph) {
      let path = outlines.get(glyph);
      if (!path) outlines.set(glyph, (path = font.glyphToJson(glyph).map(({ type, values }) => ({ type, values: values.map((value) => value * scale) }))));
      return path;
    },
  };
}

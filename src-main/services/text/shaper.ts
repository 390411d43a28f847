// Characters to placed signs and their outlines, by HarfBuzz; fonts that were used last stay open.
import type { Font } from 'harfbuzzjs';
import { StudioError } from '../../contract/fault.ts';
import type { PathStep } from '../../raster/flatten-path.ts';
import { colourRecorder, type PaintStep } from './colour-steps.ts';
import { faceKey, type FontFace } from './font-face.ts';
import { readFontBytes } from './font-file.ts';
import { picturePlaces, pictureStep, type PicturePlaces } from './picture-places.ts';

/** Open fonts; one of Chinese takes some megabytes. */
const mostOpen = 48;

/** Characters around a run that its signs may follow from; those of joined scripts look at their neighbours. */
const contextLength = 16;

/** One sign, in shares of the size. */
export interface ShapedGlyph {
  readonly glyph: number;
  /** Index of its first character in the text. */
  readonly cluster: number;
  readonly advance: number;
  /** Of its origin from the pen, the way the line goes. */
  readonly along: number;
  /** Of its origin from the line: up from a baseline, to the right from the middle of an upright run. */
  readonly across: number;
}

export interface ShapeRun {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly rightToLeft: boolean;
  /** Signs stand beneath one another. */
  readonly upright: boolean;
  /** BCP 47; picks between forms of a sign. */
  readonly language: string;
  /** Off where letters are set apart. */
  readonly ligatures: boolean;
}

/** A font at a weight. */
export interface OpenFont {
  /** Name of its file. */
  readonly file: string;
  /** Height above and depth below the baseline, in shares of the size; both positive. */
  readonly ascent: number;
  readonly descent: number;
  /** Of the middle of its em above the baseline, in shares of the size. */
  readonly middle: number;
  has(character: number): boolean;
  /** True where it has another sign for a character that stands in a vertical line. */
  hasVertical(cluster: string): boolean;
  shape(run: ShapeRun): ShapedGlyph[];
  /** In shares of the size, y up. */
  outline(glyph: number): readonly PathStep[];
  /** What a sign with colours of its own is painted of; undefined for all others. */
  colours(glyph: number): readonly PaintStep[] | undefined;
}

export interface Shaper {
  /** Throws font.unusable | disk.*. */
  open(face: FontFace, weight: number, sizePx: number): Promise<OpenFont>;
}

type HarfBuzz = typeof import('harfbuzzjs');

interface LoadedFont {
  readonly hb: HarfBuzz;
  readonly face: InstanceType<HarfBuzz['Face']>;
  /** Of signs that are pictures. */
  readonly places: PicturePlaces | undefined;
}

export function createShaper(): Shaper {
  let library: Promise<HarfBuzz> | undefined;
  let recorder: ReturnType<typeof colourRecorder> | undefined;
  const fonts = new Map<string, Promise<LoadedFont>>();

  async function load(face: FontFace): Promise<LoadedFont> {
    const hb = await (library ??= import('harfbuzzjs'));
    const bytes = await readFontBytes(face.path);
    try {
      const opened = new hb.Face(new hb.Blob(bytes), face.index);
      return { hb, face: opened, places: opened.hasColorPng() ? picturePlaces((name) => opened.referenceTable(name)) : undefined };
    } catch (thrown) {
      throw new StudioError('font.unusable', { file: fileOf(face), reason: String(thrown) });
    }
  }

  return {
    async open(face, weight, sizePx) {
      const key = faceKey(face);
      const loaded = fonts.get(key) ?? load(face);
      fonts.delete(key);
      fonts.set(key, loaded); // The one used last goes last.
      for (const oldest of fonts.keys()) {
        if (fonts.size <= mostOpen) break;
        fonts.delete(oldest);
      }
      try {
        const opened = await loaded;
        return openFont(fileOf(face), opened, axesOf(opened.hb, opened.face, weight, sizePx), (recorder ??= colourRecorder(opened.hb)));
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

const fileOf = ({ path }: FontFace): string => path.replace(/.*[\\/]/, '');

function openFont(file: string, { hb, face, places }: LoadedFont, axes: InstanceType<HarfBuzz['Variation']>[], record: ReturnType<typeof colourRecorder>): OpenFont {
  const font: Font = new hb.Font(face);
  if (axes.length > 0) font.setVariations(axes);
  const scale = 1 / Math.max(1, face.upem);
  const outlines = new Map<number, readonly PathStep[]>();
  const painted = new Map<number, readonly PaintStep[] | undefined>();
  const hasColours = face.hasColorLayers() || face.hasColorPaint();
  const buffer = new hb.Buffer();
  const apart = [new hb.Feature('liga', 0), new hb.Feature('clig', 0)];
  const { ascender, descender } = font.hExtents();
  const middle = middleOf(face) * scale;
  const pictured = (glyph: number): readonly PaintStep[] | undefined => {
    const place = places?.get(glyph);
    const png = place && font.getGlyphColorPng(glyph);
    const step = png && pictureStep(png, place);
    return step && [step];
  };
  const shape: OpenFont['shape'] = ({ text, start, end, rightToLeft, upright, language, ligatures }) => {
    buffer.reset();
    const from = Math.max(0, start - contextLength);
    buffer.addText(text.slice(from, end + contextLength), start - from, end - start);
    const { LTR, RTL, TTB, BTT } = hb.Direction;
    buffer.setDirection(upright ? (rightToLeft ? BTT : TTB) : rightToLeft ? RTL : LTR);
    buffer.setLanguage(language);
    buffer.guessSegmentProperties();
    hb.shape(font, buffer, ligatures ? [] : apart);
    return buffer.getGlyphInfosAndPositions().map(({ codepoint, cluster, xAdvance = 0, yAdvance = 0, xOffset = 0, yOffset = 0 }) => {
      if (!upright) return { glyph: codepoint, cluster: cluster + from, advance: xAdvance * scale, along: xOffset * scale, across: yOffset * scale };
      // The library gives every upright sign an em and hangs it from the ascender; it stands in its em, and pictures are often wider.
      const advance = yAdvance === 0 ? 0 : Math.max(-yAdvance, font.glyphHAdvance(codepoint)) * scale;
      return { glyph: codepoint, cluster: cluster + from, advance, along: middle + advance / 2 - (yOffset + ascender) * scale, across: xOffset * scale };
    });
  };
  return {
    file,
    ascent: Math.abs(ascender) * scale,
    descent: Math.abs(descender) * scale,
    middle,
    has: (character) => (font.nominalGlyph(character) ?? 0) !== 0,
    hasVertical(cluster) {
      const [shaped] = shape({ text: cluster, start: 0, end: cluster.length, rightToLeft: false, upright: true, language: 'zh-Hans', ligatures: true });
      return shaped !== undefined && shaped.glyph !== font.nominalGlyph(cluster.codePointAt(0)!);
    },
    shape,
    outline(glyph) {
      let path = outlines.get(glyph);
      if (!path) outlines.set(glyph, (path = font.glyphToJson(glyph).map(({ type, values }) => ({ type, values: values.map((value) => value * scale) }))));
      return path;
    },
    colours(glyph) {
      if (!hasColours && !places) return undefined;
      if (!painted.has(glyph)) painted.set(glyph, (hasColours ? record(font, glyph, scale) : undefined) ?? pictured(glyph));
      return painted.get(glyph);
    },
  };
}

/** Of the em above the baseline, in the font's units: those of Chinese fonts say where it stands, in OS/2. */
function middleOf(face: InstanceType<HarfBuzz['Face']>): number {
  const table = face.referenceTable('OS/2');
  if (!table || table.byteLength < 72) return 0.38 * face.upem;
  const view = new DataView(table.buffer, table.byteOffset);
  return (view.getInt16(68) + view.getInt16(70)) / 2; // sTypoAscender, sTypoDescender
}

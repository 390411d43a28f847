// Fonts for tests: the bundled ones, opened as the engine opens them, and the pixels that text becomes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Raster, TextSettings } from '../../src-main/contract/document.ts';
import type { Note } from '../../src-main/contract/note.ts';
import { readAssets } from '../../src-main/services/documents/asset-files.ts';
import { createFontBook, type FontBook } from '../../src-main/services/text/font-book.ts';
import { renderText } from '../../src-main/services/text/render-text.ts';
import { createShaper } from '../../src-main/services/text/shaper.ts';
import { layoutText, type TextLayout } from '../../src-main/services/text/text-layout.ts';
import { readRaster } from '../../src-main/raster/tiles.ts';

export const plainText: TextSettings = { text: 'Velatura', font: 'Inter', sizePx: 40, colour: [0, 0, 0, 1], align: 'left', lineHeight: 1.5, at: [20, 60] };

const shaper = createShaper();
/** Only what ships: a test is the same on every machine. */
const book = createFontBook(shaper, { families: async () => [] });

export async function laidOut(settings: Partial<TextSettings>, fontBook: FontBook = book): Promise<TextLayout & { readonly notes: readonly Note[] }> {
  const whole = { ...plainText, ...settings };
  const { font, weight = 400, italic = false, sizePx } = whole;
  const fonts = await fontBook.fontsOf({ font, weight, italic, sizePx }, 'nowhere');
  const layout = await layoutText(whole, fonts);
  return { ...layout, notes: fonts.notes() };
}

export interface DrawnText {
  readonly raster: Raster;
  /** Alpha of the canvas, row by row. */
  readonly alpha: Uint8Array;
  readonly pixels: Uint8Array | Uint16Array;
}

export const canvas = { width: 300, height: 200 };

export async function drawn(settings: Partial<TextSettings>, depth: 8 | 16 = 8, fontBook: FontBook = book): Promise<DrawnText> {
  const assets = mkdtempSync(join(tmpdir(), 'velatura-text-'));
  try {
    const raster = await renderText({ ...plainText, ...settings }, await laidOut(settings, fontBook), { canvas, depth, assets });
    const bytes = await readAssets(assets, Object.values(raster.tiles));
    const { data } = readRaster(raster, { x: 0, y: 0, ...canvas }, (id) => bytes.get(id));
    return { raster, pixels: data, alpha: Uint8Array.from({ length: canvas.width * canvas.height }, (_, i) => (data[i * 4 + 3] ?? 0) >> (depth - 8)) };
  } finally {
    rmSync(assets, { recursive: true, force: true });
  }
}

// Pictures that fonts hold of their signs (CBDT, sbix), decoded before they are laid.
import { StudioError } from '../../contract/fault.ts';
import { decodeBytes } from '../../engine/image/codec.ts';
import type { PixelSource } from '../../raster/transform.ts';
import type { PaintStep } from './colour-steps.ts';
import type { PlacedGlyph } from './text-layout.ts';

/** Decoded, by the PNG they are made of. */
export type SignPictures = ReadonlyMap<Uint8Array, PixelSource>;

/** Fonts ship pictures of 160 px a side at most times; a font from outside may hold any. */
const mostPx = 2048 ** 2;
/** Bytes of decoded pictures in one text. */
const mostBytes = 512 * 2 ** 20;

/** Pictures of the signs that stand in a text. Throws font.unusable where one cannot be read. */
export async function signPictures(glyphs: readonly PlacedGlyph[]): Promise<SignPictures> {
  const found = new Map<Uint8Array, PixelSource>();
  let bytes = 0;
  for (const { font, glyph } of glyphs) {
    for (const step of font.colours(glyph) ?? []) {
      if (step.do !== 'picture' || found.has(step.png)) continue;
      const picture = await sourceOf(step, font.file);
      bytes += picture.bounds.width * picture.bounds.height * 4;
      if (bytes > mostBytes) throw new StudioError('font.unusable', { file: font.file, reason: 'its pictures are too large' });
      found.set(step.png, picture);
    }
  }
  return found;
}

async function sourceOf({ png }: Extract<PaintStep, { do: 'picture' }>, file: string): Promise<PixelSource> {
  const { width, height, data } = await decodeBytes(png, file, mostPx).catch((thrown: unknown) => {
    throw new StudioError('font.unusable', { file, reason: 'a picture in it cannot be read' }, { cause: thrown });
  });
  return {
    bounds: { x: 0, y: 0, width, height },
    depth: 8,
    read: (region) => {
      const part = new Uint8Array(region.width * region.height * 4);
      for (let row = 0; row < region.height; row++) {
        const from = ((region.y + row) * width + region.x) * 4;
        part.set(data.subarray(from, from + region.width * 4), row * region.width * 4);
      }
      return { width: region.width, height: region.height, channels: 4, depth: 8, data: part };
    },
  };
}


// Paintings made small, as they are kept of a style.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PixelBuffer } from '../../contract/image.ts';
import { decodePixels, encodePixels } from '../../engine/image/codec.ts';
import { mostReferences } from './style-references.ts';

/** Long side of a kept painting in px: what a style is learned from unless asked otherwise. */
const referencePx = 512;
const quality = 92;

/** JPEG bytes of paintings as they were learned, at most 512 px; `folder` is for work and is not cleared. Throws disk.*. */
export async function smallReferences(paintings: readonly PixelBuffer[], folder: string): Promise<Uint8Array[]> {
  const references: Uint8Array[] = [];
  for (const painting of paintings.slice(0, mostReferences)) {
    const [whole, small] = ['reference.png', 'reference.jpg'].map((name) => join(folder, name));
    await encodePixels(painting, whole);
    await encodePixels(await decodePixels(whole, { longSide: referencePx }), small, { quality });
    references.push(await readFile(small));
  }
  return references;
}

// A small gallery, document and pictures for the page's tests, drawn on the spot.
import sharp from 'sharp';
import type { DocumentRecord, Layer } from '../../src-main/contract/document.ts';
import { firstState } from '../../src-main/contract/history.ts';
import type { GalleryStyle, OpenedDocument } from '../../src-main/contract/studio-records.ts';

/** A PNG with a gradient and a disc, different for every number. */
export async function smallPicture(seed: number, width = 96, height = 72): Promise<Uint8Array> {
  const hue = (seed * 67) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g"><stop stop-color="hsl(${hue},55%,45%)"/><stop offset="1" stop-color="hsl(${(hue + 90) % 360},45%,70%)"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/><circle cx="${width * 0.6}" cy="${height * 0.45}" r="${height * 0.25}" fill="hsl(${(hue + 180) % 360},60%,50%)"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

export function galleryStyle(name: string, more: Partial<GalleryStyle> = {}): GalleryStyle {
  return { name, id: name.padEnd(64, '0').replace(/[^0-9a-f]/g, 'a').slice(0, 64), kind: 'code', origin: 'shipped', base: 'b'.repeat(64), learnedSizePx: 512, tags: [], favourite: false, licence: 'MIT', ...more };
}

/** A document of one raster layer. */
export function openedDocument(more: { readonly layers?: Readonly<Record<string, Layer>>; readonly children?: string[]; readonly width?: number; readonly height?: number } = {}): OpenedDocument {
  const envelope = { visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
  const record: DocumentRecord = {
    formatVersion: 1,
    id: 'document-1',
    name: 'Evening lake',
    width: more.width ?? 1600,
    height: more.height ?? 1200,
    dpi: 300,
    depth: 8,
    layers: {
      root: { ...envelope, id: 'root', name: 'root', kind: 'group', children: more.children ?? ['paint'] },
      paint: { ...envelope, id: 'paint', name: 'Photograph', kind: 'raster', pixels: { x: 0, y: 0, depth: 8, tiles: {} } },
      ...more.layers,
    },
  };
  return { record, history: { entries: [], head: firstState, redo: [], snapshots: [], bytes: 0 }, notes: [], readOnly: false };
}

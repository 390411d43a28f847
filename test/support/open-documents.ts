// Documents for tests: a store below a folder, records, strokes of tiny tiles.
import { randomUUID } from 'node:crypto';
import type { Change } from '../../src-main/contract/changes.ts';
import type { DocumentRecord } from '../../src-main/contract/document.ts';
import type { HistoryEntry } from '../../src-main/contract/history.ts';
import { createDocuments, type Documents } from '../../src-main/services/documents/documents.ts';
import { newDocument } from '../../src-main/services/documents/new-document.ts';
import type { OpenDocument } from '../../src-main/services/documents/open-document.ts';

export function documentsIn(home: string): Documents {
  return createDocuments({ home, who: 'a test', log: () => undefined });
}

/** An empty document of 512 × 512 px with one layer of paint. */
export async function emptyDocument(documents: Documents, id = randomUUID() as string): Promise<OpenDocument> {
  return documents.create(id, () => Promise.resolve(newDocument(id, { name: 'Test', width: 512, height: 512 }, undefined, 'en')));
}

/** Its layer of paint. */
export function paintLayer(record: DocumentRecord): string {
  return Object.values(record.layers).find(({ kind }) => kind === 'raster')!.id;
}

/** Bytes that stand in for a tile: the services do not look into them. */
export function tileBytes(seed: number): Uint8Array {
  return Uint8Array.from({ length: 64 }, (_, i) => (seed * 31 + i * 7 + (seed >> 8)) & 255);
}

/** One step that sets tiles, or takes them away, on the layer of paint. */
export function stroke(document: OpenDocument, tiles: Readonly<Record<string, string | undefined>>, id = randomUUID() as string): HistoryEntry {
  const layer = paintLayer(document.record());
  const at = document.record().layers[layer]!;
  const before = at.kind === 'raster' ? at.pixels.tiles : {};
  const changes: Change[] = Object.entries(tiles).map(([place, after]) => ({ path: ['layers', layer, 'pixels', 'tiles', place], before: before[place], after }));
  return { id, parent: document.state().head, label: { key: 'stroke' }, at: '2026-01-01T00:00:00.000Z', changes };
}

/** Puts one tile and commits a step that names it. */
export async function paint(document: OpenDocument, seed: number, place = '0,0', id?: string): Promise<HistoryEntry> {
  const [tile] = await document.assets.put([tileBytes(seed)]);
  const entry = stroke(document, { [place]: tile }, id);
  await document.write({ kind: 'entry', entry });
  return entry;
}

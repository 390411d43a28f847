// What only this program writes into an OpenRaster file and reads back: the record, and how to know that nobody changed the rest.
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { assetIdSchema, type DocumentRecord, type Layer } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';

export const ownEntryName = 'velatura/document.json';
export const ownAssetsFolder = 'velatura/assets/';

/** What all assets of a file may unpack to: four times the largest file a page may send. */
const mostAssetsBytes = 64 * 2 ** 30;

/** Throws file.unpacks-too-large where the assets of a file are too much together. */
export function requireBounded(assetsBytes: number, file: string): void {
  if (assetsBytes > mostAssetsBytes) throw new StudioError('file.unpacks-too-large', { file, size: `${Math.ceil(assetsBytes / 2 ** 30)} GB`, limit: `${mostAssetsBytes / 2 ** 30} GB` });
}

export const ownEntrySchema = v.looseObject({
  formatVersion: v.literal(1),
  program: v.string(),
  record: v.looseObject({ formatVersion: v.number() }),
  /** Of stack.xml. */
  stack: assetIdSchema,
  /** By the name of a PNG. `exact`: the layer's tiles are cut from it. */
  baked: v.record(v.string(), v.object({ layer: v.string(), hash: assetIdSchema, exact: v.boolean() })),
});
export type OwnEntry = v.InferOutput<typeof ownEntrySchema>;

/** A link is a place on one machine: a file that travels names none to others, and one from others leads to none here. */
export function withoutLinks(record: DocumentRecord): DocumentRecord {
  const layers = Object.values(record.layers).map((layer): Layer => {
    if (layer.kind !== 'image') return layer;
    const { link: _, ...own } = layer;
    return own;
  });
  return { ...record, layers: Object.fromEntries(layers.map((layer) => [layer.id, layer])) };
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

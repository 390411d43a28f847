// A file of our own as the document it was saved from; where another program has changed pixels, those win.
import * as v from 'valibot';
import { documentVersion, type AssetId, type DocumentRecord, type Layer, type LayerOf, type Raster } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import { requireSpace } from '../../engine/image/disk.ts';
import { assetIdOf, assetSize, writeAsset } from '../documents/asset-files.ts';
import { checkRecord, neededByRecord } from '../documents/document-check.ts';
import { stackOf, withPng, type OraReading } from './ora-reading.ts';
import { hashOf, ownAssetsFolder, ownEntryName, ownEntrySchema, requireBounded, withoutLinks, type OwnEntry } from './own-entry.ts';
import type { XmlElement } from './xml-reader.ts';

const largestEntryBytes = 256 * 2 ** 20;

/** Undefined where the file is not ours, was rearranged elsewhere, or lacks something: it is then read as anybody's. */
export async function restoreOwn(reading: OraReading): Promise<DocumentRecord | undefined> {
  const entry = await ownEntry(reading);
  if (!entry) return undefined;
  const { bytes, image } = await stackOf(reading);
  const elsewhere = { key: 'ora.changed-elsewhere', details: { file: reading.file } };
  if (hashOf(bytes) !== entry.stack || entry.record.formatVersion > documentVersion) {
    reading.notes.push(elsewhere);
    return undefined;
  }
  const known = reading.notes.length;
  try {
    const record = await restored(reading, entry, image);
    await requireAll(reading.assets, record);
    return record;
  } catch (thrown) {
    const isDamaged = thrown instanceof StudioError && ['document.corrupt', 'asset.missing', 'asset.corrupt'].includes(thrown.code);
    if (!isDamaged) throw thrown;
    reading.notes.splice(known, Infinity, elsewhere);
    return undefined;
  }
}

async function ownEntry({ zip }: OraReading): Promise<OwnEntry | undefined> {
  const bytes = await zip.read(ownEntryName, largestEntryBytes);
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    const checked = v.safeParse(ownEntrySchema, value);
    return checked.success ? (value as OwnEntry) : undefined;
  } catch {
    return undefined;
  }
}

async function restored(reading: OraReading, entry: OwnEntry, image: XmlElement): Promise<DocumentRecord> {
  const saved = withoutLinks(checkRecord({ ...entry.record, id: reading.id }));
  await restoreAssets(reading, neededByRecord(saved));
  const offsets = offsetsOf(image);
  const layers: Record<string, Layer> = { ...saved.layers };
  for (const [src, { layer: id, hash, exact }] of Object.entries(entry.baked)) {
    const layer = layers[id];
    const found = await withPng(reading, src, async (png) => {
      const isChanged = png.hash !== hash;
      return { isChanged, raster: isChanged || exact ? await png.tiles(offsets.get(src) ?? { x: 0, y: 0 }) : undefined };
    });
    if (!layer || !found) throw new StudioError('asset.missing', { asset: src });
    if (found.isChanged) {
      layers[id] = repainted(layer, found.raster);
      reading.notes.push({ key: 'ora.changed', details: { layer: layer.name } });
    } else if (exact) requireSame(layer, found.raster);
  }
  return { ...saved, layers };
}

/** Pixels from elsewhere: what was baked into them is in them now. */
function repainted(layer: Layer, raster: Raster | undefined): LayerOf<'raster'> {
  const { id, name, visible, locked, opacity, blend } = layer;
  const pixels = raster ?? { x: 0, y: 0, depth: 8, tiles: {} };
  const alphaLocked = layer.kind === 'raster' ? layer.alphaLocked : undefined;
  return { id, name, visible, locked, opacity, blend, clip: false, kind: 'raster', pixels, ...(alphaLocked === undefined ? {} : { alphaLocked }) };
}

/** The PNG gives the tiles that the record names. */
function requireSame(layer: Layer, raster: Raster | undefined): void {
  const wanted = 'pixels' in layer ? (layer as LayerOf<'raster'>).pixels : undefined;
  const [was, is] = [new Set(Object.values(wanted?.tiles ?? {})), new Set(Object.values(raster?.tiles ?? {}))];
  for (const id of was) if (!is.has(id)) throw new StudioError('asset.missing', { asset: id.slice(0, 12) });
}

function offsetsOf(element: XmlElement, found = new Map<string, { x: number; y: number }>()) {
  const { src, x, y } = element.attributes;
  if (element.name === 'layer' && src !== undefined) found.set(src, { x: Number(x ?? 0) || 0, y: Number(y ?? 0) || 0 });
  for (const child of element.children) offsetsOf(child, found);
  return found;
}

/** Those that the record names; what else a file holds is of no use. Throws file.unpacks-too-large | asset.corrupt | job.cancelled | disk.*. */
async function restoreAssets({ zip, assets, file, watch }: OraReading, needed: ReadonlySet<AssetId>): Promise<void> {
  const entries = [...needed].flatMap((id) => {
    const sizes = zip.sizeOf(ownAssetsFolder + id);
    return sizes ? [{ id, ...sizes }] : [];
  });
  // Before the first is unpacked.
  requireBounded(entries.reduce((sum, { size }) => sum + size, 0), file);
  await requireSpace(assets, entries.reduce((sum, { packed }) => sum + packed, 0));
  for (const [index, { id }] of entries.entries()) {
    if (watch.signal?.aborted) throw new StudioError('job.cancelled');
    const bytes = await zip.read(ownAssetsFolder + id);
    if (!bytes || assetIdOf(bytes) !== id) throw new StudioError('asset.corrupt', { asset: id.slice(0, 12) });
    await writeAsset(assets, id, bytes);
    watch.progress?.({ stage: 'tiles', done: index + 1, total: entries.length });
  }
}

async function requireAll(assets: string, record: DocumentRecord): Promise<void> {
  for (const id of neededByRecord(record)) await assetSize(assets, id);
}


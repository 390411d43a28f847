// A PSD file as a document: layers, groups, masks, blend modes, opacity, clipping, names; what cannot be kept is told.
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { getCompositeImageData, getLayerImageData, getLayerMaskImageData, initializeCanvas, readPsd, type Layer as PsdLayer, type PixelData, type Psd } from 'ag-psd';
import type { Layer, LayerId, Mask } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { PixelBuffer } from '../../contract/image.ts';
import type { Note } from '../../contract/note.ts';
import { convertToSrgb } from '../../engine/image/codec.ts';
import { iccName } from '../../engine/image/icc-name.ts';
import { cropPixels } from '../../engine/image/crop-pixels.ts';
import { diskFault } from '../disk.ts';
import type { ImportedDocument, ImportRequest } from '../documents/import-request.ts';
import { documentOf, importedName, layerEnvelope, requireFits } from '../documents/new-document.ts';
import { blendFromPsd } from './psd-blend.ts';
import { countLayers, guarded, largestLayerBytes, refused, requireDecodable } from './psd-guard.ts';
import { psdProfile } from './psd-profile.ts';
import { nextTurn } from '../../engine/image/next-turn.ts';
import { writeTiles, type TileWatch } from '../documents/write-tiles.ts';

/** A file is read whole. */
const largestFileBytes = 2 ** 30;

initializeCanvas(
  () => {
    throw new Error('there is no canvas here');
  },
  (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }) as unknown as ImageData,
);

interface Reading {
  readonly file: string;
  readonly assets: string;
  readonly depth: 8 | 16;
  /** To be converted from; absent: sRGB. */
  readonly profile: Buffer | undefined;
  readonly watch: TileWatch;
  readonly layers: Layer[];
  readonly notes: Note[];
  read: number;
  readonly total: number;
}

/** Throws file.not-a-document | document.too-large | upload.too-large | job.cancelled | disk.*. */
export async function importPsd({ path, id, assets, isFlat = false }: ImportRequest, watch: TileWatch): Promise<ImportedDocument> {
  const file = basename(path);
  const bytes = await readWhole(path, watch.signal);
  const psd = structureOf(bytes, file);
  const depth = psd.bitsPerChannel === 16 ? 16 : 8;
  const total = countLayers(psd.children ?? [], file);
  const profile = foreignProfile(bytes);
  const notes: Note[] = profile ? [{ key: 'picture.profile-converted', details: { file, profile: iccName(profile) ?? 'ICC' } }] : [];
  const reading: Reading = { file, assets, depth, profile, watch, layers: [], notes, read: 0, total };
  const top = await readLayers(reading, psd.children ?? []);
  if (top.length === 0) top.push(...(await flattened(reading, psd, file)));
  else if (isFlat && looksOtherwise(reading, psd)) top.splice(0, Infinity, ...(await mergedOf(reading, psd, file, top)));
  const resolution = psd.imageResources?.resolutionInfo;
  const dpi = resolution && resolution.horizontalResolution * (resolution.horizontalResolutionUnit === 'PPCM' ? 2.54 : 1);
  const name = basename(path, extname(path));
  return { record: documentOf(id, { name, width: psd.width, height: psd.height, dpi, depth }, reading.layers, top), notes };
}

async function readWhole(path: string, signal?: AbortSignal): Promise<Buffer> {
  try {
    if ((await stat(path)).size > largestFileBytes) throw new StudioError('upload.too-large', { limit: `${largestFileBytes >> 20} MB` });
    return await readFile(path, signal ? { signal } : {});
  } catch (thrown) {
    throw diskFault(thrown, path);
  }
}

/** Nothing is decoded yet: a small file may claim terabytes. */
function structureOf(bytes: Buffer, file: string): Psd {
  const psd = guarded(file, () => readPsd(bytes, { useRawData: true, useRawThumbnail: true, skipLinkedFilesData: true }));
  requireFits(psd.width, psd.height);
  if (psd.bitsPerChannel !== 8 && psd.bitsPerChannel !== 16) throw refused(file, `${psd.bitsPerChannel} bits a channel`);
  return psd;
}

function foreignProfile(bytes: Buffer): Buffer | undefined {
  const profile = psdProfile(bytes);
  return profile && !/^sRGB\b/i.test(iccName(profile) ?? '') ? profile : undefined;
}

/** Ids of the layers that could be kept, bottom to top; the layers themselves go to the list. */
async function readLayers(reading: Reading, layers: readonly PsdLayer[]): Promise<LayerId[]> {
  const ids: LayerId[] = [];
  for (const psdLayer of layers) {
    await nextTurn(reading.watch.signal);
    const layer = await readLayer(reading, psdLayer);
    reading.read++;
    reading.watch.progress?.({ stage: 'layers', done: reading.read, total: reading.total });
    if (!layer) continue;
    reading.layers.push(layer);
    ids.push(layer.id);
  }
  return ids;
}

async function readLayer(reading: Reading, psdLayer: PsdLayer): Promise<Layer | undefined> {
  const name = importedName(psdLayer.name, psdLayer.children !== undefined);
  tellLosses(reading, psdLayer, name);
  if (psdLayer.adjustment) return undefined;
  const envelope = {
    ...layerEnvelope(name),
    visible: psdLayer.hidden !== true,
    locked: psdLayer.protected?.composite === true && psdLayer.protected.position === true,
    opacity: Math.min(1, Math.max(0, (psdLayer.opacity ?? 1) * (psdLayer.fillOpacity ?? 1))),
    blend: blendOf(reading, psdLayer, name),
    clip: psdLayer.clipping === true,
  };
  const mask = await maskOf(reading, psdLayer);
  const masked = mask ? { ...envelope, mask } : envelope;
  if (psdLayer.children) return { ...masked, kind: 'group', children: await readLayers(reading, psdLayer.children) };
  const colour = solidColour(psdLayer);
  if (colour) return { ...masked, kind: 'fill', fill: { type: 'solid', colour } };
  const [x, y] = [psdLayer.left ?? 0, psdLayer.top ?? 0];
  const empty = { x, y, depth: reading.depth, tiles: {} };
  if (mask) await nextTurn(reading.watch.signal);
  const pixels = await pixelsOf(reading, psdLayer);
  const alphaLocked = psdLayer.transparencyProtected === true || psdLayer.protected?.transparency === true;
  return { ...masked, kind: 'raster', pixels: pixels ? await tilesOf(reading, pixels, empty) : empty, ...(alphaLocked ? { alphaLocked } : {}) };
}

function tellLosses({ notes }: Reading, psdLayer: PsdLayer, layer: string): void {
  const effects = psdLayer.effects && !psdLayer.effects.disabled && Object.values(psdLayer.effects).some(isShownEffect);
  const childrenBlend = psdLayer.children?.some((child) => (child.blendMode ?? 'normal') !== 'normal' && child.blendMode !== 'pass through');
  const isShape = psdLayer.placedLayer !== undefined || (psdLayer.vectorMask !== undefined && psdLayer.vectorFill !== undefined);
  const losses: readonly (readonly [boolean, string])[] = [
    [psdLayer.adjustment !== undefined, 'psd.adjustment-left-out'],
    [effects === true, 'psd.effects-left-out'],
    [psdLayer.text !== undefined, 'psd.text-as-pixels'],
    [isShape, 'psd.object-as-pixels'],
    [psdLayer.blendMode === 'pass through' && childrenBlend === true, 'psd.group-isolated'],
  ];
  for (const [isLost, key] of losses) if (isLost) notes.push({ key, details: { layer } });
}

function isShownEffect(effect: unknown): boolean {
  if (Array.isArray(effect)) return effect.some(isShownEffect);
  return typeof effect === 'object' && effect !== null && (effect as { enabled?: boolean }).enabled !== false;
}

function blendOf({ notes }: Reading, { blendMode, children }: PsdLayer, layer: string) {
  if (!blendMode || (blendMode === 'pass through' && children)) return 'normal';
  const blend = blendFromPsd(blendMode);
  if (!blend) notes.push({ key: 'psd.blend-changed', details: { layer, blend: blendMode } });
  return blend ?? 'normal';
}

/** A colour fill layer that covers everything. */
function solidColour({ vectorFill, vectorMask, left = 0, right = 0 }: PsdLayer): [number, number, number, number] | undefined {
  if (vectorFill?.type !== 'color' || vectorMask || right > left || !('r' in vectorFill.color)) return undefined;
  const { r, g, b } = vectorFill.color;
  const share = (value: number): number => Math.min(1, Math.max(0, value / 255));
  return [share(r), share(g), share(b), 1];
}

async function pixelsOf({ file, profile, watch }: Reading, psdLayer: PsdLayer): Promise<PixelBuffer | undefined> {
  requireDecodable(psdLayer, file);
  const data = guarded(file, () => getLayerImageData(psdLayer));
  const pixels = data && rgbaOf(data);
  return pixels && profile ? convertToSrgb(pixels, profile, watch.signal) : pixels;
}

function rgbaOf({ width, height, data }: PixelData): PixelBuffer {
  if (data instanceof Uint16Array) return { width, height, channels: 4, depth: 16, data };
  return { width, height, channels: 4, depth: 8, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

async function tilesOf<R extends { x: number; y: number; depth: 8 | 16; tiles: Record<string, string> }>({ assets, watch }: Reading, pixels: PixelBuffer, empty: R): Promise<R> {
  const region = { x: empty.x, y: empty.y, width: pixels.width, height: pixels.height };
  const read = (part: typeof region): PixelBuffer => cropPixels(pixels, { ...part, x: part.x - empty.x, y: part.y - empty.y });
  return (await writeTiles(assets, empty, region, read, watch.signal ? { signal: watch.signal } : {})) as R;
}

async function maskOf(reading: Reading, psdLayer: PsdLayer): Promise<Mask | undefined> {
  const { mask } = psdLayer;
  if (!mask) return undefined;
  requireDecodable(psdLayer, reading.file);
  const empty: Mask = { x: mask.left ?? 0, y: mask.top ?? 0, depth: 8, tiles: {}, outside: (mask.defaultColor ?? 0) >= 128 ? 255 : 0, enabled: mask.disabled !== true };
  const data = guarded(reading.file, () => getLayerMaskImageData(psdLayer));
  if (!data) return mask.disabled ? undefined : empty;
  return tilesOf(reading, greyOf(data, mask.userMaskDensity ?? 1), empty);
}

/** The red samples; a density below 1 lets as much show through where the mask hides. */
function greyOf({ width, height, data }: PixelData, density: number): PixelBuffer {
  const scale = data instanceof Uint16Array ? 1 / 257 : 1;
  const grey = Uint8Array.from({ length: width * height }, (_, i) => Math.round(255 - density * (255 - data[i * 4]! * scale)));
  return { width, height, channels: 1, depth: 8, data: grey };
}

/** What layers alone do not show: then the picture of all that the program saved beside them is nearer, where it says that it did. */
const changesLook: ReadonlySet<string> = new Set(['psd.adjustment-left-out', 'psd.effects-left-out', 'psd.blend-changed', 'psd.group-isolated']);

function looksOtherwise({ notes }: Reading, psd: Psd): boolean {
  return psd.imageResources?.versionInfo?.hasRealMergedData === true && notes.some(({ key }) => changesLook.has(key));
}

/** The merged picture instead of the layers; where it cannot be read, the layers there are. */
async function mergedOf(reading: Reading, psd: Psd, file: string, top: readonly LayerId[]): Promise<readonly LayerId[]> {
  try {
    const merged = await flattened(reading, psd, file);
    reading.layers.splice(0, reading.layers.length - merged.length);
    reading.notes.splice(0, Infinity, ...reading.notes.filter(({ key }) => !changesLook.has(key)));
    return merged;
  } catch (thrown) {
    if (thrown instanceof StudioError && thrown.code === 'file.not-a-document') return top;
    throw thrown;
  }
}

/** A file without layers: its flattened picture as one. */
async function flattened(reading: Reading, psd: Psd, file: string): Promise<LayerId[]> {
  await nextTurn(reading.watch.signal);
  if (psd.width * psd.height * 4 * (reading.depth / 8) > largestLayerBytes) throw refused(file, `it is ${psd.width} × ${psd.height} px without layers`);
  const data = guarded(file, () => getCompositeImageData(psd));
  if (!data) throw refused(file, 'it holds no pixels');
  reading.notes.push({ key: 'psd.flattened', details: { file } });
  const pixels = reading.profile ? await convertToSrgb(rgbaOf(data), reading.profile, reading.watch.signal) : rgbaOf(data);
  const layer: Layer = { ...layerEnvelope(basename(file, extname(file))), kind: 'raster', pixels: await tilesOf(reading, pixels, { x: 0, y: 0, depth: reading.depth, tiles: {} }) };
  reading.layers.push(layer);
  return [layer.id];
}

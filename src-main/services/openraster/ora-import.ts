// An OpenRaster file as a document: one of our own comes back whole, one of another program as layers of paint.
import { basename, extname } from 'node:path';
import { mostLayers, type Layer, type LayerId } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import { diskFault } from '../disk.ts';
import { deepestNesting } from '../documents/document-check.ts';
import type { ImportedDocument, ImportRequest } from '../documents/import-request.ts';
import { documentOf, importedName, layerEnvelope, requireFits } from '../documents/new-document.ts';
import type { TileWatch } from '../documents/write-tiles.ts';
import { blendFromOra } from './ora-blend.ts';
import { readPng, stackOf, type OraReading } from './ora-reading.ts';
import { restoreOwn } from './ora-restore.ts';
import type { XmlElement } from './xml-reader.ts';
import { openZip } from './zip-reader.ts';

/** Throws file.not-a-document | file.unpacks-too-large | document.too-large | picture.* | job.cancelled | disk.*. */
export async function importOra(request: ImportRequest, watch: TileWatch): Promise<ImportedDocument> {
  const file = basename(request.path);
  try {
    const zip = await openZip(request.path, file);
    try {
      const mimetype = await zip.read('mimetype', 200);
      if (!mimetype || Buffer.from(mimetype).toString('latin1').trim() !== 'image/openraster') throw new StudioError('file.not-a-document', { file, reason: 'it is no OpenRaster file' });
      const reading: OraReading = { ...request, file, zip, watch, notes: [], read: 0 };
      const record = request.isFlat ? ((await readMerged(reading)) ?? (await readForeign(reading))) : ((await restoreOwn(reading)) ?? (await readForeign(reading)));
      return { record, notes: reading.notes };
    } finally {
      await zip.close();
    }
  } catch (thrown) {
    throw diskFault(thrown, request.path);
  }
}

/** The picture as the program showed it that saved the file; undefined where there is none of its size. */
async function readMerged(reading: OraReading) {
  const { width, height } = sizeOf((await stackOf(reading)).image, reading.file);
  const pixels = await readPng(reading, 'mergedimage.png', { x: 0, y: 0 }, { width, height });
  if (!pixels) return undefined;
  const layer: Layer = { ...layerEnvelope(''), kind: 'raster', pixels };
  return documentOf(reading.id, { name: '', width, height, depth: pixels.depth }, [layer]);
}

/** Throws file.not-a-document | document.too-large. */
function sizeOf({ attributes }: XmlElement, file: string): { readonly width: number; readonly height: number } {
  const [width, height] = [wholeOf(attributes['w']), wholeOf(attributes['h'])];
  if (width < 1 || height < 1) throw new StudioError('file.not-a-document', { file, reason: 'it has no size' });
  requireFits(width, height);
  return { width, height };
}

async function readForeign(reading: OraReading) {
  const { image } = await stackOf(reading);
  const { width, height } = sizeOf(image, reading.file);
  const stack = image.children.find(({ name }) => name === 'stack');
  const layers: Layer[] = [];
  const top = stack ? await readStack(reading, stack, { x: 0, y: 0, depth: 0, total: countNodes(stack) }, layers) : [];
  const name = basename(reading.path, extname(reading.path));
  const dpi = wholeOf(image.attributes['xres']);
  const depth = layers.some((layer) => layer.kind === 'raster' && layer.pixels.depth === 16) ? 16 : 8;
  return documentOf(reading.id, { name, width, height, depth, ...(dpi > 0 ? { dpi } : {}) }, layers, top);
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
  /** Layers of the whole file. */
  readonly total: number;
}

/** Ids of the children that could be read, bottom to top; offsets of stacks add up. */
async function readStack(reading: OraReading, stack: XmlElement, at: Place, layers: Layer[]): Promise<LayerId[]> {
  if (at.depth > deepestNesting) throw new StudioError('file.not-a-document', { file: reading.file, reason: 'its groups are nested too deep' });
  const inner = { ...at, x: at.x + wholeOf(stack.attributes['x']), y: at.y + wholeOf(stack.attributes['y']), depth: at.depth + 1 };
  const ids: LayerId[] = [];
  for (const element of [...stack.children].reverse()) {
    if (element.name !== 'stack' && element.name !== 'layer') continue;
    if (layers.length >= mostLayers) throw new StudioError('file.not-a-document', { file: reading.file, reason: `it has more than ${mostLayers} layers` });
    const layer = await readNode(reading, element, inner, layers);
    reading.watch.progress?.({ stage: 'layers', done: ++reading.read, total: at.total });
    if (!layer) continue;
    layers.push(layer);
    ids.push(layer.id);
  }
  return ids;
}

async function readNode(reading: OraReading, element: XmlElement, at: Place, layers: Layer[]): Promise<Layer | undefined> {
  const { attributes } = element;
  const name = importedName(attributes['name'], element.name === 'stack');
  const composite = attributes['composite-op'] ?? '';
  const blend = blendFromOra(composite);
  if (!blend) reading.notes.push({ key: 'ora.blend-changed', details: { layer: name, blend: composite.slice(0, 60) } });
  const envelope = {
    ...layerEnvelope(name),
    visible: attributes['visibility'] !== 'hidden',
    locked: attributes['edit-locked'] === 'true',
    opacity: opacityOf(attributes['opacity']),
    blend: blend ?? 'normal',
    clip: composite === 'svg:src-atop',
  };
  if (element.name === 'stack') return { ...envelope, kind: 'group', children: await readStack(reading, element, at, layers) };
  const pixels = await readPng(reading, attributes['src'] ?? '', { x: at.x + wholeOf(attributes['x']), y: at.y + wholeOf(attributes['y']) });
  if (!pixels) {
    reading.notes.push({ key: 'ora.layer-left-out', details: { layer: name } });
    return undefined;
  }
  return { ...envelope, kind: 'raster', pixels };
}

function countNodes({ children }: XmlElement): number {
  return children.reduce((sum, child) => sum + (child.name === 'stack' || child.name === 'layer' ? 1 : 0) + countNodes(child), 0);
}

function wholeOf(text: string | undefined): number {
  const value = Math.round(Number(text ?? 0));
  return Number.isFinite(value) ? Math.max(-900_000, Math.min(900_000, value)) : 0;
}

function opacityOf(text: string | undefined): number {
  const value = text === undefined ? 1 : Number(text);
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 1;
}

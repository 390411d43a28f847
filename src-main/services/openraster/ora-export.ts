// A document as an OpenRaster file that other programs open, with everything only this program knows beside it.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { rootId, type AssetId, type Layer, type LayerId, type LayerOf, type Mask } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { PixelBuffer, Region } from '../../contract/image.ts';
import { programLabel } from '../../contract/program.ts';
import { createResultSpool, decodePixels, encodeFromSpool, encodePixels } from '../../engine/image/codec.ts';
import { replaceFile } from '../../engine/image/disk.ts';
import { clippingBase } from '../../raster/clipping-group.ts';
import { pixelsOf } from '../../raster/pixels.ts';
import { neededByRecord } from '../documents/document-check.ts';
import { diskFault } from '../disk.ts';
import { keepGenerations } from '../documents/generations.ts';
import type { GlazeScene } from '../glaze/glaze-scene.ts';
import { loadPixels } from '../documents/load-pixels.ts';
import type { TileWatch } from '../documents/write-tiles.ts';
import { bakeLayer } from './ora-bake.ts';
import { stackXml, type StackNode } from './ora-stack.ts';
import { hashOf, ownAssetsFolder, ownEntryName, requireBounded, withoutLinks, type OwnEntry } from './own-entry.ts';
import { createZip, type ZipWriter } from './zip-writer.ts';

/** Rows that are read and written at once. */
const stripPx = 256;
const thumbnailPx = 256;

export interface OraOptions extends TileWatch {
  /** Where parts lie until they are in the file. */
  readonly scratch: string;
  /** Earlier files of that name that are kept beside it: NAME~1 the latest. */
  readonly generations?: number;
}

interface Writing {
  readonly scene: GlazeScene;
  readonly zip: ZipWriter;
  readonly folder: string;
  readonly watch: TileWatch;
  readonly baked: OwnEntry['baked'];
  done: number;
  readonly total: number;
}

/**
 * Writes a scene as .ora; what was at `out` stays until the new file is whole.
 * Throws job.cancelled | asset.* | upload.too-large beyond half a million parts | file.unpacks-too-large | disk.*.
 */
export async function writeOra(scene: GlazeScene, out: string, { scratch, generations = 0, ...watch }: OraOptions): Promise<void> {
  const folder = await mkdtemp(join(scratch, 'ora-')).catch((thrown: unknown) => {
    throw diskFault(thrown, out);
  });
  try {
    await replaceFile(out, async (temporary) => {
      const zip = await createZip(temporary);
      try {
        await writeParts({ scene, zip, folder, watch, baked: {}, done: 0, total: Object.keys(scene.record.layers).length + 1 });
        await zip.end();
      } finally {
        await zip.close().catch(() => undefined);
      }
      if (generations > 0) await keepGenerations(out, generations);
    });
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function writeParts(writing: Writing): Promise<void> {
  const { scene, zip, baked } = writing;
  const { record } = scene;
  await zip.add('mimetype', Buffer.from('image/openraster'));
  const children = await nodesOf(writing, rootId, []);
  const stack = Buffer.from(stackXml(record, children));
  await zip.add('stack.xml', stack, 'deflated');
  await addMerged(writing);
  const exact = new Set(Object.values(baked).filter(({ exact }) => exact).map(({ layer }) => layer));
  let assetsBytes = 0;
  for (const id of ownAssets(scene, exact)) {
    const bytes = (await loadPixels(scene, [id]))(id);
    requireBounded((assetsBytes += bytes?.byteLength ?? 0), record.name);
    if (bytes) await zip.add(`${ownAssetsFolder}${id}`, bytes, 'deflated');
    stopIfAsked(writing.watch);
  }
  const entry: OwnEntry = { formatVersion: 1, program: programLabel, record: withoutLinks(record) as unknown as OwnEntry['record'], stack: hashOf(stack), baked };
  await zip.add(ownEntryName, Buffer.from(JSON.stringify(entry)), 'deflated');
}

/** Pixels that no PNG gives back bit for bit. */
function ownAssets({ record }: GlazeScene, exact: ReadonlySet<string>): Set<AssetId> {
  const layers = Object.values(record.layers).map((layer) => [layer.id, exact.has(layer.id) ? withoutTiles(layer) : layer] as const);
  return neededByRecord({ ...record, layers: Object.fromEntries(layers) });
}

function withoutTiles(layer: Layer): Layer {
  return 'pixels' in layer ? ({ ...layer, pixels: { ...(layer as LayerOf<'raster'>).pixels, tiles: {} } } as Layer) : layer;
}

/** Children of a group, top to bottom. A layer with others clipped to it becomes a group of them. */
async function nodesOf(writing: Writing, group: LayerId, masks: readonly Mask[]): Promise<StackNode[]> {
  const { record } = writing.scene;
  const nodes: StackNode[] = [];
  let clipped: StackNode[] = [];
  for (const id of [...(record.layers[group] as LayerOf<'group'>).children].reverse()) {
    const layer = record.layers[id]!;
    const node = await nodeOf(writing, layer, masks);
    if (clippingBase(record, id) !== id) clipped.push(node);
    else {
      nodes.push(clipped.length === 0 ? node : { ...node, children: [...clipped, { ...node, opacity: 1, visible: true, blend: 'normal' }] });
      clipped = [];
    }
  }
  return nodes.map(withoutSource);
}

/** A node that became a group is no layer any more. */
function withoutSource(node: StackNode): StackNode {
  if (!('src' in node && 'children' in node)) return node;
  const { name, opacity, visible, locked, blend, children } = node as StackNode & { readonly children: readonly StackNode[] };
  return { name, opacity, visible, locked, blend, children };
}

async function nodeOf(writing: Writing, layer: Layer, masks: readonly Mask[]): Promise<StackNode> {
  const { name, opacity, visible, locked, blend } = layer;
  const shared = { name: name || layer.kind, opacity, visible, locked, blend };
  if (layer.kind === 'group') {
    const inner = layer.mask?.enabled ? [...masks, layer.mask] : masks;
    return { ...shared, children: await nodesOf(writing, layer.id, inner) };
  }
  stopIfAsked(writing.watch);
  const baked = bakeLayer(writing.scene, layer, masks);
  const src = `data/layer${String(Object.keys(writing.baked).length).padStart(3, '0')}.png`;
  const hash = await addPng(writing, src, baked.region, baked.depth, baked.read);
  writing.baked[src] = { layer: layer.id, hash, exact: baked.isExact };
  writing.watch.progress?.({ stage: 'encode', done: ++writing.done, total: writing.total });
  return { ...shared, src, x: baked.region.x, y: baked.region.y };
}

/** The whole picture, and a small one for file browsers. */
async function addMerged(writing: Writing): Promise<void> {
  const { scene, zip, folder } = writing;
  const { width, height } = scene.record;
  const merged = 'mergedimage.png';
  await addPng(writing, merged, { x: 0, y: 0, width, height }, 8, async (part) => pixelsOf(await scene.composite(part), 8));
  const small = await decodePixels(join(folder, merged), { longSide: thumbnailPx, alpha: true });
  await encodePixels(small, join(folder, 'thumbnail.png'));
  await zip.add('Thumbnails/thumbnail.png', await readFile(join(folder, 'thumbnail.png')));
}

/** Adds pixels as a PNG, strip by strip; answers the hash of the file. */
async function addPng({ zip, folder, watch }: Writing, name: string, region: Region, depth: 8 | 16, read: (part: Region) => Promise<PixelBuffer>): Promise<string> {
  const [spoolPath, png] = [join(folder, 'layer.tif'), join(folder, basename(name))];
  const spool = await createResultSpool(spoolPath, { width: region.width, height: region.height, channels: 4, depth });
  try {
    for (let y = 0; y < region.height; y += stripPx) {
      stopIfAsked(watch);
      const part = { x: region.x, y: region.y + y, width: region.width, height: Math.min(stripPx, region.height - y) };
      spool.writeRegion({ x: 0, y }, await read(part));
    }
  } finally {
    spool.close();
  }
  await encodeFromSpool(spoolPath, png, { isQuick: true });
  const hash = createHash('sha256');
  await zip.addFile(name, png, (bytes) => hash.update(bytes));
  return hash.digest('hex');
}

function stopIfAsked({ signal }: TileWatch): void {
  if (signal?.aborted) throw new StudioError('job.cancelled');
}

// A document as a PSD file: layers, groups, masks, blend modes, opacity and clipping as they are; glazes, fills and text as pixels.
import { open } from 'node:fs/promises';
import { initializeCanvas, writePsdUint8Array, type Layer as PsdLayer, type PixelData } from 'ag-psd';
import { rootId, type Layer, type LayerId, type LayerOf, type Mask } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { PixelBuffer, Region } from '../../contract/image.ts';
import { fillSurface } from '../../raster/gradient.ts';
import { pixelsOf } from '../../raster/pixels.ts';
import { isEmpty } from '../../raster/region.ts';
import { createSurface } from '../../raster/surface.ts';
import { readRaster, tiledRegion, tilesIn } from '../../raster/tiles.ts';
import { srgbProfile } from '../../engine/image/codec.ts';
import { replaceFile } from '../disk.ts';
import { writePart } from '../file-parts.ts';
import type { GlazeScene } from '../glaze/glaze-scene.ts';
import { loadPixels } from '../documents/load-pixels.ts';
import { blendToPsd } from './psd-blend.ts';
import { withPsdProfile } from './psd-profile.ts';
import type { TileWatch } from '../documents/write-tiles.ts';

/** The format's own limit; beyond it a PSD would have to be a PSB. */
const largestPsdSidePx = 30_000;
/** All layers are in memory at once. */
const largestPixelBytes = 1.5 * 2 ** 30;

interface Writing {
  readonly scene: GlazeScene;
  readonly out: string;
  readonly watch: TileWatch;
  bytes: number;
  done: number;
}

/** Writes a scene as a PSD of 8 bit with the profile of its pixels, sRGB. Throws document.too-large | job.cancelled | asset.* | disk.*; what was at `out` stays then. */
export async function writePsd(scene: GlazeScene, out: string, watch: TileWatch = {}): Promise<void> {
  const { width, height, dpi } = scene.record;
  if (Math.max(width, height) > largestPsdSidePx) throw new StudioError('document.too-large', { width, height, limit: `${largestPsdSidePx} px` });
  // the library insists on a maker of pixels, also where it makes none
  initializeCanvas(
    () => {
      throw new Error('there is no canvas here');
    },
    (w, h) => ({ width: w, height: h, data: new Uint8ClampedArray(w * h * 4) }) as unknown as ImageData,
  );
  const writing: Writing = { scene, out, watch, bytes: 0, done: 0 };
  const children = await childrenOf(writing, rootId);
  const imageData = await flattened(writing);
  const resolution = { horizontalResolution: dpi, verticalResolution: dpi, horizontalResolutionUnit: 'PPI', verticalResolutionUnit: 'PPI', widthUnit: 'Inches', heightUnit: 'Inches' } as const;
  const bytes = writePsdUint8Array({ width, height, children, imageData, imageResources: { resolutionInfo: resolution } }, { noBackground: true });
  const parts = withPsdProfile(bytes, await srgbProfile());
  await replaceFile(out, (temporary) => writeParts(temporary, parts));
}

async function writeParts(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, 'wx');
  try {
    let at = 0;
    for (const part of parts) {
      await writePart(file, part, at);
      at += part.byteLength;
    }
  } finally {
    await file.close();
  }
}

async function childrenOf(writing: Writing, group: LayerId): Promise<PsdLayer[]> {
  const { record } = writing.scene;
  const written: PsdLayer[] = [];
  for (const id of (record.layers[group] as LayerOf<'group'>).children) {
    if (writing.watch.signal?.aborted) throw new StudioError('job.cancelled');
    written.push(await layerOf(writing, record.layers[id]!));
    writing.watch.progress?.({ stage: 'encode', done: ++writing.done, total: Object.keys(record.layers).length });
  }
  return written;
}

async function layerOf(writing: Writing, layer: Layer): Promise<PsdLayer> {
  const shared: PsdLayer = {
    name: layer.name || layer.kind,
    opacity: layer.opacity,
    hidden: !layer.visible,
    blendMode: blendToPsd(layer.blend),
    clipping: layer.clip,
    ...protectionOf(layer),
    ...(layer.mask ? { mask: await maskOf(writing, layer.mask) } : {}),
  };
  if (layer.kind === 'group') return { ...shared, opened: true, children: await childrenOf(writing, layer.id) };
  const painted = await paintOf(writing, layer);
  if (!painted) return shared;
  const { region, pixels } = painted;
  return { ...shared, left: region.x, top: region.y, right: region.x + region.width, bottom: region.y + region.height, imageData: imageOf(pixels) };
}

/** Photoshop reads the lock of transparency in two places. */
function protectionOf(layer: Layer): Pick<PsdLayer, 'protected' | 'transparencyProtected'> {
  const transparency = layer.kind === 'raster' && layer.alphaLocked === true;
  const { locked } = layer;
  if (!locked && !transparency) return {};
  return { transparencyProtected: transparency, protected: { transparency, composite: locked, position: locked } };
}

async function paintOf(writing: Writing, layer: Exclude<Layer, LayerOf<'group'>>): Promise<{ region: Region; pixels: PixelBuffer } | undefined> {
  const { scene } = writing;
  const { width, height } = scene.record;
  if (layer.kind === 'fill') {
    const surface = createSurface({ x: 0, y: 0, ...counted(writing, { width, height }, 4) });
    fillSurface(surface, layer.fill);
    return { region: surface.region, pixels: pixelsOf(surface, 8) };
  }
  const raster = scene.raster(layer);
  const region = raster && tiledRegion(raster);
  if (!raster || !region || isEmpty(region)) return undefined;
  counted(writing, region, raster.depth / 2);
  return { region, pixels: readRaster(raster, region, await loadPixels(scene, tilesIn(raster, region).map(({ id }) => id))) };
}

async function maskOf(writing: Writing, mask: Mask): Promise<NonNullable<PsdLayer['mask']>> {
  const region = tiledRegion(mask);
  const shared = { defaultColor: mask.outside, disabled: !mask.enabled, left: region.x, top: region.y, right: region.x + region.width, bottom: region.y + region.height };
  if (isEmpty(region)) return shared;
  counted(writing, region, 4);
  const { data } = readRaster(mask, region, await loadPixels(writing.scene, tilesIn(mask, region).map(({ id }) => id)));
  const rgba = new Uint8ClampedArray(region.width * region.height * 4);
  for (let i = 0; i < data.length; i++) rgba.fill(data[i]!, i * 4, i * 4 + 3).fill(255, i * 4 + 3, i * 4 + 4);
  return { ...shared, imageData: { width: region.width, height: region.height, data: rgba } };
}

/** The picture as programs show it that read no layers. */
async function flattened(writing: Writing): Promise<PixelData> {
  const { width, height } = counted(writing, writing.scene.record, 4);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 256) {
    const strip = { x: 0, y, width, height: Math.min(256, height - y) };
    data.set(pixelsOf(await writing.scene.composite(strip), 8).data, y * width * 4);
    if (writing.watch.signal?.aborted) throw new StudioError('job.cancelled');
  }
  return { width, height, data };
}

/** Counts memory before it is taken. Throws document.too-large. */
function counted<T extends { readonly width: number; readonly height: number }>(writing: Writing, size: T, bytesPerPixel: number): T {
  writing.bytes += size.width * size.height * bytesPerPixel;
  const { width, height } = writing.scene.record;
  if (writing.bytes > largestPixelBytes) throw new StudioError('document.too-large', { width, height, limit: `${largestPixelBytes / 2 ** 30} GB of layers in a PSD` });
  return size;
}

function imageOf({ width, height, depth, data }: PixelBuffer): PixelData {
  if (depth === 16) return { width, height, data: Uint8ClampedArray.from(data, (value) => Math.round(value / 257)) };
  return { width, height, data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength) };
}

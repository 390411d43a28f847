// A state of a large document with its glazes painted small: enough for a little picture of it, in seconds and not in minutes.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { tileSidePx, type AssetId, type DocumentRecord, type LayerId } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { Extent } from '../../contract/image.ts';
import { pixelsOf } from '../../raster/pixels.ts';
import { shrunkExtent } from '../../raster/shrunk.ts';
import { bytesOfSamples, createPixels, placesIn, readRaster } from '../../raster/tiles.ts';
import { glazeAssets } from './glaze-assets.ts';
import { shownGlazes, wholeOf } from './glaze-changes.ts';
import type { GlazeDesk } from './glaze-desk.ts';
import { openGlazeStyles, type PaintingPlace } from './glaze-engine.ts';
import { glazeLayer, type GlazeLayer, type GlazeLayerSetup } from './glaze-layer.ts';
import { glazePicture, type RenderRegion } from './glaze-picture.ts';
import { glazeScene, type GlazeScene, type GlazeTilesState } from './glaze-scene.ts';
import { spoolMemoryBytes, spoolShelf } from './glaze-spools.ts';
import { openGlaze, type GlazeDocumentSetup } from './open-glaze.ts';
import type { SceneOrder } from './still-scene.ts';

/** Px that are painted within seconds. */
const mostPx = 2e6;

/** Document px along the side of a square that becomes one px, a power of two: the picture has no more px than are painted within seconds, and no fewer than are wanted. */
export function shrinkOf({ width, height }: Extent, longSidePx: number): number {
  let shrink = 1;
  while ((width * height) / shrink ** 2 > mostPx && Math.max(width, height) / (2 * shrink) >= longSidePx) shrink *= 2;
  return shrink;
}

/** From here on strokes are so much larger than a px that small paint shows the same ones. */
const leastStrokePercent = 25;

/** Whether the glazes of a state look the same painted small: not where strokes follow the px of the document. */
export function looksAlikeSmall({ record, shown }: SceneOrder): boolean {
  return shownGlazes(record, shown).every(({ settings }) => settings.strokePercent >= leastStrokePercent);
}

/**
 * The scene of a state to be composited at a shrink: its glazes are painted at that size, with strokes of the document's size and the
 * statistics of its record, piece by piece on one core and after the live ones. Throws as sceneOf.
 */
export async function smallScene({ record, assets: folder, shown }: SceneOrder, shrink: number, desk: GlazeDesk, place: PaintingPlace, signal: AbortSignal): Promise<GlazeScene> {
  const paint = new Map<LayerId, GlazeTilesState>();
  const assets = glazeAssets(folder);
  const scene = glazeScene(record, assets, paint);
  const workFolder = place.folders.work;
  const openStyles: GlazeDocumentSetup['openStyles'] = (settings, onCpu) => openGlazeStyles(settings, onCpu ? { ...place, device: 'cpu' } : place);
  for (const layer of shownGlazes(record, shown)) {
    const shelf = spoolShelf(workFolder, spoolMemoryBytes);
    const render: RenderRegion = async (region) => pixelsOf(await scene.composite(region, { beneath: layer.id, shrink }), 16);
    const picture = glazePicture(shrunkExtent(record, shrink), render, shelf);
    const open: GlazeLayerSetup['open'] = async (opened, how) => (await openGlaze(opened, picture, how, { record, assets, workFolder, openStyles }))?.painter;
    const glaze = glazeLayer({ layer, picture, shelf, depth: record.depth, isQuiet: true, open });
    try {
      await paintWhole(glaze, desk, signal);
      paint.set(layer.id, enlarged(layer.id, glaze.tiles(), record, shrink));
    } finally {
      await glaze.close();
    }
  }
  return scene;
}

async function paintWhole(glaze: GlazeLayer, desk: GlazeDesk, signal: AbortSignal): Promise<void> {
  while (!glaze.atRest() && !glaze.fault) {
    await desk.calm(); // the pen goes first
    if (signal.aborted) throw new StudioError('job.cancelled');
    await glaze.step();
    await nextTurn();
  }
  if (glaze.fault) throw new StudioError(glaze.fault.code, glaze.fault.details);
}

/** Small paint on the document's grid: every px as a square, its tiles made when they are asked for. */
function enlarged(layer: LayerId, { raster: small, bytes }: GlazeTilesState, document: DocumentRecord, shrink: number): GlazeTilesState {
  const side = tileSidePx / shrink;
  const places = placesIn({ x: 0, y: 0 }, wholeOf(document)).map(({ place }) => place);
  const raster = { ...small, tiles: Object.fromEntries(places.map((place) => [place, `${layer}/${place}`])) };
  const tileOf = (id: AssetId): Uint8Array => {
    const [column = 0, row = 0] = id.slice(id.indexOf('/') + 1).split(',').map(Number);
    const { data } = readRaster(small, { x: column * side, y: row * side, width: side, height: side }, bytes);
    const tile = createPixels({ width: tileSidePx, height: tileSidePx }, 4, small.depth);
    for (let y = 0, to = 0; y < tileSidePx; y++) {
      for (let x = 0; x < tileSidePx; x++, to += 4) {
        const from = (Math.floor(y / shrink) * side + Math.floor(x / shrink)) * 4;
        for (let channel = 0; channel < 4; channel++) tile.data[to + channel] = data[from + channel]!;
      }
    }
    return bytesOfSamples(tile.data);
  };
  return { raster, bytes: tileOf };
}

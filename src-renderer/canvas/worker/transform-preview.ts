// Shows layers where a transform would put them, before it is made: drawn over the picture, which is shown without them.
import type { DocumentRecord, LayerId, Matrix } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import { createSurface } from '../../../src-main/raster/surface.ts';
import { writeRgba8 } from '../../../src-main/raster/pixels.ts';
import { emptyRegion, grownBy, isEmpty, overlapOf, unionOf } from '../../../src-main/raster/region.ts';
import { blendSurface } from '../../../src-main/raster/blend-surface.ts';
import { placesIn } from '../../../src-main/raster/tiles.ts';
import { paintedBy, wholeOf } from './changed-regions.ts';
import type { DeskParts } from './desk-parts.ts';
import { loadedLayer } from './loaded-composite.ts';
import { tileCoverage, type CoveredTile } from './tile-coverage.ts';
import { glazesAbove, type LiftedPaint } from './wet-strokes.ts';

/** Long side of the picture of what is moved. */
const longSidePx = 2048;

export interface TransformPreview {
  /** Null: the layers are shown where they are, once they are composited there. */
  show(layers: readonly LayerId[], matrix: Matrix | null): void;
}

interface Moved {
  readonly key: string;
  /** Where it lies before it is moved. */
  readonly lifted: LiftedPaint;
  readonly canvas: OffscreenCanvas;
  readonly region: Region;
}

export function createTransformPreview(parts: DeskParts): TransformPreview {
  const { easel, selection } = parts;
  let moved: Moved | undefined;
  /** What is shown now, or being made ready. */
  let wanted: { readonly key: string; matrix: Matrix } | undefined;

  function draw(): void {
    if (!moved || !wanted || moved.key !== wanted.key) return;
    const { canvas, region } = moved;
    const [a, b, c, d, e, f] = wanted.matrix;
    easel.over((context) => {
      context.transform(a, b, c, d, e, f);
      context.imageSmoothingEnabled = true;
      context.drawImage(canvas, region.x, region.y, region.width, region.height);
    });
  }

  return {
    show: (layers, matrix) => {
      if (!matrix) {
        wanted = undefined;
        easel.hideMoved([]);
        easel.lift(undefined);
        easel.whenFresh(() => {
          if (wanted) return;
          moved = undefined;
          easel.over(undefined);
        });
        return;
      }
      const key = layers.join();
      const isNew = wanted?.key !== key;
      wanted = { key, matrix };
      if (!isNew) return draw();
      drawMoved(parts, layers)
        .then((made) => {
          if (!made || wanted?.key !== key) return;
          moved = { ...made, key };
          if (!selection.current()) easel.hideMoved(layers);
          if (selection.current() || made.lifted.glazes.size > 0) easel.lift(made.lifted);
          draw();
        })
        .catch(() => undefined); // Without a preview the frame alone shows where it goes.
    },
  };
}

function leaves(record: DocumentRecord, id: LayerId): LayerId[] {
  const layer = record.layers[id];
  return layer?.kind === 'group' ? layer.children.flatMap((child) => leaves(record, child)) : [id];
}

/** The layers, or what of them is selected, one over the other as a picture of their own. */
async function drawMoved(parts: DeskParts, layers: readonly LayerId[]): Promise<Omit<Moved, 'key'> | undefined> {
  const { record } = parts.easel;
  if (!record) return undefined;
  const painted = layers.flatMap((id) => paintedBy(record, id, parts.easel.access.raster)).reduce(unionOf, emptyRegion);
  const near = overlapOf(painted, grownBy(wholeOf(record), 1024));
  const region = parts.selection.region() ? overlapOf(near, parts.selection.region() ?? near) : near;
  if (isEmpty(region)) return undefined;
  const scale = Math.min(1, longSidePx / Math.max(region.width, region.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(region.width * scale)), Math.max(1, Math.round(region.height * scale)));
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  const tiles = new Map<string, CoveredTile>();
  context.setTransform(canvas.width / region.width, 0, 0, canvas.height / region.height, 0, 0);
  for (const { place, region: covers } of placesIn({ x: 0, y: 0 }, region)) {
    const part = overlapOf(covers, region);
    const surface = createSurface(part);
    for (const id of layers.flatMap((each) => leaves(record, each))) {
      const layer = record.layers[id];
      const own = layer?.visible ? await loadedLayer(parts, id, part) : undefined;
      if (own && layer) blendSurface(surface, own, { mode: 'normal', opacity: layer.opacity });
    }
    const shares = parts.selection.coverage()?.(part);
    tiles.set(place, { region: part, shares: Uint8Array.from({ length: part.width * part.height }, (_, i) => (surface.data[i * 4 + 3]! > 0 ? (parts.selection.current() ? 255 * (shares?.[i] ?? 0) : 255) : 0)) });
    if (parts.selection.current()) for (let at = 0; at < surface.data.length; at++) surface.data[at] *= shares?.[at >> 2] ?? 0;
    const pixels = new ImageData(part.width, part.height);
    writeRgba8(surface, pixels.data);
    const tile = new OffscreenCanvas(part.width, part.height);
    tile.getContext('2d')?.putImageData(pixels, 0, 0);
    context.drawImage(tile, part.x - region.x, part.y - region.y);
  }
  const own = new Set(layers.flatMap((id) => leaves(record, id)));
  const glazes = new Set([...own].flatMap((id) => [...glazesAbove(record, id)]));
  return { canvas, region, lifted: { ...tileCoverage(tiles, glazes), layers: own } };
}

// One variant: what lies beneath a layer, small, painted with settings of its own. Runs in the engine process.
import type { GlazeSettings } from '../../contract/document.ts';
import type { EngineScene, GlazeSight } from '../../contract/engine-api.ts';
import { StudioError } from '../../contract/fault.ts';
import type { Extent, PixelBuffer } from '../../contract/image.ts';
import type { VariantMeters } from '../../contract/studio-records.ts';
import { encodePixels } from '../../engine/image/codec.ts';
import { memorySpool } from '../../engine/image/memory-spool.ts';
import { scaleSpool } from '../../engine/image/scale-spool.ts';
import type { FeatureNetwork } from '../../engine/metrics/feature-network.ts';
import type { SessionFactory } from '../../engine/runtime/session.ts';
import { planesOf } from '../../engine/tensor/layout.ts';
import type { Tensor } from '../../engine/tensor/tensor.ts';
import { frameOf } from '../../engine/tiling/cascade.ts';
import { flatten } from '../glaze/flatten.ts';
import { nextTurn } from '../../engine/image/next-turn.ts';
import { glazeAssets } from '../glaze/glaze-assets.ts';
import type { GlazeDesk } from '../glaze/glaze-desk.ts';
import { openGlazeStyles } from '../glaze/glaze-engine.ts';
import { glazeMasks } from '../glaze/glaze-masks.ts';
import { openPainter } from '../glaze/glaze-painter.ts';
import { glazePicture } from '../glaze/glaze-picture.ts';
import { sightOf } from '../glaze/glaze-sight.ts';
import { spoolShelf } from '../glaze/glaze-spools.ts';
import { withKnownStyle, type KnownStyles } from './known-style.ts';
import { pictureMeters } from './picture-meters.ts';
import { runStyles, type RunStyles } from './run-styles.ts';
import { sceneOf } from '../glaze/still-scene.ts';

export interface VariantOrder extends EngineScene, GlazeSight {
  /** Variants of one run share what they are painted over. */
  readonly run: string;
  readonly longSidePx: number;
  readonly settings: GlazeSettings;
  readonly meters: boolean;
  /** PNG file to write. */
  readonly out: string;
}

export interface PaintedVariant extends Extent {
  readonly meters?: VariantMeters;
}

/** Long side in px of what is painted over: statistics are measured on no less. */
const leastBasePx = 1024;
const memoryBytes = 256 * 2 ** 20;

/** What the variants of a run are painted over. */
interface Base {
  readonly pixels: PixelBuffer;
  readonly planes: Tensor;
}

interface Run {
  readonly id: string;
  readonly base: Promise<Base>;
  readonly styles: RunStyles;
}

export interface VariantPainter {
  /** Throws job.cancelled, preset.*, session.*, asset.corrupt, disk.*. */
  paint(order: VariantOrder, signal: AbortSignal): Promise<PaintedVariant>;
}

export function variantPainter(desk: GlazeDesk, sessions: SessionFactory, features: (resources: string) => Promise<FeatureNetwork>, known: KnownStyles): VariantPainter {
  let latest: Run | undefined;

  const flattened = async (order: VariantOrder, signal: AbortSignal): Promise<PixelBuffer> => {
    const shown = sightOf(order.record, order);
    const scene = await sceneOf({ ...order, shown }, desk, { ...order, sessions }, signal);
    return flatten(scene, { ...shown, longSidePx: Math.max(leastBasePx, 2 * order.longSidePx) }, order.folders.work, { signal, progress: () => undefined });
  };
  const runOf = (order: VariantOrder, signal: AbortSignal): Run => {
    if (latest?.id === order.run) return latest;
    const base = flattened(order, signal).then((pixels) => ({ pixels, planes: planesOf(pixels) }));
    base.catch(() => (latest = undefined)); // the next variant tries again
    return (latest = { id: order.run, base, styles: runStyles(known, order.folders) });
  };
  return {
    async paint(order, signal) {
      const { base, styles } = runOf(order, signal);
      const { pixels, planes } = await base;
      await desk.calm(); // the pen goes first
      if (signal.aborted) throw new StudioError('job.cancelled');
      const painted = await paintOver(pixels, order, sessions, signal);
      await encodePixels(painted, order.out);
      const size = { width: painted.width, height: painted.height };
      if (!order.meters) return size;
      const heaviest = order.settings.styles.reduce((best, each) => (each.weight > best.weight ? each : best), order.settings.styles[0]!);
      const style = await styles.paintings(heaviest.style);
      const pictures = { before: planes, after: planesOf(painted) };
      const meters = await pictureMeters({ ...pictures, style }, await features(order.folders.resources));
      return { ...size, meters: await withKnownStyle(meters, () => styles.known(heaviest.style), pictures) };
    },
  };
}

async function paintOver(picture: PixelBuffer, order: VariantOrder, sessions: SessionFactory, signal: AbortSignal): Promise<PixelBuffer> {
  const { record, folders, assets } = order;
  const settings = { ...order.settings, styles: order.settings.styles.filter(({ weight }) => weight > 0) };
  if (settings.styles.length === 0) throw new StudioError('usage.invalid', { reason: 'a variant has at least one style' });
  const artwork: Extent = { width: record.width, height: record.height };
  const target = frameOf(artwork, Math.min(order.longSidePx, Math.max(artwork.width, artwork.height)));
  const shelf = spoolShelf(folders.work, memoryBytes);
  const masks = await glazeMasks(settings, record, glazeAssets(assets));
  const source = memorySpool({ width: picture.width, height: picture.height, channels: 4, depth: 8 });
  source.writeRegion({ x: 0, y: 0 }, picture);
  const deep = memorySpool({ width: picture.width, height: picture.height, channels: 4, depth: 16 });
  await scaleSpool(source, deep, () => nextTurn(signal));
  const painter = await openPainter({
    settings,
    picture: glazePicture(picture, async (region) => deep.readRegion(region), shelf),
    artwork,
    target,
    depth: 8,
    shelf,
    open: (opened) => openGlazeStyles(opened, { ...order, sessions }),
    ...(masks ? { masks: masks.placed } : {}),
  });
  try {
    return await painter.paint({ x: 0, y: 0, ...target }, settings.keepColours);
  } finally {
    await painter.close();
  }
}

// A glaze of a document opened over a picture of what lies beneath it, with its masks and its statistics.
import type { DocumentRecord, GlazeSettings } from '../../contract/document.ts';
import type { OpenStyles } from '../library/styles.ts';
import type { GlazeAssets } from './glaze-assets.ts';
import type { GlazeLayerRecord } from './glaze-layer.ts';
import { glazeMasks, type GlazeMasks } from './glaze-masks.ts';
import { openPainter, type GlazePainter } from './glaze-painter.ts';
import type { GlazePicture } from './glaze-picture.ts';
import { spoolMemoryBytes, spoolShelf } from './glaze-spools.ts';

export interface GlazeDocumentSetup {
  readonly record: DocumentRecord;
  readonly assets: GlazeAssets;
  readonly workFolder: string;
  /** As of GlazeLayerSetup. */
  readonly isQuiet?: boolean;
  /** Somebody looks on: what takes long is shown small first. */
  readonly isWatched?: boolean;
  /** `onCpu`: whatever device is wished for. */
  openStyles(settings: GlazeSettings, onCpu: boolean): Promise<OpenStyles>;
}

/** `anew`: whatever statistics there are, they are measured. */
export interface OpeningGlaze {
  readonly anew: boolean;
  readonly onCpu: boolean;
}

export interface OpenedGlaze {
  readonly painter: GlazePainter;
  readonly masks?: GlazeMasks;
}

/** Paints at the size of the picture, with strokes of the document's size. Nothing where the glaze has no style of some weight. Throws as openPainter, asset.corrupt. */
export async function openGlaze(layer: GlazeLayerRecord, picture: GlazePicture, { anew, onCpu }: OpeningGlaze, setup: GlazeDocumentSetup): Promise<OpenedGlaze | undefined> {
  const { record, assets, workFolder, openStyles } = setup;
  const settings = { ...layer.settings, styles: layer.settings.styles.filter(({ weight }) => weight > 0) };
  if (settings.styles.length === 0) return undefined;
  const masks = await glazeMasks(settings, record, assets);
  const statistics = !anew && layer.statistics && (await assets.load([layer.statistics])).get(layer.statistics);
  const painter = await openPainter({
    settings,
    picture,
    artwork: { width: record.width, height: record.height },
    target: picture.extent,
    depth: record.depth,
    shelf: spoolShelf(workFolder, spoolMemoryBytes),
    open: (mix) => openStyles(mix, onCpu),
    ...(masks ? { masks: masks.placed } : {}),
    ...(statistics ? { statistics } : {}),
  });
  return { painter, ...(masks ? { masks } : {}) };
}

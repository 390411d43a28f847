// What of a document the screen is to show, and the glazes whose paint that takes.
import { rootId, type DocumentRecord, type LayerId } from '../../../src-main/contract/document.ts';
import { clippingBase, parentOf } from '../../../src-main/raster/clipping-group.ts';

/** What the screen is to show. */
export interface PaintSight {
  /** Tiles of the document's grid. */
  readonly places: readonly string[];
  /** All of it is composited. */
  readonly isFresh: boolean;
  hasPaint(layer: LayerId, place: string): boolean;
  /** Those that will be painted and shown. */
  glazes(): readonly LayerId[];
}

/** Glazes with a style that are in sight, with their groups and what they are clipped to. */
export function glazesInSight(record: DocumentRecord): LayerId[] {
  const isSeen = (id: LayerId): boolean => {
    const layer = record.layers[id];
    if (!layer?.visible || layer.opacity === 0) return false;
    const [base, group] = [clippingBase(record, id), parentOf(record, id)];
    return (base === id || isSeen(base)) && (group === rootId || isSeen(group));
  };
  return Object.values(record.layers).flatMap((layer) => (layer.kind === 'glaze' && layer.settings.styles.some(({ weight }) => weight > 0) && isSeen(layer.id) ? [layer.id] : []));
}

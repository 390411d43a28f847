// Any state of a document with its glazes painted whole, beside the live ones and after them.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sameJson, type Json } from '../../contract/changes.ts';
import type { DocumentRecord } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { CompositeOptions } from '../../raster/composite.ts';
import { glazeAssets } from './glaze-assets.ts';
import { shownGlazes } from './glaze-changes.ts';
import type { GlazeDesk } from './glaze-desk.ts';
import { glazeDocument } from './glaze-document.ts';
import { openGlazeStyles, type PaintingPlace } from './glaze-engine.ts';
import { glazeScene, type GlazeScene } from './glaze-scene.ts';

export interface SceneOrder {
  readonly record: DocumentRecord;
  /** Folder of the document's assets. */
  readonly assets: string;
  /** True where `record` is the present state of a document on the desk. */
  readonly isPresent: boolean;
  /** What of it will be composited: glazes that are not shown then are not painted. */
  readonly shown: CompositeOptions;
  /** What the document has become meanwhile will do as well as `record`: for pictures that are soon made anew. */
  readonly isLatestFine?: boolean;
  /** As of GlazeLayerSetup. */
  readonly isQuiet?: boolean;
}

/**
 * The scene of a state: the desk's own paint where it is still the present one, otherwise painted for the purpose with the statistics
 * of its record. Throws job.cancelled, the fault of a glaze that cannot be painted, asset.corrupt, disk.*.
 */
export async function sceneOf({ record, assets, isPresent, shown, isLatestFine = false, isQuiet = false }: SceneOrder, desk: GlazeDesk, place: PaintingPlace, signal: AbortSignal): Promise<GlazeScene> {
  if (shownGlazes(record, shown).length === 0) return glazeScene(record, glazeAssets(assets), new Map());
  if (isPresent && desk.has(record.id)) {
    const scene = await desk.scene(record.id, shown);
    // on the way here the desk may have heard of later changes, or not of all that came before
    if (isLatestFine || looksSame(scene.record, record)) return scene;
  }
  const document = glazeDocument({ record, assets: glazeAssets(assets), isQuiet, workFolder: place.folders.work, openStyles: (settings, onCpu) => openGlazeStyles(settings, onCpu ? { ...place, device: 'cpu' } : place) });
  try {
    for (let news = await document.step(); news; news = await document.step()) {
      if (news.fault) throw new StudioError(news.fault.code, news.fault.details);
      await nextTurn();
      await desk.calm(); // the pen goes first
      if (signal.aborted) throw new StudioError('job.cancelled');
    }
    return document.scene();
  } finally {
    await document.close();
  }
}

/** Statistics that a record does not name yet are those that are measured of it. */
function looksSame(painted: DocumentRecord, asked: DocumentRecord): boolean {
  const layers = Object.values(painted.layers).map((layer) => {
    const other = asked.layers[layer.id];
    if (layer.kind !== 'glaze' || other?.kind !== 'glaze' || other.statistics !== undefined) return layer;
    const { statistics: _, ...unmeasured } = layer;
    return unmeasured;
  });
  const unmeasured = { ...painted, layers: Object.fromEntries(layers.map((layer) => [layer.id, layer])) };
  return sameJson(unmeasured as unknown as Json, asked as unknown as Json);
}

// One state of a document with all its paint, that no later change touches: what is flattened, exported and saved.
import type { DocumentRecord } from '../../contract/document.ts';
import type { Region } from '../../contract/image.ts';
import type { CompositeOptions, PixelAccess } from '../../raster/composite.ts';
import { compositeGroup, neededAssets } from '../../raster/composite.ts';
import { spreadRegion } from '../../raster/shrunk.ts';
import type { Surface } from '../../raster/surface.ts';
import type { AssetId, LayerId, Raster } from '../../contract/document.ts';
import type { GlazeAssets } from './glaze-assets.ts';
import { pixelRasterOf } from './glaze-changes.ts';

/** Paint of a glaze on the document's grid. */
export interface GlazeTilesState {
  readonly raster: Raster;
  bytes(id: AssetId): Uint8Array | undefined;
}

export interface GlazeScene {
  readonly record: DocumentRecord;
  /** Paint of glazes; other layers' own pixels. */
  readonly raster: PixelAccess['raster'];
  /** Bytes of tiles, of glazes too, for whoever reads layers one by one. Throws asset.corrupt | disk.*. */
  load(ids: Iterable<AssetId>): Promise<PixelAccess['bytes']>;
  /** Throws asset.corrupt | disk.*. */
  composite(region: Region, options?: CompositeOptions): Promise<Surface>;
}

/** `paint`: of the glazes that are painted, by layer. */
export function glazeScene(record: DocumentRecord, assets: GlazeAssets, paint: ReadonlyMap<LayerId, GlazeTilesState>): GlazeScene {
  const raster: PixelAccess['raster'] = (layer) => (layer.kind === 'glaze' ? paint.get(layer.id)?.raster : pixelRasterOf(layer));
  const load = async (ids: Iterable<AssetId>): Promise<PixelAccess['bytes']> => {
    const loaded = await assets.load([...ids].filter((id) => !isPaint(id)));
    return (id) => (isPaint(id) ? paint.get(id.slice(0, id.indexOf('/')))?.bytes(id) : loaded.get(id));
  };
  return {
    record,
    raster,
    load,
    composite: async (region, options = {}) => {
      const needed = neededAssets(record, spreadRegion(region, options.shrink ?? 1), raster, options);
      return compositeGroup(record, region, { raster, bytes: await load(needed) }, options);
    },
  };
}

/** Tiles of a glaze have ids of their own, LAYER/NUMBER: they are not named by what is in them. */
function isPaint(id: AssetId): boolean {
  return id.includes('/');
}

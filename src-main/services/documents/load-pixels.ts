// Tiles of a scene that must all be there: a file with holes in it is worse than none.
import type { AssetId } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { BytesOf } from '../../raster/tiles.ts';
import type { GlazeScene } from '../glaze/glaze-scene.ts';

/** Throws asset.missing | asset.corrupt | disk.*. */
export async function loadPixels(scene: GlazeScene, ids: readonly AssetId[]): Promise<BytesOf> {
  const bytes = await scene.load(ids);
  for (const id of ids) if (!bytes(id)) throw new StudioError('asset.missing', { asset: id.slice(0, 12) });
  return bytes;
}

// What a change of a glaze's own settings asks for: everything anew, another finish, or paint where its masks were brushed or moved.
import type { LayerOf } from '../../contract/document.ts';
import type { Region } from '../../contract/image.ts';
import { isEmpty } from '../../raster/region.ts';
import { tiledRegion } from '../../raster/tiles.ts';
import { assetIdOf } from '../documents/asset-files.ts';
import type { GlazeAssets } from './glaze-assets.ts';
import { tileChanges } from './glaze-changes.ts';
import { masksOf } from './glaze-masks.ts';
import { decodeStatistics, statisticsKey } from './glaze-statistics.ts';

export interface OwnChanges {
  readonly how?: 'reopen' | 'refinish';
  /** Where masks of styles differ, in document px. */
  readonly masks: readonly Region[];
}

/** `used`: the statistics that the layer is painted with at present. Throws asset.corrupt | disk.*. */
export async function ownChanges(was: LayerOf<'glaze'>, is: LayerOf<'glaze'>, used: Uint8Array | undefined, assets: GlazeAssets): Promise<OwnChanges> {
  if (was.settings !== is.settings && statisticsKey(was.settings) !== statisticsKey(is.settings)) return { how: 'reopen', masks: [] };
  if (was.statistics !== is.statistics && (await isOther(is, used, assets))) return { how: 'reopen', masks: [] };
  const regions: Region[] = [];
  const before = masksOf(was.settings);
  for (const [index, mask] of masksOf(is.settings).entries()) {
    const old = before[index];
    if (!mask || !old || old === mask) continue;
    if (old.outside !== mask.outside) return { how: 'reopen', masks: [] };
    if (old.x === mask.x && old.y === mask.y) regions.push(...(await tileChanges(old, mask, (ids) => assets.load(ids))));
    else regions.push(tiledRegion(old), tiledRegion(mask));
  }
  return { masks: regions.filter((region) => !isEmpty(region)), ...(was.settings.keepColours === is.settings.keepColours ? {} : { how: 'refinish' }) };
}

/** Whether the record names statistics that fit its settings and are not the ones in use; late ones of earlier settings do not. */
async function isOther(layer: LayerOf<'glaze'>, used: Uint8Array | undefined, assets: GlazeAssets): Promise<boolean> {
  const id = layer.statistics;
  if (id === undefined || (used && assetIdOf(used) === id)) return false;
  const bytes = (await assets.load([id])).get(id);
  return bytes !== undefined && decodeStatistics(bytes).key === statisticsKey(layer.settings);
}

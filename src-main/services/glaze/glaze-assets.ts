// Tile bytes of a document as the engine process reads them: from the folder main writes, the latest kept in memory.
import type { AssetId } from '../../contract/document.ts';
import { eachOf, readAsset } from '../documents/asset-files.ts';

export interface GlazeAssets {
  /** Those of the ids that are there. Throws asset.corrupt | disk.*. */
  load(ids: Iterable<AssetId>): Promise<ReadonlyMap<AssetId, Uint8Array>>;
}

/** Bytes kept of one document. */
const keptBytes = 256 * 2 ** 20;

/** `folder` holds the assets of one document. */
export function glazeAssets(folder: string, read: typeof readAsset = readAsset): GlazeAssets {
  const kept = new Map<AssetId, Uint8Array>();
  let held = 0;
  const keep = (id: AssetId, bytes: Uint8Array): void => {
    if (kept.delete(id)) held -= bytes.byteLength;
    kept.set(id, bytes);
    held += bytes.byteLength;
    for (const [oldest, { byteLength }] of kept) {
      if (held <= keptBytes) break;
      kept.delete(oldest);
      held -= byteLength;
    }
  };
  return {
    async load(ids) {
      const found = new Map<AssetId, Uint8Array>();
      await eachOf([...new Set(ids)], async (id) => {
        const bytes = kept.get(id) ?? (await read(folder, id));
        if (!bytes) return;
        keep(id, bytes);
        found.set(id, bytes);
      });
      return found;
    },
  };
}

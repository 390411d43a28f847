// Small encoded pictures among a document's assets: states of its history.
import { StudioError } from '../../src-main/contract/fault.ts';
import type { AssetId } from '../../src-main/contract/document.ts';
import { reachHost } from './reach-host.ts';
import type { Transport } from './transport.ts';

/** Keeps one file among the assets; its id is known when it is on disk. Throws asset.missing where the host does not take it. */
export async function keepAsset({ headers }: Transport, document: string, bytes: Blob): Promise<AssetId> {
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, bytes.size, true);
  const response = await reachHost(`/assets/${document}`, { method: 'POST', headers, body: new Blob([length.buffer, bytes]) });
  const [id]: unknown[] = response.ok ? await response.json() : [];
  if (typeof id !== 'string') throw new StudioError('asset.missing', { asset: String(response.status) });
  return id;
}

/** Throws asset.missing where the host has it no longer. */
export async function readAsset({ headers }: Transport, document: string, id: AssetId): Promise<Blob> {
  const response = await reachHost(`/assets/${document}/${id}`, { headers });
  if (!response.ok) throw new StudioError('asset.missing', { asset: id });
  return response.blob();
}

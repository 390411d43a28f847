// Pixels of a document: named by what they hold, written once, checked when they are read, derived ones kept in memory.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { assetIdOf, assetPath, readAsset, writeAsset } from '../../../../src-main/services/documents/asset-files.ts';
import { openAssetStore } from '../../../../src-main/services/documents/asset-store.ts';
import { createPaintShelf } from '../../../../src-main/services/documents/paint-shelf.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const piece = (seed: number, length = 5000): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * seed) & 255);

it('gives back what was put, under the hash of its bytes, also to another that opens the folder', async () => {
  const folder = temporaryFolder();
  const store = await openAssetStore(folder);
  const pieces = [piece(1), piece(2), piece(1), new Uint8Array()];
  const ids = await store.put(pieces);
  expect(ids).toEqual(pieces.map(assetIdOf));
  for (const [i, id] of ids.entries()) expect(await store.get(id)).toEqual(pieces[i]);
  const again = await openAssetStore(folder);
  expect(again.bytes()).toBe(store.bytes());
  expect(ids.every((id) => again.has(id))).toBe(true);
  expect(await again.get(assetIdOf(piece(9)))).toBeUndefined();
});

it('writes equal pixels once, however many put them at once', async () => {
  const store = await openAssetStore(temporaryFolder());
  const [[id], before] = [await store.put([piece(3)]), store.bytes()];
  const written = readFileSync(assetPath(store.folder, id!));
  await Promise.all([store.put([piece(3)]), store.put([piece(3), piece(3)])]);
  expect(store.bytes()).toBe(before);
  expect(readFileSync(assetPath(store.folder, id!))).toEqual(written);
});

it('refuses pixels on disk that are not what they are called', async () => {
  const folder = temporaryFolder();
  const store = await openAssetStore(folder);
  const [id] = await store.put([piece(4)]);
  for (const harm of [Buffer.alloc(0), Buffer.from('no deflate'), deflateSync(piece(5)), readFileSync(assetPath(folder, id!)).subarray(0, 20)]) {
    writeFileSync(assetPath(folder, id!), harm);
    await expect(store.get(id!)).rejects.toMatchObject({ code: 'asset.corrupt' });
  }
});

it('keeps derived paint apart from its files, of each document until it is dropped', async () => {
  const paint = createPaintShelf();
  const store = await openAssetStore(temporaryFolder(), paint);
  const other = await openAssetStore(temporaryFolder(), paint);
  const [id] = store.putTransient([piece(7)]);
  other.putTransient([piece(7), piece(8)]);
  expect([store.has(id!), existsSync(join(store.folder, id!.slice(0, 2)))]).toEqual([false, false]);
  paint.budgetBytes = 10_000; // for two of them
  other.forgetPaint();
  store.putTransient([piece(9)]);
  store.dropTransient([assetIdOf(piece(9)), assetIdOf(piece(9))]);
  expect(await store.get(id!)).toEqual(piece(7));
  expect(await store.get(assetIdOf(piece(8)))).toBeUndefined();
});

it('sweeps what nothing names, but spares what was put just now', async () => {
  const store = await openAssetStore(temporaryFolder());
  const ids = await store.put([piece(1), piece(2), piece(3)]);
  expect(await store.sweep(new Set([ids[0]!]), 60_000)).toBe(0);
  expect(await store.sweep(new Set([ids[0]!]), 0)).toBe(2);
  expect(ids.map((id) => store.has(id))).toEqual([true, false, false]);
  expect(store.bytes()).toBe(store.sizeOf(ids[0]!));
  await store.sync();
});

it('keeps on disk what is put while it is being swept', async () => {
  const pieces = Array.from({ length: 400 }, (_, i) => new Uint8Array(50).map((_byte, at) => (at === 0 ? i : i >> 8)));
  const store = await openAssetStore(temporaryFolder());
  const ids = await store.put(pieces);
  await pause(2);
  const sweeping = store.sweep(new Set(), 0);
  await pause(2);
  await Promise.all([...pieces].reverse().map((each) => store.put([each])));
  await sweeping;
  expect(ids.filter((id) => !store.has(id) || !existsSync(assetPath(store.folder, id)))).toEqual([]);
});

it('learns of pixels that another process has written', async () => {
  const store = await openAssetStore(temporaryFolder());
  const id = assetIdOf(piece(6));
  await expect(store.adopt([id])).rejects.toMatchObject({ code: 'asset.missing' });
  await writeAsset(store.folder, id, piece(6));
  await store.adopt([id, id]);
  expect([store.has(id), store.bytes()]).toEqual([true, store.sizeOf(id)]);
  expect(await readAsset(store.folder, id)).toEqual(piece(6));
});

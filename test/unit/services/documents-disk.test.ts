// Documents on a disk that fails: the old state or the new one is there, never neither, and work goes on.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { assetIdOf, writeAsset } from '../../../src-main/services/documents/asset-files.ts';
import { glazeAssets } from '../../../src-main/services/glaze/glaze-assets.ts';
import { glazeScene } from '../../../src-main/services/glaze/glaze-scene.ts';
import { thinHistory } from '../../../src-main/services/documents/document-thin.ts';
import { documentOf, layerEnvelope, newDocument } from '../../../src-main/services/documents/new-document.ts';
import { writeOra } from '../../../src-main/services/openraster/ora-export.ts';
import { failAt, failure } from '../../support/failing-disk.ts';
import { documentsIn, emptyDocument, paint } from '../../support/open-documents.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

vi.mock('node:fs/promises', async (original) => {
  const { failingDisk } = await import('../../support/failing-disk.ts');
  return failingDisk(await original());
});

/** Runs an action once for each writing act that fails in it, until one run needs no more of them. */
async function eachFailure(run: (n: number) => Promise<void>): Promise<number> {
  for (let n = 1; n < 200; n++) {
    await run(n);
    if (failure.acts < n) return n;
  }
  throw new Error('there is no end to it');
}

const failed = (thrown: { code: string }): string => {
  expect(thrown.code).toMatch(/^disk\./);
  return 'refused';
};

describe('a disk that fails', () => {
  it('at any act of a stroke leaves the document without it or with it, and the next stroke is taken', async () => {
    const ways = await eachFailure(async (n) => {
      const home = temporaryFolder();
      const document = await emptyDocument(documentsIn(home));
      await paint(document, 1);
      await document.sync();
      const before = document.record();
      failAt(n);
      const outcome = await paint(document, 2).then(() => 'taken', failed);
      const synced = outcome === 'taken' ? await document.sync().then(() => 'synced', failed) : outcome;
      const acts = failure.acts;
      failAt(0);
      expect(outcome === 'taken').toBe(document.record() !== before);
      const [after, next] = [document.record(), await paint(document, 3)];
      expect(document.state().head).toBe(next.id);
      await document.close();
      const again = await documentsIn(home).open(document.id);
      expect(again.record()).toEqual(document.record());
      expect(again.recordAt(next.parent)).toEqual(synced === 'refused' && outcome === 'refused' ? before : after);
      expect(again.notes).toEqual([]);
      await again.close();
      failure.acts = acts;
    });
    expect(ways).toBeGreaterThan(5);
  });

  it('while the program dies with it leaves a document that opens', async () => {
    await eachFailure(async (n) => {
      const home = temporaryFolder();
      const document = await emptyDocument(documentsIn(home));
      await paint(document, 1);
      const before = document.record();
      failAt(n);
      await paint(document, 2).catch(failed);
      const acts = failure.acts;
      failAt(0);
      // what another process finds while this one holds on: it looks only, at what is on the disk
      const other = await documentsIn(home).open(document.id);
      expect([before, document.record()]).toContainEqual(other.record());
      await other.close();
      await document.close();
      failure.acts = acts;
    });
  });

  it('at any act of making or thinning a document leaves none, or a whole one', async () => {
    await eachFailure(async (n) => {
      const home = temporaryFolder();
      const documents = documentsIn(home);
      failAt(n);
      const made = await documents.create('new', () => Promise.resolve(newDocument('new', { name: 'x', width: 9, height: 9 }, undefined, 'en'))).then(() => 'made', failed);
      const acts = failure.acts;
      failAt(0);
      const found = (await documents.list()).map(({ id }) => id);
      if (made === 'made') expect(found).toEqual(['new']);
      for (const id of found) expect((await documents.open(id)).record().name).toBe('x');
      await documents.closeAll();
      failure.acts = acts;
    });
    await eachFailure(async (n) => {
      const home = temporaryFolder();
      const document = await emptyDocument(documentsIn(home));
      for (const seed of [1, 2, 3]) await paint(document, seed);
      const record = document.record();
      await document.sync();
      failAt(n);
      await document.replace((state) => thinHistory(state, 0, document.assets.sizeOf)).catch(failed);
      const acts = failure.acts;
      failAt(0);
      expect(document.record()).toEqual(record);
      const next = await paint(document, 4);
      await document.close();
      const again = await documentsIn(home).open(document.id);
      expect(again.state().head).toBe(next.id);
      expect(again.recordAt(next.parent)).toEqual(record);
      await again.close();
      failure.acts = acts;
    });
  });

  it('at any act of saving leaves the file that was there', async () => {
    const folder = temporaryFolder();
    const assets = join(folder, 'assets');
    mkdirSync(assets);
    const tile = new Uint8Array(256 * 256 * 4).fill(200);
    await writeAsset(assets, assetIdOf(tile), tile);
    const record = documentOf('a', { name: 'a', width: 64, height: 64 }, [{ ...layerEnvelope('paint'), kind: 'raster', pixels: { x: 0, y: 0, depth: 8, tiles: { '0,0': assetIdOf(tile) } } }]);
    const [out, options] = [join(folder, 'a.ora'), { scratch: folder, generations: 3 }];
    await writeOra(glazeScene(record, glazeAssets(assets), new Map()), out, options);
    const old = readFileSync(out);
    const next = glazeScene({ ...record, name: 'b' }, glazeAssets(assets), new Map());
    const ways = await eachFailure(async (n) => {
      failAt(n);
      const outcome = await writeOra(next, out, options).then(() => 'saved', failed);
      const acts = failure.acts;
      failAt(0);
      const now = readFileSync(out);
      const isNew = now.includes('velatura/document.json') && !now.equals(old);
      if (outcome === 'saved') expect(isNew).toBe(true);
      else if (!isNew) expect(now.equals(old)).toBe(true);
      // back to the old file for the next way of failing
      await writeOra(glazeScene(record, glazeAssets(assets), new Map()), out, options);
      failure.acts = acts;
    });
    expect(ways).toBeGreaterThan(8);
  });
});

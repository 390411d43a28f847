// Files stopped while they are read: between layers, between pages, between tiles, within the decoder; nothing of them is left.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import type { JobProgress } from '../../../../src-main/contract/job.ts';
import { importFile } from '../../../../src-main/services/documents/import-file.ts';
import { placePicture } from '../../../../src-main/services/documents/place-picture.ts';
import { oraFile, psdFile } from '../../../support/layered-files.ts';
import { tiffOf } from '../../../support/picture-files.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

function folders() {
  const root = temporaryFolder();
  const [assets, scratch] = [join(root, 'assets'), join(root, 'scratch')];
  for (const folder of [assets, scratch]) mkdirSync(folder);
  return { root, assets, scratch };
}

/** A watch that stops the work at the first progress that fits; what was told, in order. */
function stopsAt(fits: (told: JobProgress) => boolean) {
  const stop = new AbortController();
  const told: JobProgress[] = [];
  const progress = (state: JobProgress): void => {
    told.push(state);
    if (fits(state)) stop.abort();
  };
  return { told, watch: { signal: stop.signal, progress } };
}

const layers = [1, 2, 3, 4].map((n) => ({ colour: [n * 40, 9, 9, 255] as const, width: 60, height: 40 }));
const size = { width: 80, height: 60 };

describe('a file with layers', () => {
  it.each([
    ['PSD', async (path: string) => writeFile(path, psdFile(size, layers))],
    ['OpenRaster', async (path: string) => writeFile(path, await oraFile(size, layers))],
  ])('(%s) stops between two of them', async (_, write) => {
    const { root, assets, scratch } = folders();
    const path = join(root, 'file');
    await write(path);
    const { told, watch } = stopsAt(({ stage, done }) => stage === 'layers' && done === 2);
    await expect(importFile({ path, id: 'doc', assets, scratch }, watch)).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(told.filter(({ stage }) => stage === 'layers').map(({ done }) => done)).toEqual([1, 2]);
    await expect.poll(() => existsSync(scratch)).toBe(false);
  });

  it('stops while it is placed as one picture, and the document has nothing of it', async () => {
    const { root, assets, scratch } = folders();
    const path = join(root, 'file.psd');
    await writeFile(path, psdFile(size, layers));
    const { told, watch } = stopsAt(({ stage, done }) => stage === 'layers' && done === 2);
    await expect(placePicture({ path, assets, scratch, canvas: size, fit: true }, watch)).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(told.at(-1)).toMatchObject({ stage: 'layers', done: 2 });
    await expect.poll(() => [readdirSync(assets), readdirSync(scratch)]).toEqual([[], []]);
  });
});

it('a file of several pages stops before the next one is read', async () => {
  const { root, assets, scratch } = folders();
  const path = join(root, 'pages.tif');
  await writeFile(path, tiffOf(Array.from({ length: 4 }, () => [40, 24] as const)));
  const { told, watch } = stopsAt(({ share = 0 }) => share >= 0.5);
  await expect(importFile({ path, id: 'doc', assets, scratch }, watch)).rejects.toMatchObject({ code: 'job.cancelled' });
  expect(Math.max(...told.map(({ share = 0 }) => share))).toBe(0.5);
});

it('a picture stops within the decoder, and its working files are gone when that has ended', async () => {
  const { root, assets, scratch } = folders();
  const path = join(root, 'large.png');
  await sharp({ create: { width: 6000, height: 5000, channels: 3, background: '#204080' } }).png({ compressionLevel: 1 }).toFile(path);
  const stop = new AbortController();
  const opened = importFile({ path, id: 'doc', assets, scratch }, { signal: stop.signal });
  opened.catch(() => undefined);
  await vi.waitUntil(() => readdirSync(scratch, { recursive: true }).some((name) => String(name).endsWith('decoded.tif')), { interval: 1, timeout: 20_000 });
  stop.abort();
  await expect(opened).rejects.toMatchObject({ code: 'job.cancelled' });
  expect(readdirSync(assets)).toEqual([]);
  await expect.poll(() => existsSync(scratch), { timeout: 20_000 }).toBe(false);
});

it('a placed picture stops between its tiles, and leaves none in the document, nor the file', async () => {
  const { root, assets, scratch } = folders();
  const path = join(root, 'a.png');
  await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#c04020' } }).png().toFile(path);
  const { told, watch } = stopsAt(({ stage, done }) => stage === 'tiles' && done === 2);
  const request = { path, assets, scratch, canvas: { width: 1200, height: 900 }, fit: true };
  await expect(placePicture(request, watch)).rejects.toMatchObject({ code: 'job.cancelled' });
  expect(told.at(-1)).toMatchObject({ stage: 'tiles', done: 2 });
  expect(readdirSync(assets)).toEqual([]);
  const { source, pixels } = await placePicture(request);
  const kept = readdirSync(assets).flatMap((shelf) => readdirSync(join(assets, shelf)));
  expect(kept.sort()).toEqual([...new Set([source, ...Object.values(pixels.tiles)])].sort());
});

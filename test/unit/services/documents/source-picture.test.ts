// Decoded pictures on the disk: kept while there is room, the longest unused ones gone first.
import { mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { dropOldSpools, openSource, takeSource } from '../../../../src-main/services/documents/source-picture.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

it('are dropped by their last use, and decoded again when they are wanted', async () => {
  const scratch = temporaryFolder();
  const assets = join(scratch, 'assets');
  mkdirSync(assets);
  const sources: string[] = [];
  for (const red of [10, 20, 30]) {
    const path = join(scratch, `${red}.png`);
    await sharp({ create: { width: 40, height: 30, channels: 3, background: { r: red, g: 0, b: 0 } } }).png().toFile(path);
    const { source, spool } = await takeSource(path, assets, scratch);
    spool.close();
    utimesSync(spool.path, red, red);
    sources.push(source);
  }
  const kept = (): string[] => sources.filter((source) => readdirSync(scratch).some((name) => name.startsWith(source)));
  const [first, second, third] = sources as [string, string, string];
  (await openSource(first, assets, scratch)).close();
  await dropOldSpools(scratch, 8000); // each has 3600 bytes of pixels and a header
  expect(kept()).toEqual([first, third]);
  await dropOldSpools(scratch, 0);
  expect(kept()).toEqual([first]);
  const again = await openSource(second, assets, scratch);
  expect([...again.readRegion({ x: 39, y: 29, width: 1, height: 1 }).data]).toEqual([20, 0, 0]);
  again.close();
});

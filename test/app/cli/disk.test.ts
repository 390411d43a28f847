// Disks that are really full or really read-only: a sentence of their own, and nothing that was there is damaged.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { smallDisk, smallDiskMissing } from '../../support/small-disk.ts';
import { styleNetwork } from '../../support/style-network.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { freshFolder, runCli } from './run-cli.ts';

const missing = smallDiskMissing();
if (missing) console.warn(`Full and read-only disks are not tested: ${missing}.`);

let picture: string;
let network: string;

beforeAll(async () => {
  const folder = freshFolder();
  [picture, network] = [join(folder, 'noise.png'), join(folder, 'turn.onnx')];
  writeFileSync(network, styleNetwork());
  await sharp({ create: { width: 900, height: 700, channels: 3, background: '#777777', noise: { type: 'gaussian', mean: 128, sigma: 50 } } }).png().toFile(picture);
});

const stylize = (out: string, home?: string) => runCli(['stylize', picture, '--style', network, '--stroke', 'native', '--out', out], home === undefined ? {} : { home });

describe.skipIf(missing)('on a disk of its own', () => {
  test('a full disk is told, keeps the earlier result whole and no leftovers', async () => {
    const { folder } = smallDisk(1);
    const out = join(folder, 'painted.png');
    writeFileSync(out, 'an earlier result');
    const run = await stylize(out);
    expect(run.stderr).toMatch(/disk is full: painted\.png was not written, and what was there before is untouched/);
    expect(run.code).toBe(1);
    expect(readdirSync(folder)).toEqual(['painted.png']);
    expect(readFileSync(out, 'utf8')).toBe('an earlier result');
  });

  test('a read-only folder is told before anything is painted', async () => {
    const disk = smallDisk(1);
    const out = join(disk.folder, 'painted.png');
    writeFileSync(out, 'an earlier result');
    disk.makeReadOnly();
    const run = await stylize(out);
    expect(run.stderr).toMatch(/painted\.png cannot be written: the folder or the disk is read-only/);
    expect(run.stderr).not.toMatch(/painting/);
    expect(run.code).toBe(1);
    expect(readFileSync(out, 'utf8')).toBe('an earlier result');
  });

  test('no room for the work itself is told before it begins', async () => {
    const { folder } = smallDisk(1);
    const out = join(temporaryFolder(), 'painted.png');
    const run = await stylize(out, join(folder, 'home'));
    expect(run.stderr).toMatch(/The disk is full/);
    expect(run.stderr).not.toMatch(/painting/);
    expect(run.code).toBe(1);
  });

  test('a library whose folders cannot be made on a read-only disk says so', async () => {
    const disk = smallDisk(1);
    disk.makeReadOnly();
    const run = await stylize(join(temporaryFolder(), 'painted.png'), join(disk.folder, 'deep', 'home'));
    expect(run.stderr).toMatch(/deep cannot be written: the folder or the disk is read-only/);
    expect(run.stderr).not.toContain(disk.folder);
    expect(run.code).toBe(1);
  });
});

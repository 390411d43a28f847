// Fetching Electron's runtime by its own installer: how far it is, when it is given up, and what is said then.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fetchElectron } from '../../../build/electron-runtime.mjs';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function installer(script: string): string {
  const path = join(temporaryFolder(), 'install.cjs');
  writeFileSync(path, script);
  return path;
}

test('tells how many bytes have come, and nothing more once it is there', async () => {
  const told: (number | undefined)[] = [];
  const seen = join(temporaryFolder(), 'seen');
  const script = `
    const { existsSync, writeFileSync } = require('node:fs'), { join } = require('node:path'), os = require('node:os');
    writeFileSync(join(os.tmpdir(), 'archive.zip'), Buffer.alloc(1234));
    setInterval(() => existsSync(${JSON.stringify(seen)}) && process.exit(0), 20);`;
  const tell = (bytes: number | undefined): void => {
    told.push(bytes);
    if (bytes === 1234) writeFileSync(seen, '');
  };
  expect(await fetchElectron({ installer: installer(script), tell })).toBeUndefined();
  expect(told).toContain(1234);
  expect(told.at(-1)).toBeUndefined();
});

test('says the installer’s own reason', async () => {
  const script = `console.error('TypeError: fetch failed\\n    at node:internal'); process.exit(1);`;
  expect(await fetchElectron({ installer: installer(script), tell: () => undefined })).toBe('TypeError: fetch failed');
});

test('gives up when nothing comes', async () => {
  const script = 'setInterval(() => undefined, 1000);';
  expect(await fetchElectron({ installer: installer(script), patienceMs: 1000, tell: () => undefined })).toBe('nothing came for 1 s');
});

// Zip files as OpenRaster uses them: small ones plain, large ones with the 64-bit extension, all of them read by others and back.
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { directoryEntry, endRecords, plainBounds } from '../../../src-main/services/openraster/zip-records.ts';
import { openZip } from '../../../src-main/services/openraster/zip-reader.ts';
import { createZip } from '../../../src-main/services/openraster/zip-writer.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const words = Buffer.from('words, '.repeat(1000));
const noise = randomBytes(70_000);

async function written(bounds?: { readonly bytes: number; readonly entries: number }, extra = 0): Promise<{ readonly path: string; readonly folder: string }> {
  const folder = temporaryFolder();
  const path = join(folder, 'a.zip');
  const source = join(folder, 'noise');
  writeFileSync(source, noise);
  const zip = await createZip(path, bounds);
  await zip.add('mimetype', Buffer.from('image/openraster'));
  await zip.add('文/words', words, 'deflated');
  await zip.addFile('noise', source);
  await zip.add('empty', new Uint8Array());
  for (let i = 0; i < extra; i++) await zip.add(`part-${i}`, Buffer.from([i & 255]));
  await zip.end();
  await zip.close();
  return { path, folder };
}

async function readBack(path: string, folder: string): Promise<void> {
  const zip = await openZip(path, 'a.zip');
  expect([...zip.names].slice(0, 4)).toEqual(['mimetype', '文/words', 'noise', 'empty']);
  expect(Buffer.from((await zip.read('文/words'))!).equals(words)).toBe(true);
  expect(Buffer.from((await zip.read('noise'))!).equals(noise)).toBe(true);
  expect((await zip.read('empty'))!.byteLength).toBe(0);
  expect(await zip.read('nothing')).toBeUndefined();
  for (const [name, bytes] of [['文/words', words], ['noise', noise], ['empty', Buffer.alloc(0)]] as const) {
    const hash = createHash('sha256');
    const to = join(folder, `out-${bytes.byteLength}`);
    expect(await zip.unpack(name, to, (part) => hash.update(part))).toBe(true);
    expect(readFileSync(to).equals(bytes)).toBe(true);
    expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
  expect(await zip.unpack('nothing', join(folder, 'none'))).toBe(false);
  await zip.close();
}

const has = (bytes: Buffer, signature: number): boolean => bytes.includes(Buffer.from(new Uint32Array([signature]).buffer));

test('a small file is plain, and read by others', async () => {
  const { path, folder } = await written();
  await readBack(path, folder);
  const bytes = readFileSync(path);
  expect([has(bytes, 0x06064b50), has(bytes, 0x07064b50)]).toEqual([false, false]);
  expect(Buffer.from(unzipSync(bytes)['文/words']!).equals(words)).toBe(true);
});

test('sizes, places and counts beyond the bounds stand in the 64-bit extension', async () => {
  for (const bounds of [{ bytes: 5000, entries: 0xffff }, { bytes: 0xffff_ffff, entries: 3 }, { bytes: 0, entries: 0 }]) {
    const { path, folder } = await written(bounds);
    expect(has(readFileSync(path), 0x06064b50)).toBe(true);
    await readBack(path, folder);
  }
});

test('another program reads and checks files with the extension', async (context) => {
  const python = (script: string, ...args: string[]): string => execFileSync('python3', ['-c', script, ...args], { encoding: 'utf8' });
  try {
    python('import zipfile');
  } catch {
    return context.skip('needs python3');
  }
  for (const bounds of [undefined, { bytes: 5000, entries: 0xffff }, { bytes: 0, entries: 0 }]) {
    const { path } = await written(bounds);
    expect(python('import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()), len(z.read("noise")))', path).trim()).toBe('None 4 70000');
  }
});

test('more parts than 16 bits count are written and read', async () => {
  const { path, folder } = await written(undefined, 65_600);
  await readBack(path, folder);
  const zip = await openZip(path, 'a.zip');
  expect(zip.names.size).toBe(65_604);
  expect((await zip.read('part-65599'))![0]).toBe(65_599 & 255);
  await zip.close();
});

test('what lies beyond 4 GB is read', async (context) => {
  const folder = temporaryFolder();
  if (process.platform === 'win32') return context.skip('a hole in a file takes room here');
  const [path, far] = [join(folder, 'far.zip'), 2 ** 32 + 12_345];
  const small = await createZip(join(folder, 'tail.zip'));
  await small.add('end.txt', words, 'deflated');
  await small.end();
  await small.close();
  const tail = readFileSync(join(folder, 'tail.zip'));
  const file = openSync(path, 'w');
  const directoryAt = tail.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  writeSync(file, tail, 0, directoryAt, far);
  const entry = directoryEntry({ name: Buffer.from('end.txt'), method: 8, crc: tail.readUInt32LE(14), packed: tail.readUInt32LE(18), size: tail.readUInt32LE(22), offset: far }, plainBounds);
  writeSync(file, Buffer.concat([entry, endRecords(1, entry.byteLength, far + directoryAt, plainBounds)]), 0, null, far + directoryAt);
  closeSync(file);
  const zip = await openZip(path, 'far.zip');
  expect(Buffer.from((await zip.read('end.txt'))!).equals(words)).toBe(true);
  await zip.close();
  expect(statSync(path).size).toBeGreaterThan(2 ** 32);
});

test('damaged and hostile files are refused by name, whatever byte is wrong', async () => {
  const { path, folder } = await written({ bytes: 5000, entries: 3 });
  const good = readFileSync(path);
  const tried = join(folder, 'tried.zip');
  const read = async (bytes: Uint8Array): Promise<string> => {
    writeFileSync(tried, bytes);
    try {
      const zip = await openZip(tried, 'tried.zip');
      try {
        for (const name of zip.names) await zip.read(name);
      } finally {
        await zip.close();
      }
      return 'read';
    } catch (thrown) {
      return (thrown as { code: string }).code;
    }
  };
  expect(await read(good)).toBe('read');
  for (const length of [0, 10, 30, good.length >> 1, good.length - 1]) expect(await read(good.subarray(0, length))).toBe('file.not-a-document');
  for (let at = good.length - 700; at < good.length; at++) {
    const bytes = Buffer.from(good);
    bytes[at] = bytes[at]! ^ 0xff;
    expect(await read(bytes)).toMatch(/^(read|file\.not-a-document)$/);
  }
  const wrong = Buffer.from(good);
  wrong[wrong.indexOf(noise.subarray(0, 16)) + 500]! ^= 1;
  expect(await read(wrong)).toBe('file.not-a-document'); // Its sum says so.
});

// The artist's folder copied: all that is the studio's, compared, whole or not at all; the first stays as it was.
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import * as disk from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { copyHome } from '../../../../src-main/services/home/copy-home.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

vi.mock('node:fs/promises', async (original) => ({ ...(await original<typeof disk>()) }));

const kept: Readonly<Record<string, string>> = {
  'documents/a/base.json': '{"record":1}',
  'documents/a/assets/0f/0f00': 'pixels',
  'styles/blue.vstyle': 'numbers',
  'teaching/run/1/painting.png': 'paint',
  'settings.json': '{"formatVersion":1}',
  'browser-address.json': 'a key',
};
const others = ['documents/a/lock', 'documents/a/assets/0f/0f01.ab.tmp', 'library.lock', 'work/velatura-1-x-abcdef/spool.tif', 'GPUCache/data_0', 'home.json', 'my letter.txt'];

let from: string;
let to: string;

beforeEach(() => {
  [from, to] = [temporaryFolder(), temporaryFolder()];
  for (const path of [...Object.keys(kept), ...others]) {
    mkdirSync(join(from, dirname(path)), { recursive: true });
    writeFileSync(join(from, path), kept[path] ?? 'x');
  }
  utimesSync(join(from, 'settings.json'), 1000, 1000);
});
afterEach(() => void vi.restoreAllMocks());

const watched = (progress: (done: number, total: number) => void = () => undefined) => ({ signal: new AbortController().signal, progress });
const filesIn = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();

it('copies what is the studio’s with its times, tells how far, and leaves the first as it was', async () => {
  const told: number[][] = [];
  const before = filesIn(from);
  await copyHome(from, to, watched((...news) => told.push(news)));
  expect(filesIn(to)).toEqual(Object.keys(kept).sort());
  for (const [path, words] of Object.entries(kept)) expect(readFileSync(join(to, path), 'utf8')).toBe(words);
  expect(statSync(join(to, 'settings.json')).mtimeMs).toBe(1_000_000);
  const total = Object.values(kept).join('').length;
  expect(told.at(-1)).toEqual([total, total]);
  expect(filesIn(from)).toEqual(before);
});

it('takes no copy that differs, and leaves nothing of it', async () => {
  const { utimes } = await vi.importActual<typeof disk>('node:fs/promises');
  vi.spyOn(disk, 'utimes').mockImplementation(async (target, ...times) => {
    if (String(target).endsWith('0f00')) writeFileSync(String(target), 'pixelz');
    await utimes(target, ...times);
  });
  await expect(copyHome(from, to, watched())).rejects.toMatchObject({ code: 'home.not-copied', details: { file: '0f00' } });
  expect(readdirSync(to)).toEqual([]);
});

it('a disk that is full leaves nothing there', async () => {
  vi.spyOn(disk, 'open').mockRejectedValue(Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }));
  await expect(copyHome(from, to, watched())).rejects.toMatchObject({ code: 'disk.full' });
  expect(readdirSync(to)).toEqual([]);
});

it('stopped in the middle of a file, it leaves nothing of its own there and everything of others', async () => {
  writeFileSync(join(from, 'styles/large.vstyle'), Buffer.alloc(8 << 20, 7));
  writeFileSync(join(to, '.hidden'), 'of another program');
  const before = filesIn(from);
  const stop = new AbortController();
  const told: number[] = [];
  const progress = (done: number, total: number): void => {
    told.push(done / total);
    if (done > total / 4) stop.abort();
  };
  await expect(copyHome(from, to, { signal: stop.signal, progress })).rejects.toMatchObject({ code: 'job.cancelled' });
  expect(Math.max(...told)).toBeLessThan(0.5);
  expect(filesIn(to)).toEqual(['.hidden']);
  expect(readdirSync(to)).toEqual(['.hidden']);
  expect(filesIn(from)).toEqual(before);
});

// Bytes by their place in a file: all of them, however few the disk takes or gives at once.
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chunksOf, partOf, writePart } from '../../../src-main/services/file-parts.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('writes what a disk takes three bytes at a time, and no more than it is given', async () => {
  const file = await open(join(temporaryFolder(), 'parts'), 'w+');
  const slow = { write: (bytes: Uint8Array, from: number, length: number, at: number) => file.write(bytes, from, Math.min(3, length), at) } as unknown as FileHandle;
  await writePart(slow, Buffer.from('a nearly full disk'), 4);
  expect((await partOf(file, 0, 100)).toString()).toBe('\0\0\0\0a nearly full disk');
  expect([(await partOf(file, 4, 8)).toString(), (await partOf(file, 90, 5)).byteLength]).toEqual(['a nearly', 0]);
  await file.close();
});

it('says so where a file ends before its part does', async () => {
  const file = await open(join(temporaryFolder(), 'parts'), 'w+');
  await writePart(file, Buffer.from('short'), 0);
  const read = async (): Promise<void> => {
    for await (const _ of chunksOf(file, 0, 9)) continue;
  };
  await expect(read()).rejects.toThrow(RangeError);
  await file.close();
});

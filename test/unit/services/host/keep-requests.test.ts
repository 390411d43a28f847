// Pictures a page sends: to be compared, or to be written.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepRequests } from '../../../../src-main/services/host/keep-requests.ts';
import { smallPicture } from '../../../support/scripted-gallery.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const file = { upload: 'u', name: 'sent.png' };

async function sent(bytes: Uint8Array) {
  const folder = temporaryFolder();
  const path = join(folder, 'sent.png');
  await writeFile(path, bytes);
  const [shelved, kept]: [Uint8Array[], string[]] = [[], []];
  const dropped: unknown[] = [];
  const requests = keepRequests({
    uploads: { receive: async () => '', pathOf: async () => path, drop: async (used) => void dropped.push(used) },
    pictures: { put: async (put) => `picture-${shelved.push(put)}`, get: async () => undefined, pathOf: () => undefined },
    kept: {
      get: () => undefined,
      keep: async (name, write) => {
        const file = join(folder, 'kept', name);
        await write(file);
        kept.push(file);
        return { name, address: `/exports/1/${name}`, bytes: 1 };
      },
    },
  });
  await mkdir(join(folder, 'kept'));
  return { ...requests, folder, shelved, kept, dropped };
}

async function keep(bytes: Uint8Array): Promise<{ picture: string; shelved: Uint8Array[]; dropped: number }> {
  const { 'pictures.keep': ask, shelved, dropped } = await sent(bytes);
  return { ...(await ask({ file })), shelved, dropped: dropped.length };
}

test('a picture that was sent is shelved as it is, and the upload is forgotten', async () => {
  const bytes = await smallPicture(1);
  const { picture, shelved, dropped } = await keep(bytes);
  expect(picture).toBe('picture-1');
  expect(Buffer.from(shelved[0] ?? []).equals(Buffer.from(bytes))).toBe(true);
  expect(dropped).toBe(1);
});

test('what is no picture of the page is refused', async () => {
  await expect(keep(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).rejects.toMatchObject({ code: 'picture.not-a-picture' });
  await expect(keep(Buffer.from(''))).rejects.toMatchObject({ code: 'picture.not-a-picture' });
});

test('a picture that was sent is written where the artist wants it, or kept to be fetched', async () => {
  const bytes = await smallPicture(2);
  const { 'pictures.save': save, folder, kept, dropped } = await sent(bytes);
  const out = join(folder, 'mine', 'both');
  expect(await save({ file, name: 'comparison.png', out })).toEqual({ name: 'both.png', path: `${out}.png`, bytes: bytes.length });
  expect(await readFile(`${out}.png`)).toEqual(Buffer.from(bytes));
  expect(await save({ file, name: 'comparison.png' })).toMatchObject({ address: '/exports/1/comparison.png' });
  expect(await readFile(kept[0]!)).toEqual(Buffer.from(bytes));
  expect(dropped).toHaveLength(2);
});

test('what is no picture is written nowhere', async () => {
  const { 'pictures.save': save, folder } = await sent(Buffer.from('no picture'));
  await expect(save({ file, name: 'comparison.png', out: join(folder, 'mine', 'both.png') })).rejects.toMatchObject({ code: 'picture.not-a-picture' });
  expect(await readdir(folder)).not.toContain('mine');
});

// Pictures a page sends to be compared.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepRequests } from '../../../../src-main/services/host/keep-requests.ts';
import { smallPicture } from '../../../support/scripted-gallery.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

async function keep(bytes: Uint8Array): Promise<{ picture: string; shelved: Uint8Array[]; dropped: number }> {
  const path = join(temporaryFolder(), 'sent.png');
  await writeFile(path, bytes);
  const shelved: Uint8Array[] = [];
  let dropped = 0;
  const { 'pictures.keep': ask } = keepRequests({
    uploads: { receive: async () => '', pathOf: async () => path, drop: async () => void dropped++ },
    pictures: { put: async (put) => `picture-${shelved.push(put)}`, get: async () => undefined, pathOf: () => undefined },
  });
  return { ...(await ask({ file: { upload: 'u', name: 'sent.png' } })), shelved, dropped };
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

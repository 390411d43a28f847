// Which files a batch reads and where its results go.
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labelOf, picturesIn, placeResults } from '../../../src-main/services/picture-files.ts';

function folderWith(...names: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'velatura-files-'));
  for (const name of names) writeFileSync(join(folder, name), '');
  return folder;
}

test('a folder stands for its pictures, in the order a person counts', async () => {
  const folder = folderWith('b10.jpg', 'b2.JPG', 'notes.txt', '.hidden.png', 'a.tiff');
  expect(await picturesIn(folder)).toEqual(['a.tiff', 'b2.JPG', 'b10.jpg'].map((name) => join(folder, name)));
});

test('a picture that is not there is named without its folder', async () => {
  await expect(picturesIn('/nowhere/at/all.jpg')).rejects.toMatchObject({ code: 'picture.missing', details: { file: 'all.jpg' } });
});

test('one picture goes to the file named', async () => {
  const folder = folderWith();
  expect(await placeResults(['x.jpg'], join(folder, 'y.png'), 's')).toEqual([{ picture: 'x.jpg', out: join(folder, 'y.png') }]);
});

test('results without --out lie beside their pictures and carry the style’s name', async () => {
  expect(await placeResults(['p/a.jpg', 'p/b.gif'], undefined, 'starry')).toEqual([
    { picture: 'p/a.jpg', out: join('p', 'a-starry.jpg') },
    { picture: 'p/b.gif', out: join('p', 'b-starry.png') },
  ]);
});

test('pictures of one name do not replace each other', async () => {
  const folder = folderWith();
  const places = await placeResults(['p/a.jpg', 'q/a.jpg'], folder, 's');
  expect(places.map(({ out }) => out)).toEqual([join(folder, 'a-s.jpg'), join(folder, 'a-s-2.jpg')]);
});

test('a missing folder is made, but not a missing path', async () => {
  const folder = folderWith();
  await placeResults(['a.jpg', 'b.jpg'], join(folder, 'new'), 's');
  expect(readdirSync(folder)).toEqual(['new']);
  await expect(placeResults(['a.jpg'], join(folder, 'no', 'such', 'y.png'), 's')).rejects.toMatchObject({ code: 'disk.no-folder', details: { folder: 'such' } });
});

test('a file where a folder is needed is said so', async () => {
  const folder = folderWith('file');
  mkdirSync(join(folder, 'd'));
  await expect(placeResults(['a.jpg'], join(folder, 'file', 'y.png'), 's')).rejects.toMatchObject({ code: 'disk.no-folder' });
});

test('a style’s name becomes a part of a file name', () => {
  expect(labelOf(['/home/me/My Style.vstyle', 'candy.onnx', '星空'])).toBe('My-Style+candy+星空');
});

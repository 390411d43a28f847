// A part of a picture file: the same pixels as the whole has there, upright, and refused where it sticks out.
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { decodePixels, encodePixels } from '../../../../src-main/engine/image/codec.ts';
import { filledPicture } from '../../../support/painted-picture.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const picture = filledPicture(60, 40, (x, y) => [4 * x, 6 * y, (x * y) % 256]);

test('a part of a picture has the pixels that the whole has there', async () => {
  const file = join(temporaryFolder(), 'a.png');
  await encodePixels(picture, file);
  const region = { x: 11, y: 7, width: 20, height: 16 };
  const part = await decodePixels(file, { region });
  const expected = filledPicture(20, 16, (x, y) => [4 * (x + 11), 6 * (y + 7), ((x + 11) * (y + 7)) % 256]);
  expect(part).toEqual(expected);
  expect(await decodePixels(file, { region, longSide: 40, enlarge: true })).toMatchObject({ width: 40, height: 32 });
});

test('a part is counted on the upright picture', async () => {
  const file = join(temporaryFolder(), 'turned.png');
  await sharp(Buffer.from(picture.data), { raw: { width: 60, height: 40, channels: 3 } }).withMetadata({ orientation: 6 }).png().toFile(file);
  const upright = await decodePixels(file);
  expect([upright.width, upright.height]).toEqual([40, 60]);
  const part = await decodePixels(file, { region: { x: 25, y: 30, width: 10, height: 12 } });
  const at = (x: number, y: number): number[] => [...upright.data.subarray(3 * (y * 40 + x), 3 * (y * 40 + x) + 3)];
  expect([...part.data.subarray(0, 3)]).toEqual(at(25, 30));
  expect([...part.data.subarray(-3)]).toEqual(at(34, 41));
});

test.each([
  { x: 50, y: 0, width: 11, height: 20 },
  { x: 0, y: 0, width: 20, height: 7 },
])('a part that sticks out or is tiny is refused with the size of the picture', async (region) => {
  const file = join(temporaryFolder(), 'a.png');
  await encodePixels(picture, file);
  await expect(decodePixels(file, { region })).rejects.toMatchObject({ code: 'picture.crop-outside', details: { file: 'a.png', width: 60, height: 40 } });
});

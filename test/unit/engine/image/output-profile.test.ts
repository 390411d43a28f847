// Colour spaces of files: real conversions, real profiles.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PixelBuffer } from '../../../../src-main/contract/image.ts';
import { decodePixels, encodeFromSpool, inspectPicture } from '../../../../src-main/engine/image/codec.ts';
import { outputProfile } from '../../../../src-main/engine/image/output-profile.ts';
import { createSpool } from '../../../../src-main/engine/image/spool.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'velatura-profile-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A cube of colours, primaries and white among them. */
function colours(depth: 8 | 16): PixelBuffer {
  const top = depth === 8 ? 255 : 65535;
  const data = depth === 8 ? new Uint8Array(16 * 32 * 3) : new Uint16Array(16 * 32 * 3);
  for (let i = 0; i < 512; i++) [i & 7, (i >> 3) & 7, i >> 6].forEach((step, c) => (data[3 * i + c] = Math.round((step / 7) * top)));
  return { width: 32, height: 16, channels: 3, depth, data } as PixelBuffer;
}

test.each([['display-p3', 8], ['display-p3', 16], ['adobe-rgb', 8], ['adobe-rgb', 16]] as const)('%s of %i bit, read back by the image library, is the sRGB picture it was', async (name, depth) => {
  const profile = outputProfile(name)!;
  const pixels = colours(depth);
  const before = pixels.data.slice();
  profile.convert(pixels);
  expect(pixels.data).not.toEqual(before);
  const path = join(folder, `${name}-${depth}.tif`);
  const spool = await createSpool(path, { width: 32, height: 16, channels: 3, depth }, profile.bytes);
  spool.writeRegion({ x: 0, y: 0 }, pixels);
  spool.close();
  const out = join(folder, `${name}-${depth}.png`);
  await encodeFromSpool(path, out);
  expect((await inspectPicture(out)).profile).toMatch(name === 'display-p3' ? /^Display P3$/ : /Adobe RGB/);
  const { data } = await decodePixels(out, { depth });
  const top = depth === 8 ? 255 : 65535;
  const worst = (counts: (value: number) => boolean): number => Array.from<number>(data).reduce((most, value, i) => (counts(before[i]!) ? Math.max(most, Math.abs(value - before[i]!)) : most), 0) / top;
  expect(worst((value) => value > 0)).toBeLessThan(4 / 255);
  // the library's own curve of sRGB is coarse near black
  expect(worst((value) => value === 0)).toBeLessThan(16 / 255);
});

test('the red of sRGB has the numbers of Display P3 and Adobe RGB that are known for it, and grey stays grey', () => {
  const red = (name: 'display-p3' | 'adobe-rgb'): number[] => {
    const pixels: PixelBuffer = { width: 2, height: 1, channels: 3, depth: 8, data: Uint8Array.of(255, 0, 0, 128, 128, 128) };
    outputProfile(name)!.convert(pixels);
    return [...pixels.data];
  };
  expect(red('display-p3')).toEqual([234, 51, 35, 128, 128, 128]);
  expect(red('adobe-rgb').slice(0, 3)).toEqual([219, 0, 0]);
  expect(outputProfile('srgb')).toBeUndefined();
});

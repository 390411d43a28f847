// What the system's clipboard gives back of a copy is known again; what is another picture by a little is not.
import { expect, test } from 'vitest';
import type { PixelBuffer } from '../../../../src-main/contract/image.ts';
import { pixelsAt } from '../../../../src-main/raster/pixels.ts';
import { showsRows } from '../../../../src-renderer/canvas/same-picture.ts';

const size = { width: 16, height: 12, channels: 4 as const };
const pixels: PixelBuffer = { ...size, depth: 16, data: Uint16Array.from({ length: 16 * 12 * 4 }, (_, at) => (at * 9973) % 65536) };
/** As a canvas holds it: colours times alpha in 8 bit and back. */
const throughCanvas = (from: PixelBuffer): Uint8ClampedArray => {
  const shown = Uint8ClampedArray.from(pixelsAt(from, 8).data);
  for (let at = 0; at < shown.length; at += 4) {
    const alpha = shown[at + 3] ?? 0;
    for (let c = at; c < at + 3; c++) shown[c] = alpha === 0 ? 0 : (Math.round(((shown[c] ?? 0) * alpha) / 255) * 255) / alpha;
  }
  return shown;
};

test('a copy of 16 bit is known again after a canvas has rounded it to 8', () => {
  expect(showsRows(throughCanvas(pixels), pixels, 0)).toBe(true);
  expect(showsRows(throughCanvas(pixels).subarray(5 * 16 * 4), pixels, 5)).toBe(true);
});

test.each([
  ['one colour', 0, 12],
  ['one alpha', 3, 12],
])('a picture that differs in %s is another', (_, channel, by) => {
  const shown = throughCanvas(pixels);
  const at = [...shown.keys()].find((index) => index % 4 === 3 && (shown[index] ?? 0) > 240) ?? 3;
  const place = at - 3 + channel;
  shown[place] = (shown[place] ?? 0) + ((shown[place] ?? 0) > 128 ? -by : by);
  expect(showsRows(shown, pixels, 0)).toBe(false);
});

test('pixels of 8 bit are those of 16 and back', () => {
  const bytes: PixelBuffer = { ...size, width: 8, height: 8, depth: 8, data: Uint8Array.from({ length: 256 }, (_, value) => value) };
  expect(pixelsAt(pixelsAt(bytes, 16), 8)).toEqual(bytes);
});

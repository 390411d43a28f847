// Picture files in and out: colour, depth, orientation, damage.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resultOf } from '../../../../src-main/contract/result.ts';
import type { PixelBuffer } from '../../../../src-main/contract/image.ts';
import { createResultSpool, decodePixels, decodeToSpool, encodeFromSpool, encodePixels, inspectPicture, readRecipe } from '../../../../src-main/engine/image/codec.ts';
import { openSpool } from '../../../../src-main/engine/image/spool.ts';

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'velatura-codec-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function pattern(width: number, height: number, channels: 3 | 4, depth: 8 | 16): PixelBuffer {
  const data = depth === 8 ? new Uint8Array(width * height * channels) : new Uint16Array(width * height * channels);
  const top = depth === 8 ? 256 : 65536;
  for (let i = 0; i < data.length; i++) data[i] = (i * 7919 + (i >> 5) * 104729) % top;
  return { width, height, channels, depth, data } as PixelBuffer;
}

/** Compared here and not by the runner, which would print the difference of thousands of numbers. */
function sameSamples(a: PixelBuffer, b: PixelBuffer): boolean {
  return a.depth === b.depth && a.channels === b.channels && a.data.length === b.data.length && a.data.every((value, i) => value === b.data[i]);
}

const flat = (r: number, g: number, b: number): Buffer => Buffer.from(Array.from({ length: 32 * 32 }, () => [r, g, b]).flat());
const raw32 = { raw: { width: 32, height: 32, channels: 3 as const } };

async function decoded(name: string): Promise<PixelBuffer> {
  await decodeToSpool(at(name), at('spool.tif'));
  const spool = openSpool(at('spool.tif'));
  try {
    return spool.readRegion({ x: 0, y: 0, ...spool.shape });
  } finally {
    spool.close();
  }
}

async function codeOf(action: Promise<unknown>): Promise<string> {
  const result = await resultOf(() => action);
  return result.ok ? 'ok' : result.fault.code;
}

describe('pixels through files', () => {
  it.each([
    ['png', 3, 8], ['png', 4, 8], ['png', 3, 16], ['png', 4, 16], ['tiff', 3, 8], ['tiff', 4, 8], ['tiff', 3, 16], ['tif', 4, 16],
  ] as const)('come back exactly from %s with %i channels of %i bit', async (ending, channels, depth) => {
    const pixels = pattern(70, 41, channels, depth);
    await encodePixels(pixels, at(`exact.${ending}`), { recipe: '{"a":1}', dpi: 300 });
    const back = await decoded(`exact.${ending}`);
    expect(back.depth).toBe(depth);
    expect(back.channels).toBe(channels);
    expect(sameSamples(back, pixels)).toBe(true);
    const metadata = await sharp(at(`exact.${ending}`)).metadata();
    expect(metadata.hasProfile).toBe(true);
    expect(metadata.density).toBe(300);
  });

  it('go from a result spool to a file and back exactly', async () => {
    const pixels = pattern(300, 517, 4, 16);
    const spool = await createResultSpool(at('result.tif'), pixels);
    spool.writeRegion({ x: 0, y: 0 }, pixels);
    spool.close();
    await encodeFromSpool(at('result.tif'), at('result.png'));
    expect(sameSamples(await decoded('result.png'), pixels)).toBe(true);
  });

  it('keep their colours in JPEG and WebP, whole chroma resolution included', async () => {
    const stripes = flat(0, 0, 0).map((_, i) => (i % 6 < 3 ? (i % 3 === 0 ? 220 : 30) : i % 3 === 2 ? 220 : 30));
    const pixels: PixelBuffer = { width: 32, height: 32, channels: 3, depth: 8, data: new Uint8Array(stripes) };
    await encodePixels(pixels, at('stripes.jpg'));
    const back = await decoded('stripes.jpg');
    const differences = Array.from(back.data, (value, i) => Math.abs(value - pixels.data[i]!));
    expect(Math.max(...differences)).toBeLessThan(40);
  });

  it('show transparent parts over white in JPEG', async () => {
    const pixels = pattern(32, 32, 4, 8);
    pixels.data.forEach((_, i) => i % 4 === 3 && (pixels.data[i] = 0));
    await encodePixels(pixels, at('white.jpg'));
    expect(Math.min(...(await decoded('white.jpg')).data)).toBeGreaterThan(250);
  });
});

describe('colour profiles', () => {
  it('of a Display P3 file are honoured at 8 and at 16 bit, in both decoders', async () => {
    await sharp(flat(200, 40, 90), raw32).withIccProfile('p3').png().toFile(at('p3.png'));
    const stored = await sharp(at('p3.png'), { ignoreIcc: true }).raw().toBuffer();
    expect(stored[0]).toBeLessThan(190);
    const wide = Uint16Array.from(stored, (value) => value * 257);
    await sharp(wide, raw32).toColourspace('rgb16').withIccProfile('p3').png().toFile(at('p3-16.png'));
    for (const [name, unit] of [['p3.png', 1], ['p3-16.png', 257]] as const) {
      const { data } = await decoded(name);
      [200, 40, 90].forEach((value, c) => expect(Math.abs(data[c]! / unit - value)).toBeLessThan(1));
      const small = await decodePixels(at(name));
      [200, 40, 90].forEach((value, c) => expect(Math.abs(small.data[c]! - value)).toBeLessThanOrEqual(1));
    }
    const info = await inspectPicture(at('p3.png'));
    expect(info.profile).toMatch(/p3/i);
    expect(info.warnings).toContain('picture.profile-converted');
  });

  it('are assumed to be sRGB where a 16-bit file has none', async () => {
    await sharp(Uint16Array.from(flat(200, 40, 90), (v) => v * 257), raw32).toColourspace('rgb16').png().toFile(at('plain-16.png'));
    expect([...(await decoded('plain-16.png')).data.subarray(0, 3)]).toEqual([200 * 257, 40 * 257, 90 * 257]);
  });

  it('of a CMYK file lead to RGB, with a warning', async () => {
    await sharp(flat(200, 120, 90), raw32).withIccProfile('cmyk').jpeg({ quality: 100 }).toFile(at('cmyk.jpg'));
    const info = await inspectPicture(at('cmyk.jpg'));
    expect(info).toMatchObject({ space: 'cmyk', warnings: expect.arrayContaining(['picture.cmyk-converted']) });
    const { data, channels } = await decoded('cmyk.jpg');
    expect(channels).toBe(3);
    [200, 120, 90].forEach((value, c) => expect(Math.abs(data[c]! - value)).toBeLessThan(25));
  });
});

describe('sources of every kind', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('stand upright from EXIF orientation %i', async (orientation) => {
    const { data } = pattern(600, 523, 3, 8);
    await sharp(data, { raw: { width: 600, height: 523, channels: 3 } }).withMetadata({ orientation }).png().toFile(at('turned.png'));
    const expected = await sharp(at('turned.png')).autoOrient().raw().toBuffer({ resolveWithObject: true });
    const back = await decoded('turned.png');
    expect([back.width, back.height]).toEqual([expected.info.width, expected.info.height]);
    expect(Buffer.compare(Buffer.from(back.data), expected.data)).toBe(0);
    expect(await inspectPicture(at('turned.png'))).toMatchObject({ width: back.width, height: back.height });
    expect(readdirSync(folder).filter((name) => name.includes('stored'))).toEqual([]);
  });

  it('in grey become RGB, at 8 and at 16 bit, with alpha too', async () => {
    await sharp(Buffer.alloc(1024, 99), { raw: { width: 32, height: 32, channels: 1 } }).toColourspace('b-w').png().toFile(at('grey.png'));
    expect(await decoded('grey.png')).toMatchObject({ channels: 3, depth: 8 });
    await sharp(new Uint16Array(1024).fill(20000), { raw: { width: 32, height: 32, channels: 1 } }).toColourspace('grey16').png().toFile(at('grey16.png'));
    const wide = await decoded('grey16.png');
    expect([wide.channels, wide.depth, wide.data[0]]).toEqual([3, 16, 20000]);
    await sharp(Buffer.alloc(2048, 77), { raw: { width: 32, height: 32, channels: 2 } }).toColourspace('b-w').png().toFile(at('grey-alpha.png'));
    expect(await decoded('grey-alpha.png')).toMatchObject({ channels: 4, depth: 8 });
  });

  it.each(['gif', 'webp'] as const)('that are animated (%s) give their first frame and a warning', async (format) => {
    const frames = Buffer.concat([flat(250, 10, 10), flat(10, 250, 10)]);
    await sharp(frames, { raw: { width: 32, height: 64, channels: 3, pageHeight: 32 } }).toFormat(format, { lossless: true }).toFile(at(`moving.${format}`));
    const info = await inspectPicture(at(`moving.${format}`));
    expect(info).toMatchObject({ width: 32, height: 32, pages: 2, warnings: expect.arrayContaining(['picture.animated']) });
    const first = await decoded(`moving.${format}`);
    expect([first.width, first.height]).toEqual([32, 32]);
    expect(first.data[0]).toBeGreaterThan(200);
  });

  it('reach full white and full cover when 8 bits are read as 16, and when 16-bit files get an alpha channel', async () => {
    for (const depth of [8, 16] as const) {
      const white = pattern(16, 16, 3, depth);
      white.data.fill(depth === 8 ? 255 : 65535);
      await encodePixels(white, at('all-white.png'));
      expect((await decodePixels(at('all-white.png'), { depth: 16, alpha: true })).data.every((value) => value === 65535)).toBe(true);
    }
  });

  it('are reduced in memory to a long or a short side and not enlarged unless asked', async () => {
    await encodePixels(pattern(200, 100, 3, 8), at('size.png'));
    expect(await decodePixels(at('size.png'), { longSide: 50 })).toMatchObject({ width: 50, height: 25, channels: 3 });
    expect(await decodePixels(at('size.png'), { shortSide: 50, depth: 16, alpha: true })).toMatchObject({ width: 100, height: 50, channels: 4, depth: 16 });
    expect(await decodePixels(at('size.png'), { longSide: 400 })).toMatchObject({ width: 200 });
    expect(await decodePixels(at('size.png'), { longSide: 400, enlarge: true })).toMatchObject({ width: 400, height: 200 });
  });
});

describe('files that are no usable pictures', () => {
  it.each(['jpeg', 'png', 'webp', 'tiff', 'gif', 'avif'] as const)('a truncated %s is corrupt', async (format) => {
    const { data } = pattern(400, 300, 3, 8);
    const whole = await sharp(data, { raw: { width: 400, height: 300, channels: 3 } }).toFormat(format).toBuffer();
    writeFileSync(at(`cut.${format}`), whole.subarray(0, Math.floor(whole.length * 0.6)));
    expect(await codeOf(decodeToSpool(at(`cut.${format}`), at('cut-spool.tif')))).toBe('picture.corrupt');
    expect(await codeOf(decodePixels(at(`cut.${format}`)))).toBe('picture.corrupt');
  });

  it('have a fault of their own each', async () => {
    writeFileSync(at('zero.png'), '');
    writeFileSync(at('text.jpg'), 'this is a letter, not a picture');
    writeFileSync(at('drawing.png'), '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>');
    await sharp({ create: { width: 40, height: 2, channels: 3, background: '#fff' } }).png().toFile(at('sliver.png'));
    expect(await codeOf(inspectPicture(at('zero.png')))).toBe('picture.empty');
    expect(await codeOf(inspectPicture(at('text.jpg')))).toBe('picture.not-a-picture');
    expect(await codeOf(inspectPicture(at('drawing.png')))).toBe('picture.unsupported');
    expect(await codeOf(inspectPicture(at('sliver.png')))).toBe('picture.too-small');
    expect(await codeOf(inspectPicture(at('nowhere.png')))).toBe('picture.missing');
    expect(await codeOf(inspectPicture(folder))).toBe('picture.not-a-picture');
  });

  it('with huge dimensions in the header are refused before decoding', async () => {
    await sharp({ create: { width: 40, height: 40, channels: 3, background: '#fff' } }).png().toFile(at('huge.png'));
    const bytes = readFileSync(at('huge.png'));
    bytes.writeUInt32BE(90_000, 16);
    bytes.writeUInt32BE(90_000, 20);
    writeFileSync(at('huge.png'), bytes);
    // the header's checksum is wrong too: either fault is clear, and nothing is allocated
    expect(['picture.too-large', 'picture.corrupt']).toContain(await codeOf(inspectPicture(at('huge.png'))));
  });
});

describe('recipes', () => {
  it.each(['png', 'jpg', 'webp', 'tif'])('come back from %s', async (ending) => {
    const recipe = JSON.stringify({ style: 'Ölfarbe <&> 雪', strength: 0.5, note: '"quoted" &amp;' });
    await encodePixels(pattern(40, 40, 3, 8), at(`recipe.${ending}`), { recipe });
    expect(await readRecipe(at(`recipe.${ending}`))).toBe(recipe);
  });

  it('of 50 000 characters still come back from JPEG, longer ones are refused', async () => {
    const recipe = JSON.stringify('x'.repeat(50_000));
    await encodePixels(pattern(40, 40, 3, 8), at('long.jpg'), { recipe });
    expect(await readRecipe(at('long.jpg'))).toBe(recipe);
    expect(await codeOf(encodePixels(pattern(40, 40, 3, 8), at('long.jpg'), { recipe: 'x'.repeat(70_000) }))).toBe('usage.invalid');
  });

  it('are nothing in a picture of another program', async () => {
    await sharp(flat(1, 2, 3), raw32).withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>').png().toFile(at('foreign.png'));
    expect(await readRecipe(at('foreign.png'))).toBeUndefined();
  });
});

describe('writing', () => {
  it('refuses an ending or a size that the format cannot hold', async () => {
    expect(await codeOf(encodePixels(pattern(9, 9, 3, 8), at('result.bmp')))).toBe('picture.unsupported');
    const long = { width: 17_000, height: 8, channels: 3, depth: 8, data: new Uint8Array(17_000 * 8 * 3) } as const;
    expect(await codeOf(encodePixels(long, at('long.webp')))).toBe('picture.too-large');
  });

  it('leaves nothing behind where the folder is missing and keeps the old file where writing fails', async () => {
    expect(await codeOf(encodePixels(pattern(9, 9, 3, 8), join(folder, 'none', 'a.png')))).toMatch(/^disk\./);
    expect(existsSync(join(folder, 'none'))).toBe(false);
    writeFileSync(at('kept.jpg'), 'the old file');
    await codeOf(encodePixels(pattern(9, 9, 3, 8), at('kept.jpg'), { recipe: 'x'.repeat(70_000) }));
    expect(readFileSync(at('kept.jpg'), 'utf8')).toBe('the old file');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

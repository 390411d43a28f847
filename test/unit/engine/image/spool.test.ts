// Spools: random access, the files other programs read, and disks that fail.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PixelBuffer } from '../../../../src-main/contract/image.ts';
import { diskFault, requireSpace } from '../../../../src-main/engine/image/disk.ts';
import { createSpool, openSpool } from '../../../../src-main/engine/image/spool.ts';
import { decodeTiffHeader, encodeTiffHeader, pixelBytes } from '../../../../src-main/engine/image/tiff-header.ts';

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'velatura-spool-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function block(width: number, height: number, channels: 1 | 3 | 4, depth: 8 | 16, seed: number): PixelBuffer {
  const length = width * height * channels;
  const data = depth === 8 ? new Uint8Array(length) : new Uint16Array(length);
  return { width, height, channels, depth, data: data.map((_, i) => i * 31 + seed) } as PixelBuffer;
}

describe('a spool', () => {
  it.each([[1, 8], [3, 8], [4, 8], [1, 16], [3, 16], [4, 16]] as const)('of %i channels and %i bit is written and read by regions, and the codec reads the same', async (channels, depth) => {
    const shape = { width: 101, height: 67, channels, depth };
    const spool = await createSpool(at('a.tif'), shape);
    for (let y = 0; y < 67; y += 20) {
      for (let x = 0; x < 101; x += 30) spool.writeRegion({ x, y }, block(Math.min(30, 101 - x), Math.min(20, 67 - y), channels, depth, x + y));
    }
    expect(spool.readRegion({ x: 30, y: 20, width: 30, height: 20 })).toEqual(block(30, 20, channels, depth, 50));
    spool.close();
    const again = openSpool(at('a.tif'));
    const { data } = again.readRegion({ x: 0, y: 0, width: 101, height: 67 });
    again.close();
    const pixels = await sharp(at('a.tif')).toColourspace(channels === 1 ? (depth === 16 ? 'grey16' : 'b-w') : depth === 16 ? 'rgb16' : 'srgb').raw({ depth: depth === 16 ? 'ushort' : 'uchar' }).toBuffer();
    expect(Buffer.compare(pixels, Buffer.from(data.buffer))).toBe(0);
  });

  it('refuses regions outside it and pixels of another kind', async () => {
    const spool = await createSpool(at('b.tif'), { width: 10, height: 10, channels: 3, depth: 8 });
    expect(() => spool.readRegion({ x: 5, y: 0, width: 6, height: 1 })).toThrow(/shape-mismatch/);
    expect(() => spool.writeRegion({ x: -1, y: 0 }, block(2, 2, 3, 8, 0))).toThrow(/shape-mismatch/);
    expect(() => spool.writeRegion({ x: 0, y: 0 }, block(2, 2, 3, 16, 0))).toThrow(/shape-mismatch/);
    spool.close();
  });

  it('that was cut short or is something else is corrupt', async () => {
    (await createSpool(at('c.tif'), { width: 50, height: 50, channels: 3, depth: 8 })).close();
    truncateSync(at('c.tif'), 3000);
    expect(() => openSpool(at('c.tif'))).toThrow(/picture.corrupt/);
    writeFileSync(at('d.tif'), 'not a picture at all');
    expect(() => openSpool(at('d.tif'))).toThrow(/picture.corrupt/);
  });
});

describe('a header', () => {
  it('of more than 4 GB is a BigTIFF with offsets that reach', () => {
    const shape = { width: 40_000, height: 30_000, channels: 4, depth: 16 } as const;
    const header = encodeTiffHeader(shape);
    expect(header.readUInt16LE(2)).toBe(43);
    const read = decodeTiffHeader((position, length) => header.subarray(position, position + length));
    expect(read).toEqual({ shape, pixelsAt: header.length });
    expect(pixelBytes(shape)).toBeGreaterThan(2 ** 32);
  });
});

describe('the disk', () => {
  it('is asked for room first', async () => {
    await expect(requireSpace(folder, 1e18)).rejects.toMatchObject({ code: 'disk.full' });
    await expect(createSpool(at('huge.tif'), { width: 2_000_000, height: 2_000_000, channels: 4, depth: 16 })).rejects.toMatchObject({ code: 'disk.full' });
  });

  it.each([
    [Object.assign(new Error('x'), { code: 'ENOSPC' }), 'disk.full'],
    [new Error('/a/b: write error\nsystem error: No space left on device'), 'disk.full'],
    [Object.assign(new Error('x'), { code: 'EROFS' }), 'disk.read-only'],
    [new Error('unable to open for write\nsystem error: Permission denied'), 'disk.read-only'],
    [Object.assign(new Error('EIO: i/o error, write'), { code: 'EIO' }), 'disk.failed'],
  ])('failing with %o is told as %s, by the file’s name alone', (error, code) => {
    const fault = diskFault(error, '/home/somebody/pictures/a.png');
    expect(fault.code).toBe(code);
    expect(JSON.stringify(fault.details)).not.toContain('somebody');
  });

  it('that is full while a file is written leaves nothing behind', async () => {
    const { encodePixels } = await import('../../../../src-main/engine/image/codec.ts');
    await expect(encodePixels(block(10, 10, 3, 8, 0), '/dev/full/x.png')).rejects.toMatchObject({ code: expect.stringMatching(/^disk\./) });
  });
});

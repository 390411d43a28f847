// Pictures that cannot be read in strips say what they need.
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { inspectPicture } from '../../../../src-main/engine/image/codec.ts';
import { decodeMemoryMB } from '../../../../src-main/engine/image/decode-memory.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const file = { width: 6000, height: 4000, channels: 3, depth: 8, interlaced: false, subsampled: false } as const;

/** Inspected as a file of this name. */
async function inspected(name: string, [width, height]: readonly [number, number], save: (picture: Sharp) => Sharp) {
  const path = join(temporaryFolder(), name);
  await save(sharp({ create: { width, height, channels: 3, background: '#336699' } })).toFile(path);
  return inspectPicture(path);
}

describe('the memory of a picture', () => {
  it('is flat where strips are read, and grows with the pixels where not', () => {
    for (const format of ['jpeg', 'png', 'tiff']) expect(decodeMemoryMB({ ...file, format })).toBe(0);
    for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif']) {
      const once = decodeMemoryMB({ ...file, format, interlaced: true });
      expect(once).toBeGreaterThan(60);
      expect(decodeMemoryMB({ ...file, width: 12000, format, interlaced: true }) / once).toBeCloseTo(2, 1);
    }
  });

  it('is half for a progressive JPEG with reduced colours, and twice for 16 bit', () => {
    expect(decodeMemoryMB({ ...file, format: 'jpeg', interlaced: true, subsampled: true })).toBeCloseTo(decodeMemoryMB({ ...file, format: 'jpeg', interlaced: true }) / 2, -1);
    expect(decodeMemoryMB({ ...file, format: 'png', interlaced: true, depth: 16 })).toBeCloseTo(2 * decodeMemoryMB({ ...file, format: 'png', interlaced: true }), -1);
  });

  it('is read from the header, and said where it is much', async () => {
    const large = [3500, 3400] as const;
    expect(await inspected('a.webp', large, (picture) => picture.webp({ effort: 0 }))).toMatchObject({ memoryMB: 113, warnings: ['picture.memory'] });
    const progressive = await inspected('p.jpg', large, (picture) => picture.jpeg({ progressive: true, chromaSubsampling: '4:4:4' }));
    expect(progressive).toMatchObject({ memoryMB: 68, warnings: [] });
    expect(await inspected('i.png', large, (picture) => picture.png({ progressive: true }))).toMatchObject({ memoryMB: 34 });
    expect(await inspected('b.jpg', large, (picture) => picture.jpeg())).not.toHaveProperty('memoryMB');
  });
});

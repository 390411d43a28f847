// The pictures of a teaching: read, named by hash, and what is done about bad and missing ones.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TeachRequest } from '../../../../src-main/contract/teaching.ts';
import { encodePixels } from '../../../../src-main/engine/image/codec.ts';
import { proceduralSet } from '../../../../src-main/engine/training/procedural/index.ts';
import { fileHash } from '../../../../src-main/services/file-hash.ts';
import { readPainting } from '../../../../src-main/services/teach/read-paintings.ts';
import { readTeachingData, type DataWatch, type TeachingData } from '../../../../src-main/services/teach/teaching-data.ts';
import { filledPicture, paintedPicture, surrounded } from '../../../support/painted-picture.ts';
import { strokePicture } from '../../../support/small-teaching.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

interface Read {
  readonly data: TeachingData;
  readonly skipped: string[];
  readonly progress: string[];
}

const request = (folder: string, changes: Partial<TeachRequest> = {}): TeachRequest => ({
  paintings: [join(folder, 'painting.png')], name: 'A', features: 'f.onnx', base: 'none', seed: 1, resume: false, out: folder, threads: 1, ...changes,
});

async function folderWith(photos: number): Promise<string> {
  const folder = temporaryFolder();
  await encodePixels(paintedPicture(240, 160), join(folder, 'painting.png'));
  mkdirSync(join(folder, 'photos'));
  for (let i = 0; i < photos; i++) await encodePixels(strokePicture(60 + i, 50, i), join(folder, 'photos', `${i}.png`));
  return folder;
}

async function read(wanted: TeachRequest, signal = new AbortController().signal): Promise<Read> {
  const told: Omit<Read, 'data'> = { skipped: [], progress: [] };
  const watch: DataWatch = { signal, progress: (done, total) => void told.progress.push(`${done}/${total}`), warn: (key, { file }) => void told.skipped.push(`${key} ${file}`) };
  return { data: await readTeachingData(wanted, 96, watch), ...told };
}

describe('the pictures of a teaching', () => {
  it('are paintings at the size whose strokes are learned, and photographs, each named by its hash', async () => {
    const folder = await folderWith(8);
    const { data, progress } = await read(request(folder, { photos: [join(folder, 'photos')] }));
    expect(data.dataset.styles.map((paintings) => paintings.map(({ width, height }) => [width, height]))).toEqual([[[96, 64]]]);
    expect(data.dataset.photos.map(({ width }) => width)).toEqual([60, 61, 62, 63, 64, 65, 66, 67]);
    expect(data.paintingHashes).toEqual([await fileHash(join(folder, 'painting.png'))]);
    expect(new Set(data.photoHashes).size).toBe(8);
    expect(data.preview).toBe(data.dataset.photos[0]);
    expect(progress.at(-1)).toBe('8/8');
  });

  it('are told of where a painting is too small, see-through or hardly painted at all', async () => {
    const folder = await folderWith(8);
    const flat = join(folder, 'flat.png');
    await encodePixels({ width: 60, height: 40, channels: 4, depth: 8, data: new Uint8Array(60 * 40 * 4).fill(120) }, flat);
    const photos = [join(folder, 'photos')];
    const { skipped } = await read(request(folder, { paintings: [flat], photos }));
    expect(skipped).toEqual(['painting.transparent flat.png', 'painting.enlarged flat.png', 'painting.few-details flat.png']);
    expect((await read(request(folder, { photos }))).skipped).toEqual([]);
  });

  it('are cropped where the artist says so, and named by the crop as well', async () => {
    const folder = await folderWith(8);
    const { picture, place } = surrounded(paintedPicture(240, 160), { top: 20, bottom: 20, left: 20, right: 20, colour: () => [240, 238, 230] });
    const framed = join(folder, 'framed.png');
    await encodePixels(picture, framed);
    const photos = [join(folder, 'photos')];
    const whole = await read(request(folder, { paintings: [framed], photos }));
    expect(whole.skipped).toEqual(['painting.framed framed.png', 'painting.crop-proposed framed.png']);
    const auto = await read(request(folder, { paintings: [framed], photos, crop: 'auto' }));
    expect(auto.skipped).toEqual(['painting.cropped framed.png']);
    const exact = await read(request(folder, { paintings: [framed], photos, crop: [place] }));
    expect(exact.data.paintingHashes).toEqual([`${await fileHash(framed)} 20,20,240x160`]);
    const [learned, bare] = [exact, await read(request(folder, { photos }))].map(({ data }) => data.dataset.styles[0]![0]!);
    expect(learned).toEqual(bare);
    expect(new Set([whole, auto, exact].map(({ data }) => data.paintingHashes[0])).size).toBe(3);
    await expect(read(request(folder, { photos, crop: [{ x: 0, y: 0, width: 241, height: 120 }] }))).rejects.toMatchObject({ code: 'picture.crop-outside', details: { crop: '0,0,241x120', width: 240, height: 160 } });
  });

  it('are not told of what the crop leaves out', async () => {
    const folder = await folderWith(8);
    const { picture, place } = surrounded(paintedPicture(240, 160), { top: 20, bottom: 20, left: 20, right: 20, colour: () => [240, 238, 230] });
    const data = Uint8Array.from({ length: picture.width * picture.height * 4 }, (_, at) => {
      const [pixel, channel] = [at >> 2, at & 3];
      return channel < 3 ? picture.data[3 * pixel + channel]! : pixel % picture.width < 10 ? 0 : 255; // a clear strip on the left
    });
    const clear = join(folder, 'clear.png');
    await encodePixels({ ...picture, channels: 4, depth: 8, data }, clear);
    const told = async (crop?: TeachRequest['crop']): Promise<string[]> => (await read(request(folder, { paintings: [clear], photos: [join(folder, 'photos')], ...(crop ? { crop } : {}) }))).skipped;
    expect(await told()).toEqual(['painting.transparent clear.png', 'painting.framed clear.png', 'painting.crop-proposed clear.png']);
    expect(await told([place])).toEqual(['painting.cropped clear.png']);
    expect(await told([{ ...place, x: 12, width: place.width + 8 }])).toEqual(['painting.framed clear.png', 'painting.cropped clear.png']);
    expect(await told([{ ...place, x: 0, width: place.width + 20 }])).toContain('painting.transparent clear.png');
  });

  it('are several parts of one painting, each a picture of its own, judged and named by itself, strokes at one scale', async () => {
    const folder = await folderWith(8);
    const photos = [join(folder, 'photos')];
    const { picture } = surrounded(paintedPicture(240, 160), { top: 20, bottom: 20, left: 20, right: 20, colour: () => [240, 238, 230] });
    const framed = join(folder, 'framed.png');
    await encodePixels(picture, framed);
    const crop = [{ x: 30, y: 30, width: 220, height: 130 }, { x: 12, y: 20, width: 200, height: 160 }];
    const { data, skipped } = await read(request(folder, { paintings: [framed], photos, crop }));
    const hash = await fileHash(framed);
    expect(data.paintingHashes).toEqual([`${hash} 30,30,220x130`, `${hash} 12,20,200x160`]);
    expect(data.dataset.styles.map((parts) => parts.map(({ width, height }) => [width, height]))).toEqual([[[96, 57], [96, 77]]]); // small as they are, both are as large as can be
    expect(skipped).toContain('painting.framed framed.png #2');
    expect(skipped.filter((told) => told.includes('#1') || told.startsWith('paintings.'))).toEqual([]);
    expect(skipped.at(-1)).toBe('painting.cropped-parts framed.png');
    const alone = await read(request(folder, { paintings: [framed], photos, crop: crop.slice(0, 1) }));
    expect(data.dataset.styles[0]![0]).toEqual(alone.data.dataset.styles[0]![0]);
  });

  it('have strokes of one size in all parts of a painting, but for a part that no training crop would fit in', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'large.png');
    await encodePixels(paintedPicture(1200, 900), path);
    const crops = [{ x: 0, y: 0, width: 1024, height: 800 }, { x: 100, y: 100, width: 512, height: 400 }, { x: 0, y: 0, width: 96, height: 128 }];
    const { parts } = await readPainting(path, crops, 512);
    expect(parts.map(({ pixels: { width, height } }) => [width, height])).toEqual([[512, 400], [256, 200], [160, 213]]);
    expect((await readPainting(path, [crops[1]!], 512, 1024)).parts[0]?.pixels).toEqual(parts[1]?.pixels);
    expect((await readPainting(path, [crops[1]!], 512)).parts[0]?.pixels.width).toBe(512);
    await expect(readPainting(path, [crops[0]!, { x: 0, y: 0, width: 400, height: 95 }], 512)).rejects.toMatchObject({ code: 'painting.crop-small', details: { crop: '0,0,400x95', px: 96 } });
  });

  it('are told of a painting that is much larger than the others of its set, or of other colours', async () => {
    const folder = await folderWith(8);
    const paint = (name: string, width: number, rgb: readonly [number, number, number]): Promise<void> => {
      const strokes = paintedPicture(width, (2 * width) / 3);
      const tinted = filledPicture(strokes.width, strokes.height, (x, y) => [0, 1, 2].map((c) => (strokes.data[3 * (y * width + x) + c]! * rgb[c]!) / 255) as unknown as readonly [number, number, number]);
      return encodePixels(tinted, join(folder, name));
    };
    await Promise.all([paint('a.png', 120, [255, 200, 120]), paint('b.png', 120, [255, 190, 130]), paint('c.png', 360, [255, 200, 110]), paint('d.png', 120, [20, 30, 255])]);
    const { skipped } = await read(request(folder, { paintings: ['a.png', 'b.png', 'c.png', 'd.png'].map((name) => join(folder, name)), photos: [join(folder, 'photos')] }));
    expect(skipped.filter((told) => told.startsWith('paintings.'))).toEqual(['paintings.sizes-differ c.png', 'paintings.colours-differ d.png']);
  });

  it('are few photographs among pictures the program makes, half and half, where the artist mixes', async () => {
    const folder = await folderWith(3);
    const { data } = await read(request(folder, { photos: [join(folder, 'photos', '0.png'), join(folder, 'photos', '1.png')], mix: true }));
    const own = data.dataset.photos.filter(({ width }) => width !== 60 && width !== 61);
    expect(own.length / data.dataset.photos.length).toBeCloseTo(0.5, 1);
    expect(data.photoHashes.slice(2)).toEqual(['own']);
    expect(data.preview.width).toBe(60);
  });

  it('leave out what cannot be read, and say so', async () => {
    const folder = await folderWith(8);
    writeFileSync(join(folder, 'photos', '3b.png'), 'no picture');
    const { data, skipped } = await read(request(folder, { photos: [join(folder, 'photos')] }));
    expect(skipped).toEqual(['photos.skipped 3b.png']);
    expect(data.dataset.photos.length).toBe(8);
  });

  it('are too few below eight, told with how many there were', async () => {
    const folder = await folderWith(3);
    await expect(read(request(folder, { photos: [join(folder, 'photos')] }))).rejects.toMatchObject({ code: 'photos.too-few', details: { count: 3, limit: 8 } });
  });

  it('are made where there are none, the same from the same seed', async () => {
    const folder = await folderWith(0);
    const { photoHashes, dataset } = (await read(request(folder))).data;
    expect(photoHashes).toEqual([]);
    expect(dataset.photos.length).toBeGreaterThanOrEqual(8);
    const [first] = dataset.photos;
    const ofSeed = (seed: number): Uint8Array => new Uint8Array(proceduralSet(1, first!, seed)[0]!.data);
    expect(new Uint8Array(first!.data)).toEqual(ofSeed(1));
    expect(new Uint8Array(first!.data)).not.toEqual(ofSeed(2));
  });

  it('stop being read when the artist cancels, and a bad painting is a fault', async () => {
    const folder = await folderWith(8);
    await expect(read(request(folder, { photos: [join(folder, 'photos')] }), AbortSignal.abort())).rejects.toMatchObject({ code: 'job.cancelled' });
    writeFileSync(join(folder, 'painting.png'), '');
    await expect(read(request(folder))).rejects.toMatchObject({ code: 'picture.empty' });
  });
});

// A picture file through the whole of painting, with a double in place of the network.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PixelBuffer } from '../../../../src-main/contract/image.ts';
import type { JobProgress, JobWatch } from '../../../../src-main/contract/job.ts';
import { resultOf } from '../../../../src-main/contract/result.ts';
import { decodePixels, encodePixels, readRecipe } from '../../../../src-main/engine/image/codec.ts';
import { resample } from '../../../../src-main/engine/image/resample.ts';
import { stylize, type PaintRequest } from '../../../../src-main/services/stylize/stylize.ts';
import { planesOf } from '../../../../src-main/engine/tensor/layout.ts';
import { localRunner } from '../../../support/local-runner.ts';

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'velatura-stylize-'));
  mkdirSync(at('work'));
  await encodePixels(scene(151, 97, 3, 8), at('scene.png'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Soft forms, an edge and some grain. */
function scene(width: number, height: number, channels: 3 | 4, depth: 8 | 16): PixelBuffer {
  const data = depth === 8 ? new Uint8Array(width * height * channels) : new Uint16Array(width * height * channels);
  const top = depth === 8 ? 255 : 65535;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        const value = c === 3 ? (x < width / 3 ? 0 : x / width) : 0.5 + 0.3 * Math.sin(x / (9 + c)) * Math.cos(y / 7) + (x > y ? 0.1 : -0.1) + 0.05 * Math.sin(x * y);
        data[(y * width + x) * channels + c] = Math.round(top * Math.min(1, Math.max(0, value)));
      }
    }
  }
  return { width, height, channels, depth, data } as PixelBuffer;
}

function request(changes: Partial<PaintRequest> = {}): PaintRequest {
  return {
    picture: at('scene.png'), out: at('out.png'), mix: [{ style: 'double', weight: 1 }], strength: 1, keepColours: 0,
    strokePercent: 100, tilePx: 64, workFolder: at('work'), ...changes,
  };
}

function watching(): { watch: JobWatch; controller: AbortController; seen: JobProgress[]; warnings: string[] } {
  const controller = new AbortController();
  const seen: JobProgress[] = [];
  const warnings: string[] = [];
  const watch = { signal: controller.signal, progress: (state: JobProgress) => void seen.push(state), warn: (key: string) => void warnings.push(key) };
  return { watch, controller, seen, warnings };
}

async function paint(changes: Partial<PaintRequest>, options?: Parameters<typeof localRunner>[0]): Promise<PixelBuffer> {
  const wanted = request(changes);
  await stylize(wanted, localRunner(options).runner, watching().watch);
  return decodePixels(wanted.out, { depth: 16, alpha: true });
}

function same(a: PixelBuffer, b: PixelBuffer): boolean {
  return a.width === b.width && a.height === b.height && a.data.every((value, i) => value === b.data[i]);
}

async function faultOf(action: Promise<unknown>): Promise<string> {
  const result = await resultOf(() => action);
  return result.ok ? 'ok' : result.fault.code;
}

describe('tiles', () => {
  it.each([
    ['in one pass at its own pixels', { strokePercent: 0 }],
    ['from coarse to fine', { strokePercent: 100 }],
    ['with the picture’s detail kept at partial strength', { strength: 0.5 }],
    ['at another size, with colours kept', { longSidePx: 211, keepColours: 0.5 }],
    ['smaller than the working frame', { strokePercent: 20 }],
  ])('%s leave no seam: every tiling gives the same bits', async (_, changes) => {
    const whole = await paint({ ...changes, tilePx: 4096 });
    for (const tilePx of [4, 20, 36, 64]) expect(same(await paint({ ...changes, tilePx }), whole), `tile ${tilePx}`).toBe(true);
  });

  it('of a fixed size give the same bits too', async () => {
    const whole = await paint({ tilePx: 4096 });
    expect(same(await paint({}, { fixedPx: 48 }), whole)).toBe(true);
  });

  it('have one window shape per frame, at multiples', async () => {
    const { runner, windows } = localRunner();
    await stylize(request({ tilePx: 32 }), runner, watching().watch);
    const shapes = new Map<number, Set<string>>();
    for (const { place, frame } of windows) {
      expect([place.x % 4, place.y % 4, place.width % 4, place.height % 4].every((rest) => rest === 0)).toBe(true);
      shapes.set(frame.width, (shapes.get(frame.width) ?? new Set()).add(`${place.width}×${place.height}`));
    }
    expect(shapes.size).toBe(3);
    for (const seen of shapes.values()) expect(seen.size).toBe(1);
  });
});

describe('stroke size', () => {
  it('paints at the learned size first and ends at the target', async () => {
    const { runner, thumbnails } = localRunner({ learnedSize: 40 });
    const report = await stylize(request(), runner, watching().watch);
    expect(report.passes.map(({ width }) => width)).toEqual([40, 76, 151]);
    expect(thumbnails.map(({ shape }) => shape[3])).toEqual([40, 40]); // the picture, then the first paint
  });

  it('measures the picture at the size the runner wishes for', async () => {
    const { runner, thumbnails } = localRunner({ learnedSize: 100, measuredSize: 30 });
    await stylize(request(), runner, watching().watch);
    expect(thumbnails.map(({ shape }) => shape[3])).toEqual([30, 30]);
  });

  it('is the artwork’s: a large export, reduced, is the small one', async () => {
    await encodePixels(scene(800, 512, 3, 8), at('large.png'));
    const small = await paint({ picture: at('large.png'), longSidePx: 100, out: at('small-out.png') }, { learnedSize: 100, noise: 0.02 });
    await paint({ picture: at('large.png'), out: at('large-out.png') }, { learnedSize: 100, noise: 0.02 });
    const large = await decodePixels(at('large-out.png'), { depth: 16 });
    const place = { x: 0, y: 0, width: 100, height: 64 };
    const reduced = resample({ place: { ...place, width: 800, height: 512 }, planes: planesOf(large) }, large, small, place).planes.data;
    const differences = Array.from(planesOf(small).data, (value, i) => Math.abs(value - reduced[i]!));
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
    expect(mean).toBeLessThan(0.015);
  });
});

describe('strength, colours and alpha', () => {
  it('at strength 0 the picture’s own pixels come back, 16 bit and hidden colours included', async () => {
    await encodePixels(scene(60, 50, 4, 16), at('deep.png'));
    await stylize(request({ picture: at('deep.png'), strength: 0, keepColours: 0.7 }), localRunner().runner, watching().watch);
    const source = await decodePixels(at('deep.png'), { depth: 16, alpha: true });
    const result = await decodePixels(at('out.png'), { depth: 16, alpha: true });
    expect(same(source, result)).toBe(true);
  });

  it('keep alpha exactly and never show the colours that transparency hid', async () => {
    const pixels = scene(120, 80, 4, 8);
    await encodePixels(pixels, at('alpha.png'));
    const hidden = { ...pixels, data: pixels.data.map((value, i) => (i % 4 < 3 && pixels.data[i - (i % 4) + 3] === 0 ? 255 : value)) } as PixelBuffer;
    await encodePixels(hidden, at('hidden.png'));
    const one = await paint({ picture: at('alpha.png') });
    const other = await paint({ picture: at('hidden.png') });
    expect(same(one, other)).toBe(true);
    expect(Array.from(one.data).filter((_, i) => i % 4 === 3).every((value, i) => value === pixels.data[4 * i + 3]! * 257)).toBe(true);
  });

  it('16-bit pictures give 16-bit results', async () => {
    await encodePixels(scene(90, 60, 3, 16), at('wide.tif'));
    const report = await stylize(request({ picture: at('wide.tif'), out: at('wide-out.tif') }), localRunner().runner, watching().watch);
    expect(report.depth).toBe(16);
    const { data } = await decodePixels(at('wide-out.tif'), { depth: 16 });
    expect(data.some((value) => value % 257 !== 0)).toBe(true);
  });

  it('colours are kept the more, the higher the number', async () => {
    const source = await decodePixels(at('scene.png'), { depth: 16, alpha: true });
    const distance = (a: PixelBuffer): number => {
      let sum = 0;
      for (let i = 0; i < a.data.length; i += 4) sum += Math.abs(a.data[i]! - a.data[i + 1]! - source.data[i]! + source.data[i + 1]!);
      return sum;
    };
    const distances = [];
    for (const keepColours of [0, 0.5, 1]) distances.push(distance(await paint({ keepColours, strokePercent: 0 }, { noise: 0 })));
    expect(distances[1]).toBeLessThan(distances[0]!);
    expect(distances[2]).toBeLessThan(distances[1]!);
  });
});

describe('masks', () => {
  it('place a style softly, stretched to the artwork, the same for every tiling', async () => {
    const data = new Uint8Array(64 * 16 * 3).map((_, i) => ((Math.floor(i / 3) % 64) * 255) / 63);
    await encodePixels({ width: 64, height: 16, channels: 3, depth: 8, data }, at('mask.png'));
    const mix = [{ style: 'under', weight: 1 }, { style: 'white', weight: 1, mask: at('mask.png') }];
    const { watch, warnings } = watching();
    await stylize(request({ mix, tilePx: 4096 }), localRunner({ masked: true }).runner, watch);
    expect(warnings).toEqual(expect.arrayContaining(['mask.resized']));
    const whole = await decodePixels(at('out.png'), { depth: 16, alpha: true });
    expect(same(await paint({ mix, tilePx: 28 }, { masked: true }), whole)).toBe(true);
    const row = (x: number): number => whole.data[(40 * whole.width + x) * 4]!;
    expect(row(150)).toBeGreaterThan(65000);
    expect(row(2)).toBeLessThan(55000);
  });

  it('leave the picture’s own pixels where no style has a mask, at every scale and tiling', async () => {
    const data = new Uint8Array(151 * 97 * 3).map((_, i) => (Math.floor(i / 3) % 151 < 60 ? 255 : Math.floor(i / 3) % 151 < 70 ? 128 : 0));
    await encodePixels({ width: 151, height: 97, channels: 3, depth: 8, data }, at('half.png'));
    const mix = [{ style: 'double', weight: 1, mask: at('half.png') }];
    const source = await decodePixels(at('scene.png'), { depth: 16, alpha: true });
    const result = await paint({ mix }, { bare: true, learnedSize: 40 });
    const differs = (from: number, to: number): number => source.data.filter((value, i) => Math.floor(i / 4) % 151 >= from && Math.floor(i / 4) % 151 < to && Math.abs(value - result.data[i]!) > 0).length;
    expect(differs(72, 151)).toBe(0);
    expect(differs(0, 60)).toBeGreaterThan(97 * 60 * 2);
    expect(same(await paint({ mix, tilePx: 28 }, { bare: true, learnedSize: 40 }), result)).toBe(true);
  });

  it('sum to at most 1, and unmasked styles share the rest', async () => {
    await encodePixels({ width: 32, height: 32, channels: 3, depth: 8, data: new Uint8Array(32 * 32 * 3).fill(153) }, at('grey.png'));
    const { runner, windows } = localRunner();
    const mix = [{ style: 'a', weight: 1, mask: at('grey.png') }, { style: 'b', weight: 1 }, { style: 'c', weight: 0.5 }];
    await stylize(request({ mix }), runner, watching().watch);
    const { data, shape } = windows[0]!.masks!;
    const size = shape[2]! * shape[3]!;
    expect(data[0]).toBeCloseTo(0.6, 3);
    expect(data[size]).toBeCloseTo(0.4 * (2 / 3), 3);
    expect(data[2 * size]).toBeCloseTo(0.4 / 3, 3);
  });
});

describe('a job', () => {
  it('tells its stages, its tiles and its time left, and embeds the recipe', async () => {
    const { watch, seen } = watching();
    await stylize(request({ tilePx: 32, recipe: '{"style":"double"}' }), localRunner().runner, watch);
    expect([...new Set(seen.map(({ stage }) => stage))]).toEqual(['decode', 'measure', 'paint', 'encode']);
    const painting = seen.filter(({ stage }) => stage === 'paint');
    expect(painting.at(-1)!.done).toBe(painting.at(-1)!.total);
    expect(painting.at(-2)!.secondsLeft).toBeGreaterThan(0);
    expect(await readRecipe(at('out.png'))).toBe('{"style":"double"}');
    expect(readdirSync(at('work'))).toEqual([]);
  });

  it('stops at the next tile when cancelled, and leaves no file and no old file changed', async () => {
    writeFileSync(at('old.png'), 'what was there');
    const { watch, controller } = watching();
    const { runner, windows } = localRunner();
    const stopping = { ...runner, paint: async (window: Parameters<typeof runner.paint>[0]) => (windows.length === 2 && setImmediate(() => controller.abort()), runner.paint(window)) };
    expect(await faultOf(stylize(request({ out: at('old.png'), tilePx: 16 }), stopping, watch))).toBe('job.cancelled');
    expect(windows.length).toBeLessThanOrEqual(4);
    expect(readFileSync(at('old.png'), 'utf8')).toBe('what was there');
    await expect.poll(() => readdirSync(at('work'))).toEqual([]);
  });

  it.each(['decode', 'measure', 'paint', 'encode'])('cancelled while it begins to %s ends as cancelled', async (stage) => {
    const { controller, watch } = watching();
    const stopping = { ...watch, progress: (state: JobProgress) => void (state.stage === stage && controller.abort()) };
    rmSync(at('none.png'), { force: true });
    expect(await faultOf(stylize(request({ out: at('none.png') }), localRunner().runner, stopping))).toBe('job.cancelled');
    await expect.poll(() => readdirSync(at('work'))).toEqual([]);
    expect(existsSync(at('none.png'))).toBe(false);
  });

  it('fails before it starts where the result could not be written', async () => {
    const { runner, windows } = localRunner();
    expect(await faultOf(stylize(request({ out: at('nowhere/out.png') }), runner, watching().watch))).toBe('disk.no-folder');
    expect(await faultOf(stylize(request({ out: at('out.bmp') }), runner, watching().watch))).toBe('picture.unsupported');
    expect(await faultOf(stylize(request({ out: at('out.webp'), longSidePx: 20_000 }), runner, watching().watch))).toBe('picture.too-large');
    expect(windows.length).toBe(0);
  });

  it('cleans up and passes the fault on where the network fails or gives no numbers', async () => {
    const { runner } = localRunner();
    const broken = { ...runner, paint: async (window: Parameters<typeof runner.paint>[0]) => ({ ...window.picture, data: window.picture.data.map(() => NaN) }) };
    expect(await faultOf(stylize(request(), broken, watching().watch))).toBe('session.failed');
    expect(readdirSync(at('work'))).toEqual([]);
  });

  it('says before it starts how much memory a picture takes that cannot be read in strips', async () => {
    await sharp({ create: { width: 3500, height: 3400, channels: 3, background: '#336699' } }).webp({ effort: 0 }).toFile(at('whole.webp'));
    const { watch, seen } = watching();
    const told: [string, unknown, number][] = [];
    await stylize(request({ picture: at('whole.webp'), strength: 0, longSidePx: 40 }), localRunner().runner, { ...watch, warn: (key, details) => told.push([key, details?.['mb'], seen.length]) });
    expect(told).toEqual([['picture.memory', 113, expect.any(Number)]]);
    expect(told[0]![2]).toBeLessThanOrEqual(1);
  });

  it('warns where the result’s format cannot hold the transparency', async () => {
    await encodePixels(scene(60, 50, 4, 8), at('see-through.png'));
    const { watch, warnings } = watching();
    await stylize(request({ picture: at('see-through.png'), out: at('flat.jpg') }), localRunner().runner, watch);
    expect(warnings).toContain('picture.flattened');
    expect(warnings).not.toContain('picture.transparent');
  });

  it('warns of a picture so dark that its noise would be painted', async () => {
    const dark = scene(80, 60, 3, 8);
    await encodePixels({ ...dark, data: dark.data.map((value) => value / 32) } as PixelBuffer, at('dark.png'));
    const [faint, usual] = [watching(), watching()];
    await stylize(request({ picture: at('dark.png') }), localRunner().runner, faint.watch);
    await stylize(request(), localRunner().runner, usual.watch);
    expect(faint.warnings).toContain('picture.faint');
    expect(usual.warnings).not.toContain('picture.faint');
  });
});

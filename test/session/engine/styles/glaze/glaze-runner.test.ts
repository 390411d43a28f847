// Tiled painting: bit for bit what one window over the whole picture gives, and the same network that was taught.
import { afterEach, describe, expect, it } from 'vitest';
import type { Extent } from '../../../../../src-main/contract/image.ts';
import type { GeneratorSpec } from '../../../../../src-main/contract/style.ts';
import { constant, input } from '../../../../../src-main/engine/graph/ops/index.ts';
import { codeLayout, defaultGenerator, generate, generatorLayout, haloOf, liveNorm } from '../../../../../src-main/engine/networks/generator.ts';
import { noiseField } from '../../../../../src-main/engine/networks/noise-field.ts';
import { emit } from '../../../../../src-main/engine/onnx/emit.ts';
import { createOrtSessions } from '../../../../../src-main/engine/runtime/ort-node.ts';
import type { Feeds } from '../../../../../src-main/engine/runtime/session.ts';
import type { StyleRunner } from '../../../../../src-main/engine/styles/style-engine.ts';
import { foldedModel, type FrozenStatistics } from '../../../../../src-main/engine/styles/glaze/folded-graph.ts';
import { glazeRunner } from '../../../../../src-main/engine/styles/glaze/glaze-runner.ts';
import { mirrorPad } from '../../../../../src-main/engine/styles/glaze/mirror-pad.ts';
import { frozenStatistics, measureModel } from '../../../../../src-main/engine/styles/glaze/statistics.ts';
import { partsOf } from '../../../../../src-main/engine/styles/glaze/weights.ts';
import { cropPatch } from '../../../../../src-main/engine/tensor/layout.ts';
import { linearToSrgb, srgbToLinear } from '../../../../../src-main/engine/image/color.ts';
import { createRandom } from '../../../../../src-main/engine/tensor/random.ts';
import { readSafetensors, writeSafetensors } from '../../../../../src-main/engine/tensor/safetensors.ts';
import { tensor, type Tensor } from '../../../../../src-main/engine/tensor/tensor.ts';
import { planTiles } from '../../../../../src-main/engine/tiling/plan.ts';
import { readWindow, type PlaneSource } from '../../../../../src-main/engine/tiling/window.ts';
import { noiseAt, pictureOf } from '../../../../support/pictures.ts';
import { codeBySeed, weightsBySeed } from '../../../../support/small-styles.ts';
import { smallGenerator } from '../../../../support/small-teaching.ts';
import { failingSessions } from '../../../../support/failing-session.ts';

const sessions = createOrtSessions();
const opened: StyleRunner[] = [];
const options = { provider: 'cpu', threads: 1 } as const;
afterEach(async () => {
  for (const runner of opened.splice(0)) await runner.close();
  expect(sessions.liveSessions()).toBe(0);
});

const scene = ({ width, height }: Extent): Tensor =>
  pictureOf(width, height, (x, y) => [0.5 + 0.4 * Math.sin(x / 9), noiseAt(x, y), 0.5 + 0.3 * Math.cos((x + 2 * y) / 13)]);

/** Soft masks that sum to one. */
function softMasks({ width, height }: Extent, styles: number): Tensor {
  const masks = tensor([1, styles, height, width]);
  for (let at = 0; at < width * height; at++) {
    const weights = Array.from({ length: styles }, (_, style) => 1.01 + Math.sin((at % width) / 11 + style * 2 + Math.floor(at / width) / 17));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    weights.forEach((weight, style) => (masks.data[style * width * height + at] = weight / sum));
  }
  return masks;
}

const sourceOf = (planes: Tensor): PlaneSource => {
  const frame = { width: planes.shape[3]!, height: planes.shape[2]! };
  return { frame, read: (region) => cropPatch({ place: { x: 0, y: 0, ...frame }, planes }, region) };
};

/** The whole frame through tiles. */
async function paintTiled(runner: StyleRunner, picture: Tensor, masks: Tensor | undefined, tilePx: number): Promise<Tensor> {
  const { frame } = sourceOf(picture);
  const result = tensor(picture.shape);
  for (const { core, window } of planTiles(frame, { ...runner.tiling, tilePx }).tiles) {
    const own = masks && { masks: readWindow(sourceOf(masks), window).planes };
    const planes = await runner.paint({ picture: readWindow(sourceOf(picture), window).planes, place: window, frame, ...own });
    const part = cropPatch({ place: window, planes }, core).planes.data;
    for (let at = 0; at < part.length; at++) {
      const [x, y] = [core.x + (at % core.width), core.y + (Math.floor(at / core.width) % core.height)];
      result.data[Math.floor(at / (core.width * core.height)) * frame.width * frame.height + y * frame.width + x] = part[at]!;
    }
  }
  return result;
}

function runnerFor(generator: GeneratorSpec, styles: number, changes: { seed?: number; noise?: number; light?: number; brokenColour?: number; manySizes?: boolean } = {}): StyleRunner {
  const codes = Array.from({ length: styles }, (_, style) => codeBySeed(generator, 20 + style));
  const runner = glazeRunner({ generator, weights: weightsBySeed(generator, 1), codes, learnedSizePx: 64, seed: 5, noise: 1, breaks: codes.map((_, style) => ({ spread: { red: 0.003 * (style + 1), blue: 0.004, both: -0.002 }, marks: 'strokes' as const })), sessions, options, ...changes });
  opened.push(runner);
  return runner;
}

const largest = (a: Float32Array, b: Float32Array): number => a.reduce((most, value, index) => Math.max(most, Math.abs(value - b[index]!)), 0);

describe('painting in tiles', () => {
  it.each([1, 2, 3])('equals painting at once to the bit, on random grids with slivers at the edges, with %i styles in place', async (styles) => {
    const random = createRandom(styles);
    const frame = { width: 101, height: 70 };
    const runner = runnerFor(smallGenerator, styles);
    const masks = styles > 1 ? softMasks(frame, styles) : undefined;
    await runner.measure(scene(frame), masks);
    const whole = await paintTiled(runner, scene(frame), masks, 512);
    expect(whole.data.every((value) => value >= 0 && value <= 1)).toBe(true);
    for (const tilePx of [4 + random.integer(12), 16 + random.integer(30), 100]) {
      const tiled = await paintTiled(runner, scene(frame), masks, tilePx);
      expect([tilePx, Buffer.compare(Buffer.from(tiled.data.buffer), Buffer.from(whole.data.buffer))]).toEqual([tilePx, 0]);
    }
  });

  it.each([[1, 'lit', { light: 1 }], [2, 'lit', { light: 1 }], [1, 'broken', { brokenColour: 1 }], [2, 'broken', { brokenColour: 1 }], [2, 'lit and broken', { light: 1, brokenColour: 1 }]])('equals painting at once to the bit, with %i styles in place, where the picture is %s first', async (styles, _, changes) => {
    const frame = { width: 101, height: 70 };
    const [lit, plain] = [runnerFor(smallGenerator, styles, changes), runnerFor(smallGenerator, styles)];
    const masks = styles > 1 ? softMasks(frame, styles) : undefined;
    for (const runner of [lit, plain]) await runner.measure(scene(frame), masks);
    const whole = await paintTiled(lit, scene(frame), masks, 512);
    expect(largest(whole.data, (await paintTiled(plain, scene(frame), masks, 512)).data)).toBeGreaterThan(0.02);
    for (const tilePx of [20, 36]) expect((await paintTiled(lit, scene(frame), masks, tilePx)).data).toEqual(whole.data);
  });

  it.each([['lights', { light: 1 }], ['breaks', { brokenColour: 1 }]])('%s alike what was frozen and thawed, and nothing over paint of an earlier pass', async (_, changes) => {
    const frame = { width: 64, height: 48 };
    const [lit, thawed, over, plain] = [changes, changes, changes, {}].map((each) => runnerFor(smallGenerator, 1, each)) as [StyleRunner, StyleRunner, StyleRunner, StyleRunner];
    await lit.measure(scene(frame));
    await thawed.thaw(readSafetensors(writeSafetensors(lit.freeze()), 'frozen'));
    await over.measure(scene(frame), undefined, 'paint');
    await plain.measure(scene(frame));
    const painted = await Promise.all([lit, thawed, over, plain].map(async (runner) => (await paintTiled(runner, scene(frame), undefined, 512)).data));
    const overThawed = runnerFor(smallGenerator, 1, changes);
    await overThawed.thaw(readSafetensors(writeSafetensors(over.freeze()), 'frozen'));
    expect(painted[1]).toEqual(painted[0]);
    expect(painted[2]).toEqual(painted[3]);
    expect((await paintTiled(overThawed, scene(frame), undefined, 512)).data).toEqual(painted[3]);
    expect(painted[3]).not.toEqual(painted[0]);
    expect(Object.keys(over.freeze())).toEqual(Object.keys(plain.freeze()));
  });

  it('breaks in full under masks that cover in part: they place hues, and fade the paint', async () => {
    const frame = { width: 48, height: 48 };
    const half = (share: number): Tensor => tensor([1, 2, 48, 48], softMasks(frame, 2).data.map((value) => value * share));
    const painted = await Promise.all([1, 0.5].map(async (share) => {
      const runner = runnerFor(smallGenerator, 2, { brokenColour: 1 });
      await runner.measure(scene(frame), half(share));
      return (await paintTiled(runner, scene(frame), half(share), 512)).data;
    }));
    const expected = painted[0]!.map((value, at) => linearToSrgb((srgbToLinear(value) + srgbToLinear(scene(frame).data[at]!)) / 2));
    expect(largest(painted[1]!, expected)).toBeLessThan(1e-4);
  });

  it('leaves the picture itself, unlit and unbroken, where no mask reaches', async () => {
    const frame = { width: 48, height: 48 };
    const runner = runnerFor(smallGenerator, 2, { light: 1, brokenColour: 1 });
    const masks = tensor([1, 2, 48, 48], softMasks(frame, 2).data.map((value, at) => (at % 48 < 24 ? 0 : value)));
    await runner.measure(scene(frame), masks);
    const painted = await paintTiled(runner, scene(frame), masks, 512);
    const [bare, covered] = [0, 40].map((x) => [0, 1, 2].map((channel) => Math.abs(painted.data[channel * 2304 + 30 * 48 + x]! - scene(frame).data[channel * 2304 + 30 * 48 + x]!)));
    for (const difference of bare!) expect(difference).toBeLessThan(1e-6);
    expect(Math.max(...covered!)).toBeGreaterThan(0.02);
  });

  it('with one session for windows of every size gives the same bits; masks keep one for each size', async () => {
    const frame = { width: 53, height: 90 };
    const [plain, free] = [runnerFor(smallGenerator, 1), runnerFor(smallGenerator, 1, { manySizes: true })];
    expect([plain, free, runnerFor(smallGenerator, 2, { manySizes: true })].map(({ tiling }) => tiling.anySize)).toEqual([undefined, true, undefined]);
    for (const runner of [plain, free]) await runner.measure(scene(frame));
    const whole = await paintTiled(plain, scene(frame), undefined, 512);
    for (const tilePx of [512, 20, 36]) expect(largest((await paintTiled(free, scene(frame), undefined, tilePx)).data, whole.data)).toBe(0);
    expect(sessions.liveSessions()).toBe(2);
  });

  it('equals painting at once to the bit with the default generator', async () => {
    const frame = { width: 90, height: 53 };
    const runner = runnerFor(defaultGenerator, 1);
    await runner.measure(scene(frame));
    const whole = await paintTiled(runner, scene(frame), undefined, 512);
    expect((await paintTiled(runner, scene(frame), undefined, 40)).data).toEqual(whole.data);
  });

  it('would not with a halo one stride smaller', async () => {
    const frame = { width: 96, height: 48 };
    const runner = runnerFor(smallGenerator, 1);
    await runner.measure(scene(frame));
    const whole = await paintTiled(runner, scene(frame), undefined, 512);
    const short = { ...runner, tiling: { ...runner.tiling, haloPx: runner.tiling.haloPx - 4 } };
    expect((await paintTiled(short, scene(frame), undefined, 24)).data).not.toEqual(whole.data);
  });
});

/** The network as it is taught, with statistics of the picture at hand. */
async function paintedLive(generator: GeneratorSpec, code: Float32Array, feeds: Feeds, { width, height }: Extent): Promise<Float32Array> {
  const named = (layout: Parameters<typeof partsOf>[0], vector: Float32Array) =>
    Object.fromEntries(partsOf(layout, vector).map(({ name, shape, data }) => [name, constant(data, shape)]));
  const [picture, noise] = [input('picture', [1, 3, height, width]), input('noise', [1, 1, height, width])];
  const norm = liveNorm(named(codeLayout(generator), code));
  const session = await sessions.open(emit({ painted: generate(generator, named(generatorLayout(generator), weightsBySeed(generator, 1)), norm, picture, noise) }), options);
  const { painted } = await session.run(feeds);
  await session.release();
  return painted!.data as Float32Array;
}

describe('the folded network', () => {
  it.each([['small', smallGenerator], ['default', defaultGenerator]] as const)('paints what the %s network with live statistics paints', async (_name, generator) => {
    const halo = haloOf(generator);
    const frame = { width: 64, height: 48 };
    const picture = mirrorPad(scene(frame), halo, 4);
    const place = { x: -halo, y: -halo, width: picture.shape[3]!, height: picture.shape[2]! };
    const runner = runnerFor(generator, 1);
    await runner.measure(scene(frame));
    const folded = await runner.paint({ picture, place, frame });
    const noise = noiseField({ seed: 5, strength: 1, place, frame, learnedSizePx: 64 });
    const live = await paintedLive(generator, codeBySeed(generator, 20), { picture, noise }, place);
    expect(largest(folded.data, live)).toBeLessThan(1e-4);
  });

  it('with hard masks paints each style as it is alone, away from the border', async () => {
    const size = { width: 128, height: 32 };
    const codes = [codeBySeed(smallGenerator, 1), codeBySeed(smallGenerator, 2)];
    const weights = weightsBySeed(smallGenerator, 3);
    const noise = tensor([1, 1, 32, 128]);
    const statistics = await statisticsOf(weights, codes[0]!, scene(size), noise);
    const spec = { generator: smallGenerator, weights, statistics, window: size, rules: [] };
    const paint = async (used: readonly Float32Array[], feeds: Feeds): Promise<Float32Array> => {
      const session = await sessions.open(foldedModel({ ...spec, codes: used }), options);
      const { painted } = await session.run(feeds);
      await session.release();
      return painted!.data as Float32Array;
    };
    const masks = tensor([1, 2, 32, 128]);
    for (let at = 0; at < 32 * 128; at++) masks.data[at % 128 < 64 ? at : 32 * 128 + at] = 1;
    const both = await paint(codes, { picture: scene(size), noise, masks });
    const alone = [await paint([codes[0]!], { picture: scene(size), noise }), await paint([codes[1]!], { picture: scene(size), noise })];
    const reach = haloOf(smallGenerator);
    let difference = 0;
    let apart = 0;
    both.forEach((value, at) => {
      const x = at % 128;
      if (Math.abs(x - 63.5) > reach) difference = Math.max(difference, Math.abs(value - alone[x < 64 ? 0 : 1]![at]!));
      apart = Math.max(apart, Math.abs(alone[0]![at]! - alone[1]![at]!));
    });
    expect(difference).toBeLessThan(1e-5);
    expect(apart).toBeGreaterThan(0.05);
  });
});

async function statisticsOf(weights: Float32Array, code: Float32Array, picture: Tensor, noise: Tensor): Promise<FrozenStatistics> {
  const [, , height = 0, width = 0] = picture.shape;
  const session = await sessions.open(measureModel({ generator: smallGenerator, weights, codes: [code], width, height, rules: [] }), options);
  try {
    return frozenStatistics(smallGenerator, await session.run({ picture, noise }));
  } finally {
    await session.release();
  }
}

describe('a glaze runner', () => {
  const frame = { width: 48, height: 48 };
  const window = { picture: scene(frame), place: { x: 0, y: 0, ...frame }, frame };

  it('paints other strokes from another seed, and none of them by chance at noise 0', async () => {
    const paint = async (changes: { seed?: number; noise?: number }): Promise<Float32Array> => {
      const runner = runnerFor(smallGenerator, 1, changes);
      await runner.measure(scene(frame));
      const { data } = await runner.paint(window);
        return data;
    };
    const [one, two, calm, calmToo] = [await paint({ seed: 1 }), await paint({ seed: 2 }), await paint({ seed: 1, noise: 0 }), await paint({ seed: 2, noise: 0 })];
    expect(largest(one, two)).toBeGreaterThan(0.02);
    expect(calm).toEqual(calmToo);
    expect(await paint({ seed: 1 })).toEqual(one);
  });

  it('leaves the picture where masks cover nothing, with one style as with two', async () => {
    for (const styles of [1, 2]) {
      const runner = runnerFor(smallGenerator, styles);
      const masks = tensor([1, styles, 48, 48]);
      for (let at = 0; at < 48 * 48; at++) masks.data[at] = at % 48 < 24 ? 1 : 0;
      await runner.measure(scene(frame), masks);
      const { data } = await runner.paint({ ...window, masks });
      const outside = data.map((value, at) => (at % 48 < 24 ? 0 : Math.abs(value - window.picture.data[at]!)));
      const inside = data.map((value, at) => (at % 48 < 24 ? Math.abs(value - window.picture.data[at]!) : 0));
      expect(Math.max(...outside)).toBeLessThan(1e-6);
      expect(Math.max(...inside)).toBeGreaterThan(0.05);
      }
  });

  it('shares one session among windows of one size, and gives all back', async () => {
    const runner = runnerFor(smallGenerator, 1);
    await runner.measure(scene(frame));
    await Promise.all([runner.paint(window), runner.paint(window)]);
    expect(sessions.liveSessions()).toBe(1);
    await runner.close();
    expect(sessions.liveSessions()).toBe(0);
  });

  it('paints the same to the bit with statistics that were stored as bytes, and refuses those of another network', async () => {
    const measured = runnerFor(smallGenerator, 2);
    const masks = softMasks(frame, 2);
    await measured.measure(scene(frame), masks);
    const stored = writeSafetensors(measured.freeze());
    const thawed = runnerFor(smallGenerator, 2);
    await thawed.thaw(readSafetensors(stored, 'statistics'));
    expect((await thawed.paint({ ...window, masks })).data).toEqual((await measured.paint({ ...window, masks })).data);
    expect(writeSafetensors(thawed.freeze())).toEqual(stored);
    await expect(runnerFor(defaultGenerator, 1).thaw(measured.freeze())).rejects.toMatchObject({ code: 'asset.corrupt' });
  });

  it('refuses to paint before it has measured', async () => {
    await expect(runnerFor(smallGenerator, 1).paint(window)).rejects.toMatchObject({ code: 'internal' });
  });

  it('leaves no session behind, whichever of its openings and runs fails', async () => {
    for (let n = 1; n <= 4; n++) {
      const failing = failingSessions(sessions, n);
      const runner = glazeRunner({ generator: smallGenerator, weights: weightsBySeed(smallGenerator, 1), codes: [codeBySeed(smallGenerator, 1)], learnedSizePx: 64, seed: 1, noise: 1, sessions: failing, options });
      const painted = runner.measure(scene(frame)).then(() => runner.paint(window));
      await expect(painted).rejects.toMatchObject({ code: n % 2 ? 'session.rejected' : 'session.failed' });
      await runner.close();
        expect(sessions.liveSessions()).toBe(0);
    }
  });
});

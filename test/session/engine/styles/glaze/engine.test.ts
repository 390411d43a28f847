// The glaze engine: which styles share a pass, what strength does, and whose base is missing.
import { afterEach, describe, expect, it } from 'vitest';
import type { Preset, PresetRecord } from '../../../../../src-main/contract/style.ts';
import { createOrtSessions } from '../../../../../src-main/engine/runtime/ort-node.ts';
import type { SessionFactory } from '../../../../../src-main/engine/runtime/session.ts';
import { glaze } from '../../../../../src-main/engine/styles/glaze/engine.ts';
import { mixVectors } from '../../../../../src-main/engine/styles/glaze/weights.ts';
import type { StyleOpening, StyleRunner, StyleSource } from '../../../../../src-main/engine/styles/style-engine.ts';
import { tensor, type Tensor } from '../../../../../src-main/engine/tensor/tensor.ts';
import { noiseAt, pictureOf } from '../../../../support/pictures.ts';
import { presetOf } from '../../../../support/preset.ts';
import { codeBySeed, weightsBySeed } from '../../../../support/small-styles.ts';
import { smallGenerator } from '../../../../support/small-teaching.ts';

const sessions = createOrtSessions();
const opened: StyleRunner[] = [];
afterEach(async () => {
  for (const runner of opened.splice(0)) await runner.close();
  expect(sessions.liveSessions()).toBe(0);
});

const baseId = 'b'.repeat(64);
const base = preset({ name: 'Base', kind: 'network', id: baseId }, 1, 100);

function preset(record: Partial<PresetRecord>, seed: number, ownWeights?: number): Preset {
  const plain = presetOf({ record: { generator: smallGenerator, base: baseId, learnedSizePx: 64, id: String(seed).repeat(64).slice(0, 64), ...record } });
  const weights = ownWeights === undefined ? undefined : weightsBySeed(smallGenerator, ownWeights);
  return { ...plain, code: codeBySeed(smallGenerator, seed), ...(weights && { weights }) };
}

const code = (seed: number): Preset => preset({ kind: 'code' }, seed);
const network = (seed: number): Preset => preset({ kind: 'network' }, seed, 10 + seed);

interface Opened {
  readonly runner: StyleRunner;
  readonly warnings: string[];
}

async function open(mix: readonly (readonly [Preset, number])[], changes: Partial<StyleOpening> = {}): Promise<Opened> {
  const warnings: string[] = [];
  const runner = await glaze.open({
    mix: mix.map(([each, weight]) => ({ source: { kind: 'preset', preset: each }, weight })),
    strength: 1, seed: 3, noise: 1, masked: false, sessions, provider: 'cpu', threads: 1,
    base: (hash) => Promise.resolve(hash === baseId ? base : undefined),
    warn: (key) => void warnings.push(key),
    ...changes,
  });
  opened.push(runner);
  return { runner, warnings };
}

const frame = { width: 48, height: 40 };
const picture = pictureOf(48, 40, (x, y) => [x / 48, noiseAt(x, y), y / 40]);

async function paint({ runner }: Opened, masks?: Tensor): Promise<Float32Array> {
  await runner.measure(picture, masks);
  return (await runner.paint({ picture, place: { x: 0, y: 0, ...frame }, frame, ...(masks && { masks }) })).data;
}

const apart = (a: Float32Array, b: Float32Array): number => a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);

/** Sessions that count how often they run. */
function counting(): { readonly factory: SessionFactory; readonly count: { opened: number; runs: number } } {
  const count = { opened: 0, runs: 0 };
  const open: SessionFactory['open'] = async (model, options) => {
    const session = await sessions.open(model, options);
    count.opened += 1;
    const run: typeof session.run = (feeds, into) => {
      count.runs += 1;
      return session.run(feeds, into);
    };
    return { provider: session.provider, inputs: session.inputs, outputs: session.outputs, run, release: () => session.release() };
  };
  return { factory: { open, liveSessions: () => sessions.liveSessions() }, count };
}

/** Left of the middle the first, right of it the second. */
function halves(): Tensor {
  const masks = tensor([1, 2, 40, 48]);
  for (let at = 0; at < 1920; at++) masks.data[at % 48 < 24 ? at : 1920 + at] = 1;
  return masks;
}

describe('the glaze engine', () => {
  it('paints presets of its own and no foreign network', () => {
    const foreign: StyleSource = { kind: 'network', file: 'a.onnx', model: new Uint8Array() };
    const other = presetOf({ record: { engine: 'other' } });
    expect([glaze.paints({ kind: 'preset', preset: code(1) }), glaze.paints(foreign), glaze.paints({ kind: 'preset', preset: other })]).toEqual([true, false, false]);
  });

  it('mixes codes of one base by their weighted mean, in one pass', async () => {
    const mixed = await open([[code(1), 3], [code(2), 1]]);
    const mean = { ...code(1), code: mixVectors([code(1).code, code(2).code], [0.75, 0.25]) };
    expect(await paint(mixed)).toEqual(await paint(await open([[mean, 1]])));
    expect(mixed.warnings).toEqual([]);
    expect(sessions.liveSessions()).toBe(2);
  });

  it('mixes networks of one base by interpolated weights, in one pass', async () => {
    const mixed = await open([[network(1), 1], [network(2), 1]]);
    const halfway = { ...network(1), code: mixVectors([network(1).code, network(2).code], [0.5, 0.5]), weights: mixVectors([network(1).weights!, network(2).weights!], [0.5, 0.5]) };
    expect(await paint(mixed)).toEqual(await paint(await open([[halfway, 1]])));
    expect(mixed.warnings).toEqual([]);
  });

  it('gives styles of other bases a pass each, blends what they paint, and says so', async () => {
    const foreigner = preset({ kind: 'network', base: 'c'.repeat(64) }, 3, 30);
    const mixed = await open([[code(1), 1], [foreigner, 1]]);
    expect(mixed.warnings).toEqual(['preset.mixed-in-passes']);
    const [one, other, both] = [await paint(await open([[code(1), 1]])), await paint(await open([[foreigner, 1]])), await paint(mixed)];
    expect(both.every((value, at) => value >= Math.min(one[at]!, other[at]!) - 1e-5 && value <= Math.max(one[at]!, other[at]!) + 1e-5)).toBe(true);
  });

  it('places codes by masks in one pass and networks in one each', async () => {
    const codes = await open([[code(1), 1], [code(2), 1]], { masked: true });
    expect(codes.warnings).toEqual([]);
    expect((await paint(codes, halves())).every(Number.isFinite)).toBe(true);
    const networks = await open([[network(1), 1], [network(2), 1]], { masked: true });
    expect(networks.warnings).toEqual(['preset.mixed-in-passes']);
    const [left, right, both] = [await paint(await open([[network(1), 1]])), await paint(await open([[network(2), 1]])), await paint(networks, halves())];
    both.forEach((value, at) => expect(Math.abs(value - (at % 48 < 24 ? left : right)[at]!)).toBeLessThan(1e-5));
  });

  it('runs as often for three codes of one base, by weights or by masks, as for one', async () => {
    const [three, one] = [[[code(1), 1], [code(2), 2], [code(3), 1]], [[code(1), 1]]] as const;
    const thirds = tensor([1, 3, 40, 48], new Float32Array(3 * 1920).fill(1 / 3));
    for (const [mix, masks] of [[one, undefined], [three, undefined], [three, thirds]] as const) {
      const { factory, count } = counting();
      await paint(await open(mix, { sessions: factory, masked: masks !== undefined }), masks);
      expect(count).toEqual({ opened: 2, runs: 2 });
    }
  });

  it('leaves a single style where its mask says', async () => {
    const mask = tensor([1, 1, 40, 48], halves().data.slice(0, 1920));
    const painted = await paint(await open([[code(1), 1]], { masked: true }), mask);
    painted.forEach((value, at) => at % 48 < 24 || expect(Math.abs(value - picture.data[at]!)).toBeLessThan(1e-6));
  });

  it('gives the very picture at strength 0 and departs from it evenly', async () => {
    const distances: number[] = [];
    for (const strength of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
      const painted = await paint(await open([[code(1), 1]], { strength }));
      if (strength === 0) expect(painted).toEqual(picture.data);
      distances.push(painted.reduce((sum, value, at) => sum + (value - picture.data[at]!) ** 2, 0));
    }
    expect(distances.every((distance, index) => index === 0 || distance > distances[index - 1]!)).toBe(true);
  });

  it('says whose base is missing', async () => {
    const orphan = preset({ kind: 'code', base: 'd'.repeat(64), name: 'Orphan' }, 1);
    await expect(open([[orphan, 1]])).rejects.toMatchObject({ code: 'preset.other-base', details: { file: 'Orphan', base: 'd'.repeat(12) } });
  });

  it('paints other strokes with another seed', async () => {
    expect(apart(await paint(await open([[code(1), 1]])), await paint(await open([[code(1), 1]], { seed: 4 })))).toBeGreaterThan(0.01);
  });
});

// The terms of the objective on pictures and features small enough to reckon by hand.
import { describe, expect, it } from 'vitest';
import { gradients } from '../../../../src-main/engine/graph/gradient.ts';
import { input } from '../../../../src-main/engine/graph/ops/index.ts';
import type { Value } from '../../../../src-main/engine/graph/value.ts';
import { chromaInputs, chromaLoss } from '../../../../src-main/engine/losses/chroma.ts';
import { contentLoss } from '../../../../src-main/engine/losses/content.ts';
import { identityLoss } from '../../../../src-main/engine/losses/identity.ts';
import { latticeLoss } from '../../../../src-main/engine/losses/lattice.ts';
import { smoothnessLoss } from '../../../../src-main/engine/losses/smoothness.ts';
import { toneLoss } from '../../../../src-main/engine/losses/tone.ts';
import { gramMatrix, rememberedStyleLoss, styleLoss } from '../../../../src-main/engine/losses/style.ts';
import type { Picture } from '../../../../src-main/engine/training/augment.ts';
import { targetChroma } from '../../../../src-main/engine/training/colour-targets.ts';
import { compute } from '../../../support/graph-run.ts';

const wave = (length: number, pace: number): number[] => Array.from({ length }, (_, index) => Math.sin(pace * index + 1));
const features = [1, 2, 4, 4];

describe('content', () => {
  const loss = contentLoss(input('a', features), input('b', features));
  const of = (a: number[], b: number[]): number => compute({ loss }, { a: { shape: features, data: a }, b: { shape: features, data: b } }).loss![0]!;

  it('ignores contrast and level of a channel, which belong to the style', () => {
    const a = wave(32, 0.7);
    expect(of(a, a.map((value) => 3 * value + 5))).toBeLessThan(1e-6);
  });

  it('is 2 for unrelated and 4 for opposite features', () => {
    const across = Array.from({ length: 32 }, (_, index) => (index % 2 ? 1 : -1));
    const down = Array.from({ length: 32 }, (_, index) => (Math.floor(index / 4) % 2 ? 1 : -1));
    expect(of(across, down)).toBeCloseTo(2, 3);
    expect(of(across, across.map((value) => -value))).toBeCloseTo(4, 3);
  });
});

describe('tone', () => {
  const shape = [1, 3, 8, 8];
  const loss = toneLoss(input('painted', shape), input('content', shape), input('deviation', []));
  const of = (painted: number[], content: number[], deviation: number): number =>
    compute({ loss }, { painted: { shape, data: painted }, content: { shape, data: content }, deviation: { shape: [], data: [deviation] } }).loss![0]!;
  /** Four cells of 4 px: grey, black, white, grey. */
  const picture = (black: number, white: number): number[] => {
    const [grey, across] = [(black + white) / 2, 8];
    const tones = [grey, black, white, grey];
    return Array.from({ length: 192 }, (_, at) => tones[2 * Math.floor((at % 64) / (4 * across)) + Math.floor((at % across) / 4)]!);
  };
  const deviation = 0.5 / Math.SQRT2;

  it('is small where light and dark lie as in the picture, at the contrast that is wanted, however light it is as a whole', () => {
    expect(of(picture(0, 1), picture(0, 1), deviation)).toBeLessThan(1e-3);
    expect(of(picture(0.4, 0.8), picture(0, 1), 0.4 * deviation)).toBeLessThan(1e-3);
  });

  it('is about 1 for an even grey and about 4 for a negative', () => {
    expect(of(picture(0.5, 0.5), picture(0, 1), deviation)).toBeCloseTo(1, 1);
    expect(of(picture(1, 0), picture(0, 1), deviation)).toBeCloseTo(4, 0);
  });

  it('does not stretch the grain of a flat picture to the contrast of a lively one', () => {
    expect(of(picture(0.5, 0.5), picture(0.49, 0.51), deviation)).toBeLessThan(0.02);
  });

  it('leaves texture within a cell alone', () => {
    const chequered = picture(0, 1).map((value, at) => value + ((at + Math.floor(at / 8)) % 2 ? 0.2 : -0.2));
    expect(of(chequered, picture(0, 1), deviation)).toBeCloseTo(of(picture(0, 1), picture(0, 1), deviation), 4);
  });
});

describe('chroma', () => {
  const shape = [1, 3, 8, 8];
  const loss = chromaLoss(input('painted', shape), input('content', shape), chromaInputs());
  type Rgb = readonly [number, number, number];
  /** Left and right half of one colour each. */
  const halves = (left: Rgb, right: Rgb): number[] => Array.from({ length: 192 }, (_, at) => (at % 8 < 4 ? left : right)[Math.floor(at / 64)]!);
  const picture = (planes: number[]): Picture => ({ width: 8, height: 8, channels: 3, depth: 8, data: Uint8Array.from({ length: 192 }, (_, at) => Math.round(255 * planes[(at % 3) * 64 + Math.floor(at / 3)]!)) }) as Picture;
  const of = (painted: number[], content: number[], painting: number[]): number => {
    const feeds = Object.entries(targetChroma([picture(painting)])).map(([name, { shape: own, data }]) => [name, { shape: [...own], data: [...(data as Float32Array)] }]);
    return compute({ loss }, { painted: { shape, data: painted }, content: { shape, data: content }, ...Object.fromEntries(feeds) }).loss![0]!;
  };
  /** All of the luma of grey but the last two, a dark blue and a light yellow. */
  const [red, blue, rust, slate, grey]: Rgb[] = [[0.8, 0.39, 0.39], [0.43, 0.43, 0.89], [0.6, 0.47, 0.47], [0.476, 0.476, 0.68], [0.5, 0.5, 0.5]];
  const [night, straw]: Rgb[] = [[0.1, 0.15, 0.4], [0.9, 0.85, 0.5]];

  it('is small where a narrower palette keeps red beside blue apart', () => {
    expect(of(halves(rust!, slate!), halves(red!, blue!), halves(rust!, slate!))).toBeLessThan(0.1);
  });

  it('is about 1 where both become one colour and far more where they change places', () => {
    expect(of(halves(grey!, grey!), halves(red!, blue!), halves(rust!, slate!))).toBeGreaterThan(0.6);
    expect(of(halves(slate!, rust!), halves(red!, blue!), halves(rust!, slate!))).toBeGreaterThan(2.5);
  });

  it('asks of a grey picture the painting’s dark colour in the dark and its light one in the light', () => {
    const drawing = halves([0.15, 0.15, 0.15], [0.85, 0.85, 0.85]);
    const held = of(halves(night!, straw!), drawing, halves(night!, straw!));
    expect(held).toBeLessThan(0.15);
    expect(of(drawing, drawing, halves(night!, straw!))).toBeGreaterThan(5 * held);
  });
});

describe('style', () => {
  it('has a Gram matrix of mean products over the places', () => {
    const data = [1, 2, 3, 4, 0, 1, 0, -1];
    const found = compute({ gram: gramMatrix(input('f', [1, 2, 2, 2])) }, { f: { shape: [1, 2, 2, 2], data } });
    expect(found.gram).toEqual([30 / 4, -2 / 4, -2 / 4, 2 / 4]);
  });

  it('is the mean squared difference relative to the target, so that a painting twice as strong counts alike', () => {
    const target = { gram: input('gram', [2, 2]), inverseRms: input('rms', []) };
    const loss = styleLoss(input('f', features), target);
    const f = wave(32, 0.4);
    const at = (scale: number): number => {
      const gram = [1, 0.2, 0.2, 0.5].map((value) => value * scale);
      const rms = Math.sqrt(gram.reduce((sum, value) => sum + value * value, 0) / 4);
      const data = f.map((value) => value * Math.sqrt(scale));
      return compute({ loss }, { f: { shape: features, data }, gram: { shape: [2, 2], data: gram }, rms: { shape: [], data: [1 / rms] } }).loss![0]!;
    };
    expect(at(1)).toBeGreaterThan(0.01);
    expect(at(9)).toBeCloseTo(at(1), 5);
  });
});

describe('style over many crops', () => {
  const target = { gram: input('gram', [2, 2]), inverseRms: input('rms', []) };
  const f = input('f', features);
  const feeds = (past: number[], share: number) => ({
    f: { shape: features, data: wave(32, 0.4) },
    gram: { shape: [2, 2], data: [1, 0.2, 0.2, 0.5] },
    rms: { shape: [], data: [2] },
    past: { shape: [2, 2], data: past },
    share: { shape: [], data: [share] },
  });
  const memory = { past: input('past', [2, 2]), share: input('share', []), own: 0 };
  const slopeOf = (loss: Value): Value => gradients(loss, [f])[0]!;
  const { loss, mean } = rememberedStyleLoss(f, target, memory);
  const alone = styleLoss(f, target);

  it('is the crop’s own where nothing is remembered', () => {
    const found = compute({ loss, alone, slope: slopeOf(loss), plain: slopeOf(alone) }, feeds([0, 0, 0, 0], 1));
    expect(found.loss![0]).toBeCloseTo(found.alone![0]!, 6);
    found.slope!.forEach((value, at) => expect(value).toBeCloseTo(found.plain![at]!, 5));
  });

  it('asks nothing of a crop that makes up for what others missed, and leaves the mean to the next', () => {
    const miss = compute({ mean }, feeds([0, 0, 0, 0], 1)).mean!;
    const others = miss.map((value) => -value / 3); // with a quarter of this one: nothing
    const found = compute({ loss, mean, slope: slopeOf(loss) }, feeds(others, 0.25));
    expect(found.loss![0]).toBeLessThan(1e-10);
    for (const value of [...found.mean!, ...found.slope!]) expect(Math.abs(value)).toBeLessThan(1e-5);
  });

  it('moves a crop as far as one of a batch would be, however little it changes the mean', () => {
    const miss = compute({ mean }, feeds([0, 0, 0, 0], 1)).mean!;
    const found = compute({ slope: slopeOf(loss), plain: slopeOf(alone) }, feeds(miss, 0.01));
    found.slope!.forEach((value, at) => expect(value).toBeCloseTo(found.plain![at]!, 5));
  });

  it('asks of each crop by itself as well, by the weight that has', () => {
    const both = rememberedStyleLoss(f, target, { ...memory, own: 0.5 }).loss;
    const miss = compute({ mean }, feeds([0, 0, 0, 0], 1)).mean!;
    const found = compute({ both, alone }, feeds(miss.map((value) => -value / 3), 0.25));
    expect(found.both![0]).toBeCloseTo(0.5 * found.alone![0]!, 6);
  });
});

describe('the plain picture terms', () => {
  const shape = [1, 1, 4, 4];
  const steps = Array.from({ length: 16 }, (_, index) => (index % 4) / 10);

  it('smoothness is the mean step across plus the mean step down', () => {
    expect(compute({ loss: smoothnessLoss(input('x', shape)) }, { x: { shape, data: steps } }).loss![0]).toBeCloseTo(0.1, 6);
  });

  it('identity is the mean squared difference', () => {
    const loss = identityLoss(input('x', shape), input('y', shape));
    const moved = steps.map((value) => value + 0.3);
    expect(compute({ loss }, { x: { shape, data: steps }, y: { shape, data: moved } }).loss![0]).toBeCloseTo(0.09, 6);
  });
});

describe('the lattice penalty', () => {
  const shape = [1, 3, 8, 8];
  const of = (colourAt: (x: number, y: number, channel: number) => number): number => {
    const data = Array.from({ length: 192 }, (_, index) => colourAt(index % 8, Math.floor(index / 8) % 8, Math.floor(index / 64)));
    return compute({ loss: latticeLoss(input('x', shape)) }, { x: { shape, data } }).loss![0]!;
  };

  it('is nothing where there is no texture, and hardly anything for an edge beside chequers of its height', () => {
    expect(of((_x, _y, channel) => channel / 3)).toBeCloseTo(0, 9);
    expect(of((x) => (x < 4 ? 0.2 : 0.7))).toBeLessThan(of((x, y) => ((x + y) % 2 ? 0.2 : 0.7)) / 50);
  });

  it('is about the variance of the means where texture locks to the lattice', () => {
    const share = of((x, y) => (x % 4 === 0 && y % 4 === 0 ? 1 : 0)) / (1 / 16 - 1 / 256); // one place of sixteen brighter by 1
    expect(share).toBeGreaterThanOrEqual(1);
    expect(share).toBeLessThan(1.5);
  });

  it('sees chequers whose signs cancel in the means', () => {
    const chequer = (x: number, y: number): number => ((x + y) % 2 ? 1 : -1);
    expect(of((x, y) => 0.5 + 0.1 * chequer(x, y) * (x < 4 ? 1 : -1))).toBeGreaterThan(1e-4);
  });
});

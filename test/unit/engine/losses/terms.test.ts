// The terms of the objective on pictures and features small enough to reckon by hand.
import { describe, expect, it } from 'vitest';
import { gradients } from '../../../../src-main/engine/graph/gradient.ts';
import { input } from '../../../../src-main/engine/graph/ops/index.ts';
import type { Value } from '../../../../src-main/engine/graph/value.ts';
import { chromaLoss, toneLoss } from '../../../../src-main/engine/losses/colour.ts';
import { contentLoss } from '../../../../src-main/engine/losses/content.ts';
import { identityLoss } from '../../../../src-main/engine/losses/identity.ts';
import { latticeLoss } from '../../../../src-main/engine/losses/lattice.ts';
import { smoothnessLoss } from '../../../../src-main/engine/losses/smoothness.ts';
import { toneOrderLoss } from '../../../../src-main/engine/losses/tone-order.ts';
import { gramMatrix, rememberedStyleLoss, styleLoss } from '../../../../src-main/engine/losses/style.ts';
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

type Rgb = readonly [number, number, number];

describe('the order of tones', () => {
  const shape = [1, 3, 16, 16];
  const loss = toneOrderLoss(input('painted', shape), input('content', shape));
  /** Grey, the left half of one tone and the right of another. */
  const halves = (left: number, right: number): number[] => Array.from({ length: 768 }, (_, at) => (at % 16 < 8 ? left : right));
  const of = (painted: number[], content: number[]): number => compute({ loss }, { painted: { shape, data: painted }, content: { shape, data: content } }).loss![0]!;

  it('costs nothing at another contrast, and most as a negative', () => {
    expect(of(halves(0.2, 0.6), halves(0, 1))).toBeLessThan(1e-3);
    expect(of(halves(1, 0), halves(0, 1))).toBeCloseTo(4, 2);
  });
});

describe('tone and chroma', () => {
  const [shape, cells] = [[1, 3, 8, 8], [1, 3, 2, 2]];
  const [painted, asked, power] = [input('painted', shape), input('asked', cells), input('power', [])];
  const terms = { tone: toneLoss(painted, asked, power), chroma: chromaLoss(painted, asked, power) };
  /** Four cells of 4 px, row by row; `grain` is added to and taken from neighbours by turns. */
  const picture = (colours: readonly Rgb[], grain = 0): number[] =>
    Array.from({ length: 192 }, (_, at) => {
      const [channel, y, x] = [Math.floor(at / 64), Math.floor(at / 8) % 8, at % 8];
      return colours[2 * Math.floor(y / 4) + Math.floor(x / 4)]![channel]! + (((x + y) % 2) * 2 - 1) * grain;
    });
  const of = (seen: number[], wanted: readonly Rgb[], relativeTo = 1) => {
    const data = Array.from({ length: 12 }, (_, at) => wanted[at % 4]![Math.floor(at / 4)]!);
    const found = compute(terms, { painted: { shape, data: seen }, asked: { shape: cells, data }, power: { shape: [], data: [relativeTo] } });
    return { tone: found.tone![0]!, chroma: found.chroma![0]! };
  };
  const [black, white, red, teal]: Rgb[] = [[0, 0, 0], [1, 1, 1], [0.6, 0.3, 0.2], [0.2, 0.5, 0.5]];
  const four = [black!, white!, red!, teal!];

  it('cost nothing where every cell has the colour that is asked for, whatever the texture within', () => {
    const { tone, chroma } = of(picture(four, 0.1), four);
    expect([tone, chroma]).toEqual([expect.closeTo(0, 6), expect.closeTo(0, 6)]);
  });

  it('tell light from dark and colour from grey: each is blind to what the other sees', () => {
    const inverted = of(picture([white!, black!, white!, black!]), [black!, white!, black!, white!]);
    expect(inverted.tone).toBeCloseTo(1, 5);
    expect(inverted.chroma).toBeCloseTo(0, 6);
    const luma = 0.2126 * 0.6 + 0.7152 * 0.3 + 0.0722 * 0.2;
    const grey: Rgb = [luma, luma, luma];
    const faded = of(picture([grey, grey, grey, grey]), [red!, red!, red!, red!]);
    expect(faded.tone).toBeCloseTo(0, 6);
    expect(faded.chroma).toBeCloseTo(((0.2 - luma) ** 2 + (0.6 - luma) ** 2) / 2, 5);
  });

  it('are relative to the power they are given', () => {
    const [whole, quarter] = [of(picture([teal!, teal!, teal!, teal!]), four), of(picture([teal!, teal!, teal!, teal!]), four, 4)];
    expect(quarter.tone).toBeCloseTo(whole.tone / 4, 6);
    expect(quarter.chroma).toBeCloseTo(whole.chroma / 4, 6);
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

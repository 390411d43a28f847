// The four games against numbers worked out by hand, and R1 where it can be known exactly.
import { describe, expect, it } from 'vitest';
import { objectives } from '../../../../src-main/contract/training.ts';
import { gradients } from '../../../../src-main/engine/graph/gradient.ts';
import { conv2d, input } from '../../../../src-main/engine/graph/ops/index.ts';
import { accuracy, games, gradientPenalty } from '../../../../src-main/engine/losses/adversarial.ts';
import { compute } from '../../../support/graph-run.ts';

const shape = [1, 1, 2, 2];
const realLogits = [2, 0.5, -1, 3];
const paintedLogits = [-2, 0.25, 1.5, -0.5];
const feeds = { real: { shape, data: realLogits }, painted: { shape, data: paintedLogits } };
const real = input('real', shape);
const painted = input('painted', shape);

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Straight from the papers, with D's probability where they speak of one. */
const byHand = {
  minimax: {
    discriminator: -mean(realLogits.map((x) => Math.log(sigmoid(x)))) - mean(paintedLogits.map((x) => Math.log(1 - sigmoid(x)))),
    generator: mean(paintedLogits.map((x) => Math.log(1 - sigmoid(x)))),
  },
  'non-saturating': {
    discriminator: -mean(realLogits.map((x) => Math.log(sigmoid(x)))) - mean(paintedLogits.map((x) => Math.log(1 - sigmoid(x)))),
    generator: -mean(paintedLogits.map((x) => Math.log(sigmoid(x)))),
  },
  'least-squares': {
    discriminator: mean(realLogits.map((x) => (x - 1) ** 2)) + mean(paintedLogits.map((x) => x ** 2)),
    generator: mean(paintedLogits.map((x) => (x - 1) ** 2)),
  },
  hinge: {
    discriminator: mean(realLogits.map((x) => Math.max(0, 1 - x))) + mean(paintedLogits.map((x) => Math.max(0, 1 + x))),
    generator: -mean(paintedLogits),
  },
} as const;

describe.each(objectives)('the %s game', (objective) => {
  it('costs both players what the paper says', () => {
    const found = compute({ discriminator: games[objective].discriminator(real, painted), generator: games[objective].generator(painted) }, feeds);
    expect(found.discriminator![0]).toBeCloseTo(byHand[objective].discriminator, 6);
    expect(found.generator![0]).toBeCloseTo(byHand[objective].generator, 6);
  });

  it('drives the generator to higher logits, and the discriminator to tell the two apart', () => {
    const undecided = { real: { shape, data: [0.4, 0.5, -0.3, 0.2] }, painted: { shape, data: [0.6, 0.3, 0.1, 0.7] } };
    const [up] = gradients(games[objective].generator(painted), [painted]);
    const [ofReal, ofPainted] = gradients(games[objective].discriminator(real, painted), [real, painted]);
    const slopes = compute({ up: up!, ofReal: ofReal!, ofPainted: ofPainted! }, undecided);
    expect(slopes.up!.every((slope) => slope < 0)).toBe(true);
    expect(slopes.ofReal!.every((slope) => slope < 0)).toBe(true);
    expect(slopes.ofPainted!.every((slope) => slope > 0)).toBe(true);
  });
});

describe('the pull on a generator that is seen through', () => {
  it('fades in the minimax game and not in the non-saturating one', () => {
    const lost = { painted: { shape, data: [-12, -12, -12, -12] } };
    const pull = (objective: 'minimax' | 'non-saturating'): number => {
      const [slope] = gradients(games[objective].generator(painted), [painted]);
      return Math.abs(compute({ slope: slope! }, lost).slope![0]!);
    };
    expect(pull('minimax')).toBeLessThan(1e-5);
    expect(pull('non-saturating')).toBeCloseTo(1 / 4, 4);
  });
});

describe('accuracy', () => {
  it('is the mean share told right, with the threshold of the objective', () => {
    // at 0: 3 of 4 real are above, 2 of 4 painted below
    expect(compute({ share: accuracy('hinge', real, painted) }, feeds).share![0]).toBeCloseTo((3 / 4 + 2 / 4) / 2, 6);
    // at ½: 0.5 itself is not above, 0.25 is below
    expect(compute({ share: accuracy('least-squares', real, painted) }, feeds).share![0]).toBeCloseTo((2 / 4 + 3 / 4) / 2, 6);
  });
});

describe('R1', () => {
  const weights = input('weights', [1, 3, 2, 2]);
  const numbers = Array.from({ length: 12 }, (_, index) => Math.sin(index + 1));
  const squared = numbers.reduce((sum, each) => sum + each * each, 0);

  it('of a linear discriminator is the squared length of its weights, whatever it is shown and however many', () => {
    for (const count of [1, 3]) {
      const patch = input('patch', [count, 3, 2, 2]);
      const penalty = gradientPenalty(conv2d(patch, weights, { padding: 0 }), patch);
      const data = Array.from({ length: 12 * count }, (_, index) => Math.cos(index));
      const found = compute({ penalty }, { weights: { shape: [1, 3, 2, 2], data: numbers }, patch: { shape: [count, 3, 2, 2], data } });
      expect(found.penalty![0]).toBeCloseTo(squared, 5);
    }
  });

  it('differentiated once more is twice the weights', () => {
    const patch = input('patch', [1, 3, 2, 2]);
    const [slope] = gradients(gradientPenalty(conv2d(patch, weights, { padding: 0 }), patch), [weights]);
    const found = compute({ slope: slope! }, { weights: { shape: [1, 3, 2, 2], data: numbers } });
    found.slope!.forEach((each, index) => expect(each).toBeCloseTo(2 * numbers[index]!, 5));
  });
});

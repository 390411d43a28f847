// Enlargement and convolution in one, against the two in turn.
import { describe, expect, it } from 'vitest';
import { conv2d, input, upsampleNearest } from '../../../../src-main/engine/graph/ops/index.ts';
import { upsampledConv } from '../../../../src-main/engine/networks/upsampled-conv.ts';
import { evaluate } from '../../../support/evaluate.ts';
import { checkGradient } from '../../../support/gradient-check.ts';
import { spread } from '../../../support/proof-model.ts';

describe('a convolution of an enlarged picture', () => {
  it.each([
    [1, 2, 3, 4, 5],
    [2, 3, 1, 1, 2],
  ])('of %i × %i channels to %i is the same on the small one', (n, c, m, height, width) => {
    const [x, w] = [input('x', [n, c, height, width]), input('w', [m, c, 3, 3])];
    const feeds = { x: spread(x.shape, 1, [-1, 1]), w: spread(w.shape, 2, [-1, 1]) };
    const [large, small] = evaluate([conv2d(upsampleNearest(x, { factor: 2 }), w, { padding: 1 }), upsampledConv(x, w)], feeds);
    expect(small.shape).toEqual(large.shape);
    for (const [index, number] of large.data.entries()) expect(small.data[index]).toBeCloseTo(number, 12);
  });

  it('has the right derivatives', () => {
    checkGradient('upsampledConv', [[1, 2, 2, 3], [2, 2, 3, 3]], upsampledConv, { linearIn: [0, 1] });
  });
});

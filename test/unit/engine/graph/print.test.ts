// The listing of a graph.
import { describe, expect, it } from 'vitest';
import { add, constant, conv2d, input, relu } from '../../../../src-main/engine/graph/ops/index.ts';
import { print } from '../../../../src-main/engine/graph/print.ts';

describe('a listing', () => {
  it('shows one line per node, inputs first, with attributes and shapes', () => {
    const x = input('x', [1, 3, 8, 8]);
    const w = constant(new Float32Array(16 * 27), [16, 3, 3, 3]);
    expect(print([add(relu(conv2d(x, w, { padding: 1 })), constant(0.5))]).split('\n')).toEqual([
      '%0 = Input(x) [1,3,8,8]',
      '%1 = Constant [16,3,3,3]',
      '%2 = Conv(%0, %1) {"padding":1} [1,16,8,8]',
      '%3 = Relu(%2) [1,16,8,8]',
      '%4 = Constant []',
      '%5 = Add(%3, %4) [1,16,8,8]',
    ]);
  });

  it('lists a node that several outputs reach once', () => {
    const y = relu(input('x', [2]));
    expect(print([y, y, add(y, y)]).split('\n')).toEqual(['%0 = Input(x) [2]', '%1 = Relu(%0) [2]', '%2 = Add(%1, %1) [2]']);
  });
});

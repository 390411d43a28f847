// The table of allowed operators, applied.
import { describe, expect, it } from 'vitest';
import { check } from '../../../../src-main/engine/graph/check.ts';
import { add, constant, exp, input, relu } from '../../../../src-main/engine/graph/ops/index.ts';

const x = input('x', [2]);

describe('a check', () => {
  it('passes a graph of allowed operators; inputs and constants need no leave', () => {
    expect(() => check([add(relu(x), constant(1))], new Set(['Add', 'Relu']))).not.toThrow();
  });

  it('names an operator that is not allowed, however deep, with its line', () => {
    expect(() => check([add(x, x), relu(exp(x))], new Set(['Add', 'Relu']))).toThrow(/graph\.illegal.*operator Exp is not allowed: %1 = Exp\(%0\) \[2\]/);
  });
});

// Reverse-mode differentiation: the chain rule walked from a scalar back to its targets, in graph values.
import { StudioError } from '../../contract/fault.ts';
import type { Value } from './value.ts';
import { reachable } from './value.ts';
import { constant } from './op.ts';
import { add, expand } from './ops/broadcasting.ts';
import { print } from './print.ts';

/**
 * Gradients of a scalar with respect to targets, one per target, each of its target's shape; differentiable again.
 * A target the scalar does not reach has gradient zero. Throws graph.no-gradient for a non-scalar.
 */
export function gradients(of: Value, targets: readonly Value[]): Value[] {
  if (of.shape.some((dim) => dim !== 1)) {
    throw new StudioError('graph.no-gradient', { reason: `not a scalar: ${print([of]).split('\n').at(-1) ?? ''}` });
  }
  const order = reachable([of]);
  const dependent = dependents(order, targets);
  const gradientOf = new Map<Value, Value>([[of, constant(new Float32Array([1]), of.shape)]]);
  for (const value of order.reverse()) {
    const grad = gradientOf.get(value);
    if (!grad || !dependent.has(value)) continue;
    for (const [input, contribution] of contributions(value, grad, dependent)) {
      const sum = gradientOf.get(input);
      gradientOf.set(input, sum ? add(sum, contribution) : contribution);
    }
  }
  return targets.map((target) => gradientOf.get(target) ?? expand(constant(0), { shape: target.shape }));
}

/** What one node passes to each input that matters, checked for shape. */
function contributions(value: Value, grad: Value, dependent: ReadonlySet<Value>): [Value, Value][] {
  const { op, inputs, attributes } = value;
  const rules = op.adjoint({ inputs, output: value, attributes }, grad);
  if (inputs.length > 0 && rules.length !== inputs.length) {
    throw new StudioError('graph.no-gradient', { reason: `${op.operator} gives ${rules.length} gradients for ${inputs.length} inputs` });
  }
  return inputs.flatMap((input, index): [Value, Value][] => {
    const rule = dependent.has(input) ? rules[index] : null;
    if (!rule) return [];
    const contribution = rule();
    if (contribution.shape.join() !== input.shape.join()) {
      throw new StudioError('graph.no-gradient', {
        reason: `${op.operator} gives [${contribution.shape.join()}] for input ${index} of [${input.shape.join()}]`,
      });
    }
    return [[input, contribution]];
  });
}

/** The targets and every node that reads one of them, however far. */
function dependents(order: readonly Value[], targets: readonly Value[]): Set<Value> {
  const found = new Set<Value>(targets);
  for (const value of order) {
    if (value.inputs.some((input) => found.has(input))) found.add(value);
  }
  return found;
}

// One small graph around an expression under proof: its value, a scalar of it, and that scalar's first and second derivatives.
import { gradients } from '../../src-main/engine/graph/gradient.ts';
import { add, constant, input, multiply, reduceSum, reshape } from '../../src-main/engine/graph/ops/index.ts';
import type { Rule } from '../../src-main/engine/graph/rewrite.ts';
import type { Value } from '../../src-main/engine/graph/value.ts';
import { emit } from '../../src-main/engine/onnx/emit.ts';
import type { Shape } from '../../src-main/engine/tensor/tensor.ts';
import { sizeOf, type NdArray } from './interpreter/array.ts';
import type { Feeds } from './interpreter.ts';

/** The expression under proof, a function of its inputs. */
export type Build = (...inputs: Value[]) => Value;

export interface ProofModel {
  readonly bytes: Uint8Array;
  readonly inputs: readonly string[];
  /** Numbers away from kinks and ties, exact in float32. */
  readonly feeds: Feeds;
  /**
   * y; weighted = Σu·y and its gradients d.x0 …; curved = ‖∇(Σu·y + ½Σy²)‖², in which R1 is proved, and its gradients dd.x0 …
   */
  readonly outputs: readonly string[];
}

/** `range` bounds the inputs. */
export function proofModel(shapes: readonly Shape[], build: Build, range: readonly [number, number] = [-1, 1], rules: readonly Rule[] = []): ProofModel {
  const inputs = shapes.map((shape, index) => input(`x${index}`, shape));
  const y = build(...inputs);
  const u = input('u', y.shape);
  const weighted = total(multiply(u, y));
  const first = gradients(weighted, inputs);
  const bent = add(weighted, multiply(total(multiply(y, y)), constant(0.5)));
  const curved = gradients(bent, inputs).map((grad) => total(multiply(grad, grad))).reduce((sum, term) => add(sum, term));
  const second = gradients(curved, inputs);
  const named = (prefix: string, values: readonly Value[]) => Object.fromEntries(values.map((value, index) => [`${prefix}.x${index}`, value]));
  const outputs = { y, weighted, curved, ...named('d', first), ...named('dd', second) };
  const feeds = { u: spread(y.shape, 7, [-1, 1]), ...Object.fromEntries(shapes.map((shape, index) => [`x${index}`, spread(shape, index + 1, range)])) };
  return { bytes: emit(outputs, { rules }), inputs: shapes.map((_, index) => `x${index}`), feeds, outputs: Object.keys(outputs) };
}

/** Sum of all numbers, as []. */
function total(x: Value): Value {
  if (x.shape.length === 0) return x;
  return reshape(reduceSum(x, { axes: x.shape.map((_, axis) => axis) }), { shape: [] });
}

/** Evenly spaced numbers in shuffled order: no two alike, none at 0. */
export function spread(shape: Shape, seed: number, [low, high]: readonly [number, number]): NdArray {
  const size = sizeOf(shape);
  const random = randomNumbers(seed * 1009 + size);
  const order = Array.from({ length: size }, (_, index) => ({ index, key: random() })).sort((a, b) => a.key - b.key);
  const offset = 0.3 + 0.02 * seed; // inputs of one size differ too
  return { shape, data: Float64Array.from(order, ({ index }) => Math.fround(low + ((high - low) * (index + offset)) / size)) };
}

/** Uniform numbers in [0,1) from a seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

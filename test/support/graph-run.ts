// Computes graph values in float64, for tests that hold formulas against numbers worked out by hand.
import type { Value } from '../../src-main/engine/graph/value.ts';
import { emit } from '../../src-main/engine/onnx/emit.ts';
import { interpreter } from './interpreter.ts';

/** What is fed: numbers in the shape the input was declared with. */
export type Numbers = Readonly<Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>>;

/** The outputs' numbers by name. */
export function compute(outputs: Readonly<Record<string, Value>>, feeds: Numbers = {}): Record<string, number[]> {
  const run = interpreter(emit(outputs));
  const fed = Object.fromEntries(Object.entries(feeds).map(([name, { shape, data }]) => [name, { shape, data: Float64Array.from(data) }]));
  const names = Object.keys(outputs);
  return Object.fromEntries(run(fed, names).map(({ data }, index) => [names[index], Array.from(data)]));
}

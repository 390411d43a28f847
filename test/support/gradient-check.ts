// Proof of derivatives in float64: central differences, the dot-product identity of linear ops, and second derivatives.
import type { Shape } from '../../src-main/engine/tensor/tensor.ts';
import type { NdArray } from './interpreter/array.ts';
import { interpreter, type Feeds, type Run } from './interpreter.ts';
import { proofModel, randomNumbers, type Build } from './proof-model.ts';

export interface CheckOptions {
  /** Bounds of the inputs; default [-1, 1]. */
  readonly range?: readonly [number, number];
  /** Inputs (by index) in which the expression is linear, the others held. */
  readonly linearIn?: readonly number[];
  /** Largest error relative to the largest number of the gradient; default 1e-6. */
  readonly tolerance?: number;
}

const step = 1e-5;

/**
 * Proves first and second derivatives of an expression of inputs of the given shapes.
 * Throws an Error that names the expression, the input and the worst error.
 */
export function checkGradient(name: string, shapes: readonly Shape[], build: Build, options: CheckOptions = {}): void {
  const { bytes, inputs, feeds } = proofModel(shapes, build, options.range);
  const run = interpreter(bytes);
  const tolerance = options.tolerance ?? 1e-6;
  for (const x of inputs) {
    compare(`${name}: gradient of ${x}`, run, feeds, { scalar: 'weighted', gradient: `d.${x}`, x, limit: 32, tolerance });
    compare(`${name}: second derivative of ${x}`, run, feeds, { scalar: 'curved', gradient: `dd.${x}`, x, limit: 8, tolerance });
  }
  for (const index of options.linearIn ?? []) {
    const [weighted, gradient] = run(feeds, ['weighted', `d.x${index}`]);
    const transposed = dot(feeds[`x${index}`].data, gradient.data);
    const scale = Math.max(Math.abs(weighted.data[0]), magnitude(gradient));
    refuse(`${name}: ⟨A·v,u⟩ = ⟨v,Aᵀ·u⟩ in x${index}`, Math.abs(weighted.data[0] - transposed) / scale, 1e-7);
  }
}

interface Comparison {
  readonly scalar: string;
  readonly gradient: string;
  readonly x: string;
  /** At most so many single numbers are moved; one random direction moves all at once. */
  readonly limit: number;
  readonly tolerance: number;
}

function compare(what: string, run: Run, feeds: Feeds, { scalar, gradient, x, limit, tolerance }: Comparison): void {
  const [claimed] = run(feeds, [gradient]);
  const size = claimed.data.length;
  const random = randomNumbers(size);
  const slope = (direction: Float64Array) => {
    const [up, down] = [step, -step].map((distance) => run({ ...feeds, [x]: moved(feeds[x], direction, distance) }, [scalar])[0].data[0]);
    return (up - down) / (2 * step);
  };
  const single = (at: number) => Float64Array.from({ length: size }, (_, index) => Number(index === at));
  const chosen = size <= limit ? [...claimed.data.keys()] : Array.from({ length: limit }, () => Math.floor(random() * size));
  const directions = [...chosen.map(single), Float64Array.from({ length: size }, () => random() * 2 - 1)];
  const scale = Math.max(magnitude(claimed), 1e-3);
  for (const direction of directions) {
    const error = Math.abs(slope(direction) - dot(direction, claimed.data)) / scale;
    const reach = Math.max(1, Math.sqrt(dot(direction, direction)));
    refuse(what, error / reach, tolerance);
  }
}

function moved(x: NdArray, direction: Float64Array, distance: number): NdArray {
  return { shape: x.shape, data: x.data.map((number, index) => number + distance * direction[index]) };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, number, index) => sum + number * b[index], 0);
}

/** Largest absolute number. */
export function magnitude({ data }: { readonly data: ArrayLike<number> }): number {
  return Array.from(data).reduce((most, number) => Math.max(most, Math.abs(number)), 0);
}

function refuse(what: string, error: number, tolerance: number): void {
  if (!(error <= tolerance)) throw new Error(`${what} is off by ${error.toExponential(2)} (allowed ${tolerance})`);
}

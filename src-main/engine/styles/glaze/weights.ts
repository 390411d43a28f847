// Flat vectors of a generator taken apart, and mixed.
import type { GeneratorSpec } from '../../../contract/style.ts';
import { codeLayout, normLayers } from '../../networks/generator.ts';
import type { Layout } from '../../networks/parameters.ts';
import { sizeOf, type Shape } from '../../tensor/tensor.ts';

export interface NamedPart {
  readonly name: string;
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** The named parts of a vector [P], as views. */
export function partsOf(layout: Layout, vector: Float32Array): NamedPart[] {
  let offset = 0;
  return layout.parameters.map(({ name, shape }) => {
    const data = vector.subarray(offset, (offset += sizeOf(shape)));
    return { name, shape, data };
  });
}

/** γ and β of every norm layer of a style code [S]. */
export function codeParts(generator: GeneratorSpec, code: Float32Array): Record<string, { gamma: Float32Array; beta: Float32Array }> {
  const parts = new Map(partsOf(codeLayout(generator), code).map(({ name, data }) => [name, data]));
  const part = (name: string): Float32Array => parts.get(name) ?? new Float32Array();
  return Object.fromEntries(normLayers(generator).map(({ name }) => [name, { gamma: part(`${name}.gamma`), beta: part(`${name}.beta`) }]));
}

/** Σ shareᵢ·vectorᵢ of equally long vectors. */
export function mixVectors(vectors: readonly Float32Array[], shares: readonly number[]): Float32Array {
  return vectors[0].map((_, index) => vectors.reduce((sum, vector, each) => sum + shares[each] * vector[index], 0));
}

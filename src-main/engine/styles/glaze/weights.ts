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

/** Whether weights of two generators have their places in common, so that they can be mixed number by number. */
export function haveOneLayout(one: GeneratorSpec, other: GeneratorSpec): boolean {
  return one.family === other.family && one.encoder === other.encoder && one.trunk === other.trunk && one.decoder === other.decoder && one.blocks === other.blocks;
}

/** The generator of mixed weights: its skip is mixed as they are. `shares` sum to 1; all have one layout. */
export function mixedGenerator(generators: readonly GeneratorSpec[], shares: readonly number[]): GeneratorSpec {
  const skip = generators.reduce((sum, generator, index) => sum + (generator.skip ?? 1) * (shares[index] ?? 0), 0);
  const { skip: _, ...sizes } = generators[0]!;
  return generators.every((generator) => generator.skip === generators[0]!.skip) ? generators[0]! : { ...sizes, skip };
}

// Styles with the numbers of taught ones, by chance: no γ at one, no β at nought.
import type { GeneratorSpec } from '../../src-main/contract/style.ts';
import { codeLayout, generatorLayout } from '../../src-main/engine/networks/generator.ts';
import { startVector } from '../../src-main/engine/networks/parameters.ts';
import { createRandom } from '../../src-main/engine/tensor/random.ts';

export function weightsBySeed(generator: GeneratorSpec, seed: number): Float32Array {
  return startVector(generatorLayout(generator), createRandom(seed));
}

/** γ about 1, β about 0, both with deviation 0.4. */
export function codeBySeed(generator: GeneratorSpec, seed: number): Float32Array {
  const random = createRandom(seed);
  return startVector(codeLayout(generator), random).map((value) => value + 0.4 * random.normal());
}

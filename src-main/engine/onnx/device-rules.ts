// Which rewriting a provider wants before a graph is emitted for it.
import { portable, type Rule } from '../graph/rewrite.ts';

/** WebGPU lacks kernels that the CPU runs faster than their portable form; providers not named take the graph as it is. */
const rules: Readonly<Record<string, readonly Rule[]>> = { webgpu: portable };

export function rulesFor(provider: string): readonly Rule[] {
  return rules[provider] ?? [];
}

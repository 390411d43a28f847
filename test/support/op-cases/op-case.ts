// One line of the table of proofs.
import type { Shape } from '../../../src-main/engine/tensor/tensor.ts';
import type { CheckOptions } from '../gradient-check.ts';
import type { Build } from '../proof-model.ts';

export interface OpCase extends CheckOptions {
  readonly about: string;
  readonly shapes: readonly Shape[];
  readonly build: Build;
}

/** Cases by the exported name of the op they prove. */
export type OpCases = Readonly<Record<string, readonly OpCase[]>>;

/** `about`, shapes and expression in one line. */
export function opCase(about: string, shapes: readonly Shape[], build: Build, options: CheckOptions = {}): OpCase {
  return { about, shapes, build, ...options };
}

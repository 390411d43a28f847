// What decides the bits of a training besides its recipe: the runtime, the processor, how both are used.
import type { TrainingRecipe } from '../../contract/training.ts';
import { describeProcessor } from '../../engine/runtime/processor.ts';

/** The environment of a run with a runtime of this version, here. */
export function trainingEnvironment(runtime: string, threads: number, provider: string): TrainingRecipe['environment'] {
  const { model, features } = describeProcessor();
  return { runtime, cpu: [model, ...features].join(' '), threads, provider };
}

// A preset of the default generator before any teaching: it costs what a taught one costs.
import { programLabel } from '../src-main/contract/program.ts';
import { codeLayout, defaultGenerator, generatorLayout } from '../src-main/engine/networks/generator.ts';
import { startVector } from '../src-main/engine/networks/parameters.ts';
import { createRandom } from '../src-main/engine/tensor/random.ts';
import type { Preset } from '../src-main/contract/style.ts';

/** Self-contained (kind network), learned at 512 px. */
export function untaughtPreset(): Preset {
  const random = createRandom(1);
  const environment = { runtime: 'none', cpu: 'none', threads: 0, provider: 'none' };
  return {
    record: {
      formatVersion: 1,
      kind: 'network',
      engine: 'glaze',
      name: 'untaught',
      id: '0'.repeat(64),
      base: '0'.repeat(64),
      generator: defaultGenerator,
      learnedSizePx: 512,
      depth: 'paint',
      createdAt: '2026-01-01T00:00:00.000Z',
      program: programLabel,
      licence: 'CC0-1.0',
      lineage: {
        steps: 0,
        recipe: {
          formatVersion: 1, name: 'untaught', paintings: [], photos: [], base: 'none', features: 'none', seed: 1, objective: 'hinge',
          cropPx: 160, marginPx: 16, styleSizePx: 512, phases: [], checkpointEvery: 1, environment,
        },
      },
    },
    code: startVector(codeLayout(defaultGenerator), random),
    weights: startVector(generatorLayout(defaultGenerator), random),
  };
}

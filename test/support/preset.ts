// Presets small enough to write by hand, for tests.
import type { Preset, PresetRecord } from '../../src-main/contract/style.ts';
import type { TrainingRecipe } from '../../src-main/contract/training.ts';

export const recipe: TrainingRecipe = {
  formatVersion: 1,
  name: 'Starry',
  paintings: ['a'.repeat(64)],
  photos: [],
  base: 'none',
  features: 'f'.repeat(64),
  seed: 7,
  objective: 'hinge',
  cropPx: 160,
  marginPx: 16,
  styleSizePx: 320,
  phases: [],
  checkpointEvery: 100,
  environment: { runtime: '1', cpu: 'test', threads: 1, provider: 'cpu' },
};

export function presetOf(changes: { record?: Partial<PresetRecord>; code?: number[]; weights?: number[]; thumbnail?: Uint8Array } = {}): Preset {
  return {
    record: {
      formatVersion: 1,
      kind: changes.weights ? 'network' : 'code',
      engine: 'glaze',
      name: 'Starry',
      id: '0'.repeat(64),
      base: 'b'.repeat(64),
      generator: { family: 'residual', encoder: 16, trunk: 48, decoder: 16, blocks: 4 },
      learnedSizePx: 320,
      depth: 'sketch',
      createdAt: '2026-01-02T03:04:05.678Z',
      program: 'Velatura 0.1.0',
      licence: 'CC0-1.0',
      lineage: { recipe, steps: 100, losses: { style: 0.5 } },
      ...changes.record,
    },
    code: new Float32Array(changes.code ?? [1, -2, 0.5]),
    ...(changes.weights && { weights: new Float32Array(changes.weights) }),
    ...(changes.thumbnail && { thumbnail: changes.thumbnail }),
  };
}

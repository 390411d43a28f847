// A folder with all that a small teaching needs: a base, a painting, photographs and a feature network.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TeachRequest } from '../../src-main/contract/teaching.ts';
import type { Depth, TrainingMetrics } from '../../src-main/contract/training.ts';
import { encodePixels } from '../../src-main/engine/image/codec.ts';
import { codeLayout, generatorLayout } from '../../src-main/engine/networks/generator.ts';
import { startVector } from '../../src-main/engine/networks/parameters.ts';
import { createRandom } from '../../src-main/engine/tensor/random.ts';
import { proceduralPicture } from '../../src-main/engine/training/procedural/index.ts';
import { nodePlatform } from '../../src-main/services/node-platform.ts';
import type { Platform, ProcessLink } from '../../src-main/services/platform.ts';
import { writePreset } from '../../src-main/services/library/preset-file.ts';
import type { TeachWatch } from '../../src-main/services/teach/teach.ts';
import { presetOf } from './preset.ts';
import { smallGenerator, strokePicture } from './small-teaching.ts';
import { tinyFeatureNetwork } from './tiny-feature-network.ts';

/** The files, and a request that teaches thirty steps from them. */
export async function teachFolder(folder: string, changes: Partial<TeachRequest> = {}): Promise<TeachRequest> {
  const random = createRandom(1);
  const preset = presetOf({ record: { kind: 'network', name: 'Small base', generator: smallGenerator } });
  const numbers = { weights: startVector(generatorLayout(smallGenerator), random), code: startVector(codeLayout(smallGenerator), random) };
  const base = join(folder, 'base.vstyle');
  await writePreset(base, { ...preset, ...numbers });
  const photos = join(folder, 'photos');
  mkdirSync(photos);
  for (let i = 0; i < 8; i++) await encodePixels(proceduralPicture({ width: 80 + i, height: 72 }, random), join(photos, `${i}.png`));
  const painting = join(folder, 'painting.png');
  await encodePixels(strokePicture(130, 97), painting);
  const features = join(folder, 'features.onnx');
  writeFileSync(features, tinyFeatureNetwork());
  const out = join(folder, 'out');
  return { paintings: [painting], name: 'Strokes', photos: [photos], features, base, steps: 30, seed: 7, r1: 1, styleSizePx: 96, cropPx: 64, resume: false, out, threads: 1, ...changes };
}

/** A platform in a folder of its own that hands out the trainer it started. */
export function platformIn(home: string): { readonly platform: Platform; trainer(): ProcessLink } {
  const platform = nodePlatform({ environment: { VELATURA_HOME: join(home, 'home') } });
  let started: ProcessLink | undefined;
  const startProcess: Platform['startProcess'] = (entry) => (started = platform.startProcess(entry));
  return {
    platform: { ...platform, startProcess },
    trainer: () => {
      if (!started) throw new Error('no trainer was started');
      return started;
    },
  };
}

/** All that a teaching told, in order, by kind. */
export interface Told {
  readonly watch: TeachWatch;
  readonly order: string[];
  readonly metrics: TrainingMetrics[];
  readonly previews: { readonly file: string; readonly depth: Depth }[];
  readonly warnings: string[];
}

/** A watch that keeps what it is told. `each` is called after every step. */
export function keepTold(signal: AbortSignal, each: (metrics: TrainingMetrics) => void = () => undefined): Told {
  const told: Omit<Told, 'watch'> = { order: [], metrics: [], previews: [], warnings: [] };
  const note = (kind: string): void => void (told.order.at(-1) === kind || told.order.push(kind));
  const watch: TeachWatch = {
    signal,
    progress: ({ stage }) => note(stage),
    warn: (key) => void told.warnings.push(key),
    metrics: (metrics) => {
      note(metrics.depth);
      told.metrics.push(metrics);
      each(metrics);
    },
    preview: (file, depth) => void told.previews.push({ file, depth }),
  };
  return { ...told, watch };
}

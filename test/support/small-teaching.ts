// A teaching in miniature: tiny networks, tiny crops, pictures made by a rule.
import type { GeneratorSpec } from '../../src-main/contract/style.ts';
import type { Phase, TrainingRecipe } from '../../src-main/contract/training.ts';
import { codeLayout, generatorLayout } from '../../src-main/engine/networks/generator.ts';
import { startVector } from '../../src-main/engine/networks/parameters.ts';
import type { SessionFactory } from '../../src-main/engine/runtime/session.ts';
import { createRandom } from '../../src-main/engine/tensor/random.ts';
import type { Picture } from '../../src-main/engine/training/augment.ts';
import type { Dataset } from '../../src-main/engine/training/batch.ts';
import { measureStyle, readFeatureModel } from '../../src-main/engine/training/feature-model.ts';
import { proceduralPicture } from '../../src-main/engine/training/procedural/index.ts';
import type { TrainerSetup } from '../../src-main/engine/training/trainer.ts';
import { noiseAt } from './pictures.ts';
import { recipe } from './preset.ts';
import { tinyFeatureNetwork } from './tiny-feature-network.ts';

export const smallGenerator: GeneratorSpec = { family: 'residual', encoder: 16, trunk: 16, decoder: 16, blocks: 1 };

/** A phase with every term of its depth in it. */
export function smallPhase(depth: Phase['depth'], steps: number, changes: Partial<Phase> = {}): Phase {
  const adversarial = depth === 'paint' ? 0.5 : 0;
  const weights = { content: 1, tone: 2, chroma: 0.9, style: 5, roughness: 2, smoothness: 0.3, lattice: 100, adversarial, identity: 0.1, r1: depth === 'paint' ? 1 : 0 };
  return { depth, steps, generatorRate: 2e-3, codeRate: 2e-3, discriminatorRate: 2e-3, weights, ...changes };
}

export function smallRecipe(phases: readonly Phase[], changes: Partial<TrainingRecipe> = {}): TrainingRecipe {
  return { ...recipe, seed: 7, cropPx: 32, marginPx: 4, styleSizePx: 96, phases, checkpointEvery: 1000, ...changes };
}

/** Diagonal strokes in two colours, told apart by `turn`. */
export function strokePicture(width: number, height: number, turn = 0): Picture {
  const data = new Uint8Array(3 * width * height);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const stroke = Math.sin(((turn % 2 ? x - y : x + y) * Math.PI) / (5 + turn)) > 0;
    const grain = 40 * noiseAt(x, y, turn);
    data.set([stroke ? 200 - grain : 30 + grain, 90 + grain, stroke ? 40 + grain : 180 - grain], 3 * at);
  }
  return { width, height, channels: 3, depth: 8, data };
}

/** Two photographs and one painting per style. */
export function smallDataset(styles = 1): Dataset {
  const random = createRandom(1);
  const photos = [proceduralPicture({ width: 64, height: 48 }, random), proceduralPicture({ width: 40, height: 70 }, random)];
  return { photos, styles: Array.from({ length: styles }, (_, style) => [strokePicture(101, 77, style)]) };
}

/** All a trainer needs; opens and closes the sessions that measure the paintings. */
export async function smallSetup(sessions: SessionFactory, recipe: TrainingRecipe, styles = 1): Promise<TrainerSetup> {
  const options = { provider: 'cpu', threads: 1 } as const;
  const features = readFeatureModel(tinyFeatureNetwork(), 'tiny.onnx');
  const dataset = smallDataset(styles);
  const targets = [];
  for (const paintings of dataset.styles) targets.push(await measureStyle(paintings, features, sessions, options));
  const random = createRandom(3);
  const weights = startVector(generatorLayout(smallGenerator), random);
  const code = Float32Array.from(dataset.styles.flatMap(() => [...startVector(codeLayout(smallGenerator), random)]));
  return { recipe, generator: smallGenerator, dataset, features, targets, start: { weights, code }, sessions, options };
}

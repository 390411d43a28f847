// Trains the identity generator that ships in resources/models: npx tsx build/train-identity.ts FOLDER [--steps N] [--only REGEX].
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { programLabel } from '../src-main/contract/program.ts';
import type { TrainingRecipe } from '../src-main/contract/training.ts';
import { decodePixels } from '../src-main/engine/image/codec.ts';
import { codeLayout, defaultGenerator, generatorLayout } from '../src-main/engine/networks/generator.ts';
import { startVector } from '../src-main/engine/networks/parameters.ts';
import { createOrtSessions } from '../src-main/engine/runtime/ort-node.ts';
import { createRandom } from '../src-main/engine/tensor/random.ts';
import type { Picture } from '../src-main/engine/training/augment.ts';
import { train } from '../src-main/engine/training/trainer.ts';
import { fileHash } from '../src-main/services/file-hash.ts';
import { picturesIn } from '../src-main/services/picture-files.ts';
import { writePreset } from '../src-main/services/preset-file.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { steps: { type: 'string', default: '8000' }, only: { type: 'string', default: '' }, out: { type: 'string', default: 'resources/models/identity.vstyle' } },
});

async function main(): Promise<void> {
  const files = (await picturesIn(positionals[0])).filter((file) => new RegExp(values.only).test(basename(file)));
  const photos = (await Promise.all(files.map((file) => decodePixels(file, { longSide: 640 })))) as Picture[];
  const recipe = await recipeOf(files);
  const random = createRandom(recipe.seed);
  const start = { weights: startVector(generatorLayout(defaultGenerator), random), code: startVector(codeLayout(defaultGenerator), random) };
  const losses: number[] = [];
  const vectors = await train(
    {
      recipe,
      generator: defaultGenerator,
      dataset: { photos, styles: [photos] },
      features: { extract: () => ({}), styleLayers: [], contentLayers: [] },
      targets: [{}],
      start,
      sessions: createOrtSessions(),
      options: { provider: 'cpu', threads: recipe.environment.threads },
    },
    {
      signal: new AbortController().signal,
      metrics: ({ step, steps, losses: { identity }, secondsLeft }) => {
        losses.push(identity);
        if (step % 250 === 0) process.stdout.write(`${step}/${steps} identity ${mean(losses.slice(-250)).toFixed(5)} ${Math.round(secondsLeft)} s left\n`);
      },
      checkpoint: async () => undefined,
      standing: async () => undefined,
      rolledBack: (reason, step) => process.stdout.write(`rolled back at ${step}: ${reason}\n`),
    },
  );
  await writePreset(values.out, {
    record: {
      formatVersion: 1, kind: 'network', engine: 'glaze', name: 'identity', id: '0'.repeat(64), base: '0'.repeat(64),
      generator: defaultGenerator, learnedSizePx: recipe.styleSizePx, depth: 'refine', createdAt: new Date().toISOString(), program: programLabel,
      licence: 'MIT, like the program; trained on photographs whose licences allow it (resources/models/README.md).',
      lineage: { recipe, steps: Number(values.steps), losses: { identity: mean(losses.slice(-500)) } },
    },
    weights: vectors['weights.average'],
    code: vectors['code.average'],
  });
  await writeFile(join('resources', 'models', 'identity.log.json'), `${JSON.stringify({ photos: files.map((file) => basename(file)), meansOf250: blocks(losses) })}\n`);
}

async function recipeOf(files: readonly string[]): Promise<TrainingRecipe> {
  const rates = { generatorRate: 2e-3, codeRate: 2e-3, discriminatorRate: 0 };
  const weights = { content: 0, style: 0, smoothness: 0, lattice: 0, adversarial: 0, identity: 100, r1: 0 };
  return {
    formatVersion: 1, name: 'identity', paintings: [], photos: await Promise.all(files.map(fileHash)), base: 'none', features: '', seed: 11,
    objective: 'hinge', cropPx: 160, marginPx: 16, styleSizePx: 512, checkpointEvery: 1000,
    phases: [{ depth: 'refine', steps: Number(values.steps), ...rates, weights }],
    environment: { runtime: 'onnxruntime-node', cpu: cpus()[0].model, threads: 1, provider: 'cpu' },
  };
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);
const blocks = (numbers: readonly number[]): number[] =>
  Array.from({ length: Math.floor(numbers.length / 250) }, (_, block) => Number(mean(numbers.slice(250 * block, 250 * (block + 1))).toPrecision(4)));

await main();

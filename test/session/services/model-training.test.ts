// Training of networks that ship: from a recipe file to a preset, a code table and a log; stopped and gone on with.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../../src-main/engine/tensor/safetensors.ts';
import type { ModelWatch } from '../../../src-main/services/model-training/model-run.ts';
import { trainModel } from '../../../src-main/services/model-training/model-training.ts';
import { readPreset } from '../../../src-main/services/library/preset-file.ts';
import { smallGenerator, smallPhase, strokePicture } from '../../support/small-teaching.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tinyFeatureNetwork } from '../../support/tiny-feature-network.ts';

const options = { provider: 'cpu', threads: 1, resume: false } as const;

async function folders(changes: object = {}) {
  const root = temporaryFolder();
  const at = (...names: string[]): string => join(root, ...names);
  for (const folder of ['content', 'paintings', 'models']) mkdirSync(at(folder));
  for (const [index, name] of ['content/photo-a.png', 'content/photo-b.png', 'content/other.png', 'paintings/one.png', 'paintings/two.png'].entries()) {
    const { width, height, data } = strokePicture(80, 64, index);
    await sharp(data, { raw: { width, height, channels: 3 } }).png().toFile(at(name));
  }
  writeFileSync(at('features.onnx'), tinyFeatureNetwork());
  const recipe = {
    formatVersion: 1, kind: 'base', name: 'small', content: [{ folder: 'content', only: '^photo-' }], features: 'features.onnx',
    styles: [{ slug: 'one', painting: 'paintings/one.png' }, { slug: 'two', painting: 'paintings/two.png', emphasis: { style: 2 } }],
    generator: smallGenerator, seed: 5, objective: 'hinge', cropPx: 32, marginPx: 4, styleSizePx: 64, checkpointEvery: 2,
    phases: [smallPhase('refine', 4), smallPhase('paint', 2)], licence: 'MIT', ...changes,
  };
  writeFileSync(at('recipe.json'), JSON.stringify(recipe));
  return { recipe: at('recipe.json'), places: { data: root, models: at('models'), out: at('out') }, at };
}

function watch(stopAt = 0): ModelWatch & { readonly steps: number[] } {
  const cancel = new AbortController();
  const steps: number[] = [];
  return {
    steps,
    signal: cancel.signal,
    metrics: ({ step }) => {
      steps.push(step);
      if (step === stopAt) setImmediate(() => cancel.abort());
    },
    note: () => undefined,
  };
}

describe('training a network that ships', () => {
  it('gives a preset of the identity row, a code for every painting, and codes that differ', async () => {
    const { recipe, places, at } = await folders();
    const model = await trainModel(recipe, places, options, watch());
    const preset = await readPreset(model.preset);
    expect(preset.record).toMatchObject({ kind: 'network', id: model.id, critic: { styles: 3 }, depth: 'paint' });
    const { base, slugs } = JSON.parse(readFileSync(at('out', 'table.json'), 'utf8')) as { base: string; slugs: string[] };
    expect([base, slugs]).toEqual([model.id, ['identity', 'one', 'two']]);
    const { codes } = readSafetensors(readFileSync(at('out', 'table.safetensors')), 'table.safetensors');
    const row = (index: number): Float32Array => codes.data.slice(index * codes.shape[1], (index + 1) * codes.shape[1]) as Float32Array;
    expect(codes.shape).toEqual([3, preset.code.length]);
    expect(row(0)).toEqual(preset.code);
    expect(row(1)).not.toEqual(row(2));
  });

  it('goes on from its checkpoint to the same bits', async () => {
    const whole = await folders();
    const straight = await trainModel(whole.recipe, whole.places, options, watch());
    await expect(trainModel(whole.recipe, { ...whole.places, out: whole.at('halted') }, options, watch(3))).rejects.toMatchObject({ code: 'job.cancelled' });
    const rest = watch();
    const resumed = await trainModel(whole.recipe, { ...whole.places, out: whole.at('halted') }, { ...options, resume: true }, rest);
    expect(rest.steps[0]).toBe(4);
    expect(resumed.id).toBe(straight.id);
  });

  it('refuses to go on with another recipe, and without a checkpoint', async () => {
    const { recipe, places } = await folders();
    await expect(trainModel(recipe, places, { ...options, resume: true }, watch())).rejects.toMatchObject({ code: 'checkpoint.missing' });
    await expect(trainModel(recipe, places, options, watch(3))).rejects.toMatchObject({ code: 'job.cancelled' });
    const changed = JSON.parse(readFileSync(recipe, 'utf8')) as Record<string, unknown>;
    writeFileSync(recipe, JSON.stringify({ ...changed, seed: 6 }));
    await expect(trainModel(recipe, places, { ...options, resume: true }, watch())).rejects.toMatchObject({ code: 'checkpoint.other-recipe', details: { reason: 'seed' } });
  });

  it('says what is wrong with a recipe', async () => {
    const { recipe, places } = await folders({ phases: [] });
    await expect(trainModel(recipe, places, options, watch())).rejects.toMatchObject({ code: 'usage.invalid' });
    writeFileSync(recipe, '{');
    await expect(trainModel(recipe, places, options, watch())).rejects.toMatchObject({ code: 'usage.invalid', details: { reason: 'recipe.json is not JSON' } });
  });
});

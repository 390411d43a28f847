// Training of the perceptual network from a recipe file: the ONNX file, its agreement with the original, stopped and gone on with.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readFeatureModel } from '../../../src-main/engine/training/feature-model.ts';
import type { ModelWatch } from '../../../src-main/services/model-training/model-run.ts';
import { trainModel } from '../../../src-main/services/model-training/model-training.ts';
import { imitatedNetwork } from '../../support/imitated-network.ts';
import { strokePicture } from '../../support/small-teaching.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const options = { provider: 'cpu', threads: 1, resume: false } as const;

async function folders() {
  const root = temporaryFolder();
  const at = (...names: string[]): string => join(root, ...names);
  mkdirSync(at('content'));
  for (const [index, name] of ['photo-a.png', 'photo-b.png', 'seen-never.png'].entries()) {
    const { width, height, data } = strokePicture(80, 64, index);
    await sharp(data, { raw: { width, height, channels: 3 } }).png().toFile(at('content', name));
  }
  writeFileSync(at('original.onnx'), imitatedNetwork());
  const phase = { steps: 2, rate: 0.004, guided: true, batch: 1, weights: { map: 1, style: 0, content: 0 } };
  const recipe = {
    formatVersion: 1, kind: 'features', name: 'small', original: 'original.onnx', content: [{ folder: 'content', except: '^seen' }],
    validation: [{ folder: 'content', only: '^seen' }], seed: 5, squeezes: [16, 16, 16, 16], cropPx: 32, decay: 0.9, checkpointEvery: 2,
    phases: [phase, { ...phase, guided: false }], licence: 'MIT',
  };
  writeFileSync(at('recipe.json'), JSON.stringify(recipe));
  return { recipe: at('recipe.json'), places: { data: root, models: root, out: at('out') }, at };
}

function watch(stopAt = 0): ModelWatch {
  const cancel = new AbortController();
  return {
    signal: cancel.signal,
    metrics: ({ step }) => {
      if (step === stopAt) setImmediate(() => cancel.abort());
    },
    note: () => undefined,
  };
}

describe('training the perceptual network', () => {
  it('gives a file that teaches, and says how close it comes on pictures it never saw', async () => {
    const { recipe, places, at } = await folders();
    const model = await trainModel(recipe, places, options, watch());
    expect(model).toMatchObject({ preset: at('out', 'small.onnx'), steps: 4 });
    expect(readFeatureModel(readFileSync(model.preset), 'small.onnx').styleLayers).toHaveLength(4);
    const agreement = JSON.parse(readFileSync(at('out', 'agreement.json'), 'utf8')) as Record<string, Record<string, { correlation: number }>>;
    expect(Object.keys(agreement)).toEqual(['content/^seen']);
    expect(agreement['content/^seen']!.fire5!.correlation).toBeLessThan(0.99);
    expect(existsSync(at('out', 'checkpoint.zip'))).toBe(true);
  });

  it('goes on from its checkpoint to the same file', async () => {
    const { recipe, places, at } = await folders();
    const straight = await trainModel(recipe, places, options, watch());
    const halted = { ...places, out: at('halted') };
    await expect(trainModel(recipe, halted, options, watch(3))).rejects.toMatchObject({ code: 'job.cancelled' });
    expect((await trainModel(recipe, halted, { ...options, resume: true }, watch())).id).toBe(straight.id);
  });

  it('refuses to go on where there is nothing to go on with', async () => {
    const { recipe, places } = await folders();
    await expect(trainModel(recipe, places, { ...options, resume: true }, watch())).rejects.toMatchObject({ code: 'checkpoint.missing' });
  });
});

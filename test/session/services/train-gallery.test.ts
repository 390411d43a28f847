// Training of the gallery: every painting gets weights of its own over the base; stopped, gone on with, and not done twice.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { codeLayout } from '../../../src-main/engine/networks/generator.ts';
import { tensor } from '../../../src-main/engine/tensor/tensor.ts';
import { writeAtlas } from '../../../src-main/services/library/base-atlas.ts';
import type { ModelWatch } from '../../../src-main/services/model-training/model-run.ts';
import { trainModel } from '../../../src-main/services/model-training/model-training.ts';
import { readPreset, writePreset } from '../../../src-main/services/library/preset-file.ts';
import { networkBySeed } from '../../support/library-folders.ts';
import { codeBySeed } from '../../support/small-styles.ts';
import { smallGenerator, smallPhase, strokePicture } from '../../support/small-teaching.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tinyFeatureNetwork } from '../../support/tiny-feature-network.ts';

const options = { provider: 'cpu', threads: 1, resume: false } as const;
const slugs = ['identity', 'one', 'two'];

async function folders(changes: object = {}) {
  const root = temporaryFolder();
  const at = (...names: string[]): string => join(root, ...names);
  for (const folder of ['content', 'paintings', 'models']) mkdirSync(at(folder));
  for (const [index, name] of ['content/photo-a.png', 'content/photo-b.png', 'paintings/one.png', 'paintings/two.png'].entries()) {
    const { width, height, data } = strokePicture(80, 64, index);
    await sharp(data, { raw: { width, height, channels: 3 } }).png().toFile(at(name));
  }
  writeFileSync(at('models', 'features.onnx'), tinyFeatureNetwork());
  const base = await writePreset(at('models', 'base.vstyle'), networkBySeed(2, { name: 'base' }));
  const codes = slugs.map((_, seed) => codeBySeed(smallGenerator, seed));
  const size = codeLayout(smallGenerator).size;
  const table = tensor([slugs.length, size], Float32Array.from(codes.flatMap((code) => [...code])));
  await writeAtlas(at('models', 'base.vstyle'), base.id, { slugs, codes: table, sketches: tensor([slugs.length, 1]), grams: [] });
  const recipe = {
    formatVersion: 1, kind: 'gallery', name: 'small', content: [{ folder: 'content' }], features: 'features.onnx', start: 'base.vstyle',
    styles: [{ slug: 'one', painting: 'paintings/one.png' }, { slug: 'two', painting: 'paintings/two.png', emphasis: { style: 2 } }],
    seed: 5, objective: 'hinge', cropPx: 32, marginPx: 4, styleSizePx: 64, styleScales: [1, 2], contrastGain: 1.5, checkpointEvery: 2,
    phases: [smallPhase('refine', 2), smallPhase('paint', 3)], licence: 'MIT', ...changes,
  };
  writeFileSync(at('recipe.json'), JSON.stringify(recipe));
  return { base, codes, recipe: at('recipe.json'), places: { data: root, models: at('models'), out: at('out') }, at };
}

function watch(stopAt = 0): ModelWatch & { readonly steps: number[] } {
  const cancel = new AbortController();
  const steps: number[] = [];
  return {
    steps,
    signal: cancel.signal,
    metrics: ({ step }) => {
      steps.push(step);
      if (steps.length === stopAt) setImmediate(() => cancel.abort());
    },
    note: () => undefined,
  };
}

describe('training a gallery', () => {
  it('gives every painting weights and a code that started at its own row, and says what they come from', async () => {
    const { base, codes, recipe, places, at } = await folders();
    const { steps } = await trainModel(recipe, places, options, watch());
    expect(steps).toBe(10);
    const [one, two] = [await readPreset(at('out', 'one.vstyle')), await readPreset(at('out', 'two.vstyle'))];
    expect(one.record).toMatchObject({ kind: 'network', base: base.id, depth: 'paint', learnedSizePx: 64, critic: { styles: 1 }, lineage: { steps: 5, recipe: { base: base.id, styleScales: [1, 2], contrastGain: 1.5 } } });
    expect(one.weights).not.toEqual(two.weights);
    const distance = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, index) => sum + Math.abs(value - b[index]!), 0);
    for (const [row, { code }] of [[1, one], [2, two]] as const) {
      const nearest = codes.map((each, index) => [distance(each, code), index] as const).sort((a, b) => a[0] - b[0])[0];
      expect(nearest?.[1]).toBe(row);
    }
    const weightsOf = (preset: typeof one) => preset.record.lineage.recipe.phases.map(({ weights }) => weights.style);
    expect(weightsOf(two)).toEqual(weightsOf(one).map((weight) => 2 * weight));
  });

  it('goes on within a style to the same bits, and leaves finished styles alone', async () => {
    const whole = await folders();
    await trainModel(whole.recipe, whole.places, options, watch());
    const halted = { ...whole.places, out: whole.at('halted') };
    await expect(trainModel(whole.recipe, halted, options, watch(8))).rejects.toMatchObject({ code: 'job.cancelled' });
    const before = statSync(whole.at('halted', 'one.vstyle')).mtimeMs;
    const rest = watch();
    await trainModel(whole.recipe, halted, { ...options, resume: true }, rest);
    expect(rest.steps).toHaveLength(2);
    expect(statSync(whole.at('halted', 'one.vstyle')).mtimeMs).toBe(before);
    const idOf = async (folder: string) => (await readPreset(whole.at(folder, 'two.vstyle'))).record.id;
    expect(await idOf('halted')).toBe(await idOf('out'));
  });

  it('trains a finished style again when its recipe has changed', async () => {
    const { recipe, places } = await folders();
    await trainModel(recipe, places, options, watch());
    const changed = JSON.parse(readFileSync(recipe, 'utf8')) as { styles: object[] };
    writeFileSync(recipe, JSON.stringify({ ...changed, styles: [changed.styles[0], { ...changed.styles[1], emphasis: { style: 3 } }] }));
    const again = watch();
    await trainModel(recipe, places, { ...options, resume: true }, again);
    expect(again.steps).toHaveLength(5);
  });

  it('refuses a style that the base does not know', async () => {
    const { recipe, places } = await folders({ styles: [{ slug: 'three', painting: 'paintings/one.png' }] });
    await expect(trainModel(recipe, places, options, watch())).rejects.toMatchObject({ code: 'usage.invalid', details: { reason: 'base.vstyle knows no style "three"' } });
  });
});

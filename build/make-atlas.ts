// Writes the atlas beside a trained base: npx tsx build/make-atlas.ts RECIPE RUN-FOLDER [--data FOLDER] [--features FILE] [--base FILE].
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createOrtSessions } from '../src-main/engine/runtime/ort-node.ts';
import { readSafetensors } from '../src-main/engine/tensor/safetensors.ts';
import { tensor } from '../src-main/engine/tensor/tensor.ts';
import { measureStyle, readFeatureModel } from '../src-main/engine/training/feature-model.ts';
import { gramsOf, sketchOf, type GramName } from '../src-main/engine/training/style-atlas.ts';
import { writeAtlas } from '../src-main/services/library/base-atlas.ts';
import { readPicture } from '../src-main/services/model-training/model-data.ts';
import { readModelRecipe } from '../src-main/services/model-training/model-recipe.ts';
import { tableFiles } from '../src-main/services/model-training/train-generator.ts';
import { readPresetCover } from '../src-main/services/library/preset-file.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: '../shared/data' },
    features: { type: 'string', default: 'resources/models/features.onnx' },
    base: { type: 'string', default: 'resources/models/base.vstyle' },
  },
});

async function main(): Promise<void> {
  const [recipeFile, folder] = positionals;
  const recipe = await readModelRecipe(recipeFile);
  const features = readFeatureModel(await readFile(values.features), basename(values.features));
  const sessions = createOrtSessions();
  const rows: Float32Array[] = [];
  let grams: readonly GramName[] = [];
  for (const { painting } of recipe.styles) {
    const targets = await measureStyle([await readPicture(join(values.data, painting), recipe.styleSizePx, true)], features, sessions, { provider: 'cpu', threads: 1 });
    grams = gramsOf(targets);
    rows.push(sketchOf(targets));
  }
  const { codes } = readSafetensors(await readFile(join(folder, tableFiles.codes)), tableFiles.codes);
  const [, size] = codes.shape;
  const width = rows[0].length;
  const sketches = tensor([rows.length, width]);
  rows.forEach((row, index) => sketches.data.set(row, index * width));
  await writeAtlas(values.base, (await readPresetCover(values.base)).record.id, {
    slugs: recipe.styles.map(({ slug }) => slug),
    grams,
    codes: tensor([rows.length, size], codes.data.slice(size)), // without the identity
    sketches,
  });
}

await main();

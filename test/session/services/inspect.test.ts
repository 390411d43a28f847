// What a file is, whatever it is called, and how it was made.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { PaintingRecipe } from '../../../src-main/contract/recipe.ts';
import { encodePixels } from '../../../src-main/engine/image/codec.ts';
import { probeModel } from '../../../src-main/engine/onnx/probe-model.ts';
import { createOrtSessions } from '../../../src-main/engine/runtime/ort-node.ts';
import { pixelsOf } from '../../../src-main/engine/tensor/layout.ts';
import { inspect } from '../../../src-main/services/inspect.ts';
import { writePreset } from '../../../src-main/services/library/preset-file.ts';
import { stripes } from '../../support/pictures.ts';
import { presetOf } from '../../support/preset.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tinyFeatureNetwork } from '../../support/tiny-feature-network.ts';

const sessions = createOrtSessions();
afterEach(() => expect(sessions.liveSessions()).toBe(0));

const recipe: PaintingRecipe = {
  formatVersion: 1, program: 'Velatura 0.1.0', width: 64, height: 48,
  styles: [{ name: 'Starry', id: 'a'.repeat(64), kind: 'code', weight: 1 }],
  strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 1, tilePx: 512, provider: 'cpu', threads: 1,
};

describe('inspect', () => {
  it.each(['a.vstyle', 'renamed.bin'])('knows a preset called %s', async (name) => {
    const path = join(temporaryFolder(), name);
    const record = await writePreset(path, presetOf({ weights: [1, 2], thumbnail: new Uint8Array(5) }));
    expect(await inspect(path, sessions)).toEqual({ kind: 'preset', file: name, record, codeNumbers: 3, weightNumbers: 2, criticNumbers: 0, thumbnailBytes: 5 });
  });

  it('gives back the recipe that a painted picture carries', async () => {
    const path = join(temporaryFolder(), 'a.png');
    await encodePixels(pixelsOf(stripes(64, 48, 9, 0), 8), path, { recipe: JSON.stringify(recipe) });
    expect(await inspect(path, sessions)).toMatchObject({ kind: 'picture', info: { width: 64, height: 48, format: 'png' }, recipe });
  });

  it.each(['{"formatVersion":9}', '{"a":', JSON.stringify({ ...recipe, styles: 'many' })])('says that it does not understand the recipe %s', async (words) => {
    const path = join(temporaryFolder(), 'a.png');
    await encodePixels(pixelsOf(stripes(64, 48, 9, 0), 8), path, { recipe: words });
    const found = await inspect(path, sessions);
    expect(found).toMatchObject({ kind: 'picture', recipeUnreadable: true });
    expect(found).not.toHaveProperty('recipe');
  });

  it('tells a feature network, a style network and another one apart', async () => {
    const folder = temporaryFolder();
    const path = (name: string): string => join(folder, name);
    writeFileSync(path('f.onnx'), tinyFeatureNetwork());
    writeFileSync(path('s.onnx'), probeModel().model);
    writeFileSync(path('o.onnx'), tinyFeatureNetwork({ outputs: ['a'] }));
    expect(await inspect(path('f.onnx'), sessions)).toMatchObject({ kind: 'network', use: 'features' });
    expect(await inspect(path('s.onnx'), sessions)).toMatchObject({ kind: 'network', use: 'style', description: { fixed: { width: 16, height: 16 } } });
    expect(await inspect(path('o.onnx'), sessions)).toMatchObject({ kind: 'network', use: 'other', reason: expect.stringMatching(/./) });
  });

  it.each([
    ['nothing.png', undefined, 'picture.missing'],
    ['empty.png', '', 'picture.empty'],
    ['words.png', 'words', 'picture.not-a-picture'],
    ['words.onnx', 'words', 'network.corrupt'],
    ['words.vstyle', 'words', 'preset.corrupt'],
  ])('names what is wrong with %s', async (name, words, code) => {
    const path = join(temporaryFolder(), name);
    if (words !== undefined) writeFileSync(path, words);
    await expect(inspect(path, sessions)).rejects.toMatchObject({ code, details: { file: name } });
  });
});

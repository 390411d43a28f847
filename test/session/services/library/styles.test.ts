// A mix opened from files: one network, several blended, one placed by a mask, and what cannot be opened.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MarkKind, MixEntry } from '../../../../src-main/contract/style.ts';
import { linearToSrgb, srgbToLinear } from '../../../../src-main/engine/image/color.ts';
import type { WindowInput } from '../../../../src-main/engine/styles/style-engine.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import { writePreset } from '../../../../src-main/services/library/preset-file.ts';
import { foldersOf } from '../../../../src-main/services/node-platform.ts';
import { openStyles, type OpenStyles } from '../../../../src-main/services/library/styles.ts';
import { noiseAt, pictureOf } from '../../../support/pictures.ts';
import { presetOf } from '../../../support/preset.ts';
import { codeBySeed, weightsBySeed } from '../../../support/small-styles.ts';
import { smallGenerator } from '../../../support/small-teaching.ts';
import { styleNetwork } from '../../../support/style-network.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const lift = 10 / 255;
const side = 16;

interface Bench {
  readonly folder: string;
  readonly warned: string[];
  open(mix: readonly MixEntry[], strength?: number): Promise<OpenStyles>;
}

function bench(): Bench {
  const folder = temporaryFolder();
  const warned: string[] = [];
  for (const name of ['a.onnx', 'b.onnx']) writeFileSync(join(folder, name), styleNetwork());
  const open: Bench['open'] = (mix, strength = 1) =>
    openStyles({ mix, strength, seed: 1, noise: 1, device: 'cpu', threads: 1 }, foldersOf({ VELATURA_HOME: folder }), (key) => warned.push(key));
  return { folder, warned, open };
}

/** A window of one colour; with one mask over its left half. */
function windowOf(masked: boolean): WindowInput {
  const frame = { width: side, height: side };
  const colour = [0.2, 0.4, 0.6];
  const picture = tensor([1, 3, side, side], Float32Array.from({ length: 3 * side * side }, (_, i) => colour[Math.floor(i / (side * side))] ?? 0));
  const mask = tensor([1, 1, side, side], Float32Array.from({ length: side * side }, (_, i) => Number(i % side < side / 2)));
  return { picture, place: { x: 0, y: 0, ...frame }, frame, ...(masked && { masks: mask }) };
}

test('one network paints as it is, named in the recipe by its bytes', async () => {
  const { folder, open } = bench();
  const styles = await open([{ style: join(folder, 'a.onnx'), weight: 3 }]);
  const painted = await styles.runner.paint(windowOf(false));
  await styles.runner.close();
  expect(painted.data[0]).toBeCloseTo(0.4 + lift, 4);
  expect(styles.styles).toMatchObject([{ name: 'a.onnx', kind: 'onnx', weight: 1, id: expect.stringMatching(/^[0-9a-f]{64}$/) as string }]);
});

test('half the strength is half the light', async () => {
  const { folder, open } = bench();
  const styles = await open([{ style: join(folder, 'a.onnx'), weight: 1 }], 0.5);
  const painted = await styles.runner.paint(windowOf(false));
  await styles.runner.close();
  expect(painted.data[0]).toBeCloseTo(linearToSrgb((srgbToLinear(0.4 + lift) + srgbToLinear(0.2)) / 2), 4);
});

test.each(['light', 'brokenColour'] as const)('%s changes what a taught style paints, and nothing of a foreign network', async (setting) => {
  const { folder } = bench();
  await writePreset(join(folder, 'taught.vstyle'), presetOf({ record: { generator: smallGenerator, hueSpread: { red: 0.003, blue: 0.004, both: -0.002 } }, code: [...codeBySeed(smallGenerator, 2)], weights: [...weightsBySeed(smallGenerator, 2)] }));
  const paintedBy = async (style: string, amount?: number): Promise<Float32Array> => {
    const { runner } = await openStyles({ mix: [{ style: join(folder, style), weight: 1 }], strength: 1, seed: 1, noise: 1, device: 'cpu', threads: 1, ...(amount !== undefined && { [setting]: amount }) }, foldersOf({ VELATURA_HOME: folder }), () => undefined);
    try {
      const frame = { width: 64, height: 64 };
      const picture = pictureOf(64, 64, (x, y) => [x / 64, 0.4, 0.3 + 0.4 * noiseAt(x, y)]);
      await runner.measure(picture);
      return (await runner.paint({ picture, place: { x: 0, y: 0, ...frame }, frame })).data;
    } finally {
      await runner.close();
    }
  };
  expect(await paintedBy('a.onnx', 1)).toEqual(await paintedBy('a.onnx'));
  expect(await paintedBy('taught.vstyle', 0)).toEqual(await paintedBy('taught.vstyle'));
  expect(await paintedBy('taught.vstyle', 1)).not.toEqual(await paintedBy('taught.vstyle'));
});

test('greys are broken into the marks of the style, of the heavier of two, or into those that are asked for', async () => {
  const { folder } = bench();
  const hueSpread = { red: 0.003, blue: 0.004, both: -0.002 };
  const [code, weights] = [[...codeBySeed(smallGenerator, 2)], [...weightsBySeed(smallGenerator, 2)]];
  for (const [name, marks] of [['plain', undefined], ['cubist', 'facets']] as const) await writePreset(join(folder, `${name}.vstyle`), presetOf({ record: { name, generator: smallGenerator, hueSpread, ...(marks && { marks }) }, code, weights }));
  const paintedBy = async (mix: Readonly<Record<string, number>>, marks?: MarkKind): Promise<Float32Array> => {
    const styles = Object.entries(mix).map(([name, weight]) => ({ style: join(folder, `${name}.vstyle`), weight }));
    const { runner } = await openStyles({ mix: styles, strength: 1, seed: 1, noise: 1, device: 'cpu', threads: 1, brokenColour: 1, ...(marks && { marks }) }, foldersOf({ VELATURA_HOME: folder }), () => undefined);
    try {
      const frame = { width: 64, height: 64 };
      const picture = pictureOf(64, 64, (x) => [x / 64, x / 64, x / 64]);
      await runner.measure(picture);
      return (await runner.paint({ picture, place: { x: 0, y: 0, ...frame }, frame })).data;
    } finally {
      await runner.close();
    }
  };
  const [strokes, facets] = [await paintedBy({ plain: 1 }), await paintedBy({ cubist: 1 })];
  expect(facets).not.toEqual(strokes);
  expect(await paintedBy({ plain: 1 }, 'facets')).toEqual(facets);
  expect(await paintedBy({ cubist: 1 }, 'strokes')).toEqual(strokes);
  expect(await paintedBy({ plain: 1, cubist: 3 })).toEqual(facets);
  expect(await paintedBy({ plain: 3, cubist: 1 })).toEqual(strokes);
});

test('two networks are blended in two passes, and the cost is said', async () => {
  const { folder, warned, open } = bench();
  const styles = await open(['a.onnx', 'b.onnx'].map((name, index) => ({ style: join(folder, name), weight: 1 + index })));
  const painted = await styles.runner.paint(windowOf(false));
  await styles.runner.close();
  expect(painted.data[0]).toBeCloseTo(0.4 + lift, 4);
  expect(styles.styles.map(({ weight }) => weight)).toEqual([1 / 3, 2 / 3]);
  expect(warned).toContain('preset.mixed-in-passes');
});

test('a lone style under a mask leaves the picture where the mask does not reach', async () => {
  const { folder, open } = bench();
  writeFileSync(join(folder, 'mask.png'), 'hashed only');
  const styles = await open([{ style: join(folder, 'a.onnx'), weight: 1, mask: join(folder, 'mask.png') }]);
  const painted = await styles.runner.paint(windowOf(true));
  await styles.runner.close();
  expect(painted.data[0]).toBeCloseTo(0.4 + lift, 4);
  expect(painted.data[side - 1]).toBeCloseTo(0.2, 4);
  expect(styles.styles[0]?.mask).toMatch(/^[0-9a-f]{64}$/);
});

test('a style nobody knows is a fault', async () => {
  await expect(bench().open([{ style: 'stary', weight: 1 }])).rejects.toMatchObject({ code: 'preset.missing' });
});

test('a device that is not here is a fault, not another device', async () => {
  const { folder } = bench();
  const mix = [{ style: join(folder, 'a.onnx'), weight: 1 }];
  const opening = openStyles({ mix, strength: 1, seed: 1, noise: 1, device: 'coreml' }, foldersOf({ VELATURA_HOME: folder }), () => undefined);
  await expect(opening).rejects.toMatchObject({ code: 'device.unavailable' });
});

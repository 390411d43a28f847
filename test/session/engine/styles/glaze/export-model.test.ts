// The exported model: any size, nothing of a size in it, noise and strength as inputs.
import { afterEach, describe, expect, it } from 'vitest';
import { parseModel } from '../../../../../src-main/engine/onnx/parse.ts';
import { createOrtSessions } from '../../../../../src-main/engine/runtime/ort-node.ts';
import { exportModel } from '../../../../../src-main/engine/styles/glaze/export-model.ts';
import { haloOf } from '../../../../../src-main/engine/networks/generator.ts';
import type { Tensor } from '../../../../../src-main/engine/tensor/tensor.ts';
import { interpreter } from '../../../../support/interpreter.ts';
import { noiseAt, pictureOf } from '../../../../support/pictures.ts';
import { presetOf } from '../../../../support/preset.ts';
import { codeBySeed, weightsBySeed } from '../../../../support/small-styles.ts';
import { smallGenerator } from '../../../../support/small-teaching.ts';

const sessions = createOrtSessions();
afterEach(() => expect(sessions.liveSessions()).toBe(0));

const weights = weightsBySeed(smallGenerator, 2);
const preset = { ...presetOf({ record: { name: 'Strokes', generator: smallGenerator } }), code: codeBySeed(smallGenerator, 4) };

async function paintAlone(pictures: readonly Tensor[]): Promise<Tensor[]> {
  const session = await sessions.open(exportModel(preset, weights), { provider: 'cpu', threads: 1 });
  const painted: Tensor[] = [];
  for (const picture of pictures) painted.push((await session.run({ picture })).painted as Tensor);
  await session.release();
  return painted;
}

const scene = (width: number, height: number): Tensor => pictureOf(width, height, (x, y) => [x / width, y / height, noiseAt(x, y)]);

/** In float64: the runtime for Node feeds no input that has a default. */
function paintExactly(noise: number | undefined, strength: number | undefined): Float64Array {
  const run = interpreter(exportModel(preset, weights));
  const picture = { shape: [1, 3, 16, 16], data: Float64Array.from(scene(16, 16).data) };
  const field = { shape: [1, 1, 16, 16], data: Float64Array.from({ length: 256 }, (_, at) => (noise ?? 0) * (3.4 * noiseAt(at % 16, at) - 1.7)) };
  const [painted] = run({ picture, ...(noise === undefined ? {} : { noise: field }), ...(strength === undefined ? {} : { strength: { shape: [1], data: Float64Array.of(strength) } }) }, ['painted']);
  return painted!.data;
}

describe('an exported style', () => {
  it('paints pictures of any size that is whole in strides', async () => {
    const sizes = [[32, 32], [64, 40], [100, 128]] as const;
    const painted = await paintAlone(sizes.map(([width, height]) => scene(width, height)));
    expect(painted.map(({ shape }) => shape)).toEqual(sizes.map(([width, height]) => [1, 3, height, width]));
    expect(painted.every(({ data }) => data.every((value) => value >= 0 && value <= 1))).toBe(true);
  });

  it('is the same bytes whatever size it was written at', () => {
    const [small, large] = [32, 96].map((nominalPx) => Buffer.from(exportModel(preset, weights, nominalPx)));
    expect(small!.equals(large!)).toBe(true);
  });

  it('takes noise, none included, and paints otherwise with it', () => {
    expect(paintExactly(0, 1)).toEqual(paintExactly(undefined, undefined));
    expect(paintExactly(1, 1)).not.toEqual(paintExactly(0, 1));
    expect(paintExactly(1, 1).every(Number.isFinite)).toBe(true);
  });

  it('gives the picture back at strength 0, the full style unless told otherwise, and half the way at a half', () => {
    const picture = scene(16, 16).data;
    const full = paintExactly(1, undefined);
    expect(Float32Array.from(paintExactly(1, 0))).toEqual(picture);
    expect(paintExactly(1, 1)).toEqual(full);
    paintExactly(1, 0.5).forEach((value, at) => expect(Math.abs(value - (picture[at]! + full[at]!) / 2)).toBeLessThan(1e-9));
  });

  it('says what it is', () => {
    const { metadata } = parseModel(exportModel(preset, weights), 'strokes.onnx').summary;
    expect(metadata).toMatchObject({
      'velatura.kind': 'style',
      'velatura.name': 'Strokes',
      'velatura.halo': String(haloOf(smallGenerator)),
      'velatura.multiple': '4',
      'velatura.learnedSizePx': '320',
      'velatura.licence': 'CC0-1.0',
    });
  });
});

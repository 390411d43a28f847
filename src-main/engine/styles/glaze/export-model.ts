// A taught style as one self-contained .onnx that any ONNX tool opens, at any size.
import type { Preset } from '../../../contract/style.ts';
import { add, constant, input, multiply, slice, subtract } from '../../graph/ops/index.ts';
import { codeLayout, generate, generatorLayout, haloOf, liveNorm, strideProduct } from '../../networks/generator.ts';
import { emit } from '../../onnx/emit.ts';
import { tensor } from '../../tensor/tensor.ts';
import { partsOf } from './weights.ts';

/**
 * `picture` [1,3,H,W] in [0,1] (sRGB), `noise` [1,1,H,W] of unit variance or zeros, `strength` [1] in [0,1] → `painted` [1,3,H,W].
 * H and W are multiples of 4; the outer `velatura.halo` px see zero padding. Any `nominalPx` gives the same bytes:
 * nothing of a size is written into the model.
 */
export function exportModel({ record, code }: Preset, weights: Float32Array, nominalPx = 64): Uint8Array {
  const { generator } = record;
  const picture = input('picture', [1, 3, nominalPx, nominalPx]);
  const flat = multiply(slice(picture, { axes: [1], starts: [0], ends: [1] }), constant(0)); // a plane to repeat a single 0 over
  const noise = add(flat, input('noise', [1, 1, 1, 1]));
  const strength = input('strength', [1]);
  const named = (layout: Parameters<typeof partsOf>[0], vector: Float32Array) =>
    Object.fromEntries(partsOf(layout, vector).map(({ name, shape, data }) => [name, constant(data, shape)]));
  const norm = liveNorm(named(codeLayout(generator), code));
  const styled = generate(generator, named(generatorLayout(generator), weights), norm, picture, noise);
  const painted = add(picture, multiply(subtract(styled, picture), strength));
  return emit({ painted }, {
    symbolic: { picture: [1, 3, 'H', 'W'], noise: [1, 1, 'noise H', 'noise W'], painted: [1, 3, 'H', 'W'] },
    defaults: { noise: tensor([1, 1, 1, 1]), strength: tensor([1], new Float32Array([1])) },
    metadata: {
      'velatura.kind': 'style',
      'velatura.name': record.name,
      'velatura.id': record.id,
      'velatura.base': record.base,
      'velatura.depth': record.depth,
      'velatura.learnedSizePx': String(record.learnedSizePx),
      'velatura.halo': String(haloOf(generator)),
      'velatura.multiple': String(strideProduct),
      'velatura.steps': String(record.lineage.steps),
      'velatura.licence': record.licence,
      'Image.NominalPixelRange': 'NominalRange_0_1',
      'Image.BitmapPixelFormat': 'Rgb8',
    },
  });
}

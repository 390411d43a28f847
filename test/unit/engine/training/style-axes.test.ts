// What a style's misses are measured along.
import { describe, expect, it } from 'vitest';
import { styleAxes } from '../../../../src-main/engine/training/style-axes.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { tensor, type Tensor } from '../../../../src-main/engine/tensor/tensor.ts';

type Matrix = number[][];
const rowsOf = ({ data, shape: [n] }: Tensor): Matrix => Array.from({ length: n! }, (_, row) => Array.from(data.slice(row * n!, (row + 1) * n!)));
const product = (a: Matrix, b: Matrix): Matrix => a.map((row) => b[0]!.map((_, column) => row.reduce((sum, value, at) => sum + value * b[at]![column]!, 0)));
const transposed = (a: Matrix): Matrix => a[0]!.map((_, column) => a.map((row) => row[column]!));
const measured = (axes: Tensor, matrix: Matrix): Matrix =>
  axes.shape.length === 0 ? matrix.map((row) => row.map((value) => value * axes.data[0]!)) : product(product(rowsOf(axes), matrix), transposed(rowsOf(axes)));
const rms = (matrix: Matrix): number => Math.sqrt(matrix.flat().reduce((sum, value) => sum + value * value, 0) / matrix.flat().length);

/** The Gram matrix of features that are not negative: `common` is what they share, beside strokes of size 1. */
function gramOf(channels: number, common: number): Tensor {
  const random = createRandom(3);
  const places = Array.from({ length: 400 }, () => Array.from({ length: channels }, () => common + random.uniform()));
  const mean = (a: number, b: number): number => places.reduce((sum, place) => sum + place[a]! * place[b]!, 0) / places.length;
  return tensor([channels, channels], Float32Array.from({ length: channels ** 2 }, (_, at) => mean(Math.floor(at / channels), at % channels)));
}

describe('axes of a style', () => {
  const channels = 12;
  const gram = gramOf(channels, 3);
  const trace = rowsOf(gram).reduce((sum, row, at) => sum + row[at]!, 0);

  it('without a ridge count all directions alike, relative to the whole matrix', () => {
    const { shape, data } = styleAxes(gram);
    expect(shape).toEqual([]);
    expect(data[0]! * rms(rowsOf(gram))).toBeCloseTo(1, 5);
  });

  it('with one undo the painting’s power along each direction, as far as the ridge lets them', () => {
    const ridge = 0.2;
    const axes = rowsOf(styleAxes(gram, ridge));
    const ridged = rowsOf(gram).map((row, at) => row.map((value, column) => value + (at === column ? (ridge * trace) / channels : 0)));
    const undone = product(product(transposed(axes), axes), ridged);
    undone.forEach((row, at) => row.forEach((value, column) => expect(value / undone[0]![0]!).toBeCloseTo(at === column ? 1 : 0, 3)));
  });

  it.each([undefined, 0.05, 4, 100])('are scaled so that a picture without features misses 1 (ridge %s)', (ridge) => {
    expect(rms(measured(styleAxes(gram, ridge), rowsOf(gram)))).toBeCloseTo(1, 4);
  });

  it('see strokes that are missing behind what all features share, the more the smaller the ridge', () => {
    const flat = gramOf(channels, 3.5); // As light, and its strokes stand elsewhere.
    const means = rowsOf(flat).map((row, at) => row.map((_, column) => Math.sqrt(rowsOf(flat)[at]![at]! * rowsOf(flat)[column]![column]!)));
    const miss = rowsOf(gram).map((row, at) => row.map((value, column) => means[at]![column]! * (trace / rowsOf(flat).reduce((sum, each, own) => sum + each[own]!, 0)) - value));
    const [plain, wide, narrow] = [undefined, 4, 0.05].map((ridge) => rms(measured(styleAxes(gram, ridge), miss)));
    expect(wide!).toBeGreaterThan(1.3 * plain!);
    expect(narrow!).toBeGreaterThan(3 * wide!);
  });

  it('stay finite for a painting in which a layer sees nothing', () => {
    for (const value of [0, 1e-9]) {
      const dark = tensor([4, 4], new Float32Array(16).fill(value));
      for (const ridge of [undefined, 4]) expect(styleAxes(dark, ridge).data.every(Number.isFinite)).toBe(true);
      expect(styleAxes(dark, 4).shape, 'of the same shape as those of other layers').toEqual([4, 4]);
    }
  });
});

// ONNX operators of matrices and pictures: products, convolution, pooling, enlargement.
import { sizeOf, zeros, type NdArray } from './array.ts';
import type { Attributes, Operator } from './operator.ts';

/** [rows,columns] of a matrix read as it is or transposed. */
function reader(x: NdArray, transposed: boolean): { rows: number; columns: number; at: (row: number, column: number) => number } {
  const [first, second] = x.shape;
  return transposed
    ? { rows: second, columns: first, at: (row, column) => x.data[column * second + row] }
    : { rows: first, columns: second, at: (row, column) => x.data[row * second + column] };
}

function product(x: NdArray, y: NdArray, transposeX = false, transposeY = false): NdArray {
  const [a, b] = [reader(x, transposeX), reader(y, transposeY)];
  if (a.columns !== b.rows) throw new Error(`product of [${x.shape.join()}] and [${y.shape.join()}]`);
  const result = zeros([a.rows, b.columns]);
  for (let row = 0; row < a.rows; row++) {
    for (let column = 0; column < b.columns; column++) {
      let sum = 0;
      for (let inner = 0; inner < a.columns; inner++) sum += a.at(row, inner) * b.at(inner, column);
      result.data[row * b.columns + column] = sum;
    }
  }
  return result;
}

const gemm: Operator = ([a, b, c], attributes) => {
  const { shape, data } = product(a!, b!, attributes.integer('transA', 0) === 1, attributes.integer('transB', 0) === 1);
  if (c && c.shape.join() !== shape.join()) throw new Error('Gemm: C of another shape');
  const [alpha, beta] = [attributes.float('alpha', 1), attributes.float('beta', 1)];
  return { shape, data: data.map((sum, index) => alpha * sum + (c ? beta * c.data[index] : 0)) };
};

const matmul: Operator = ([a, b]) => {
  const [lead, [m, k], n] = [a!.shape.slice(0, -2), a!.shape.slice(-2), b!.shape.at(-1)!];
  const result = zeros([...lead, m, n]);
  for (let batch = 0; batch < sizeOf(lead); batch++) {
    const left = { shape: [m, k], data: a!.data.subarray(batch * m * k, (batch + 1) * m * k) };
    const right = { shape: [k, n], data: b!.data.subarray(batch * k * n, (batch + 1) * k * n) };
    result.data.set(product(left, right).data, batch * m * n);
  }
  return result;
};

interface Window {
  readonly stride: readonly number[];
  readonly pads: readonly number[];
  readonly kernel: readonly number[];
}

function windowOf(attributes: Attributes): Window {
  return {
    stride: attributes.integers('strides', [1, 1]),
    pads: attributes.integers('pads', [0, 0, 0, 0]),
    kernel: attributes.integers('kernel_shape'),
  };
}

/** Calls visit for every picture pixel (row, column) under kernel element (i, j) of window (down, right). */
function eachTap(
  [rows, columns]: readonly number[],
  [height, width]: readonly number[],
  { stride, pads, kernel }: Window,
  visit: (window: number, pixel: number, tap: number) => void,
): void {
  for (let down = 0; down < rows; down++) {
    for (let right = 0; right < columns; right++) {
      for (let tap = 0; tap < kernel[0] * kernel[1]; tap++) {
        const row = down * stride[0] - pads[0] + Math.floor(tap / kernel[1]);
        const column = right * stride[1] - pads[1] + (tap % kernel[1]);
        if (row >= 0 && row < height && column >= 0 && column < width) visit(down * columns + right, row * width + column, tap);
      }
    }
  }
}

/** Connected (sample, output channel, input channel, weight plane) of a grouped convolution whose weights are [M,C/groups,k,k]. */
function eachPlane(n: number, m: number, c: number, groups: number, visit: (sample: number, out: number, into: number, plane: number) => void): void {
  const share = c / groups;
  for (let sample = 0; sample < n; sample++) {
    for (let out = 0; out < m; out++) {
      for (let j = 0; j < share; j++) visit(sample, out, Math.floor((out * groups) / m) * share + j, out * share + j);
    }
  }
}

const conv: Operator = ([x, w, bias], attributes) => {
  const window = windowOf(attributes);
  const [n, c, h, width] = x!.shape;
  const m = w!.shape[0];
  const { kernel, pads, stride } = window;
  const size = [h, width].map((dim, axis) => Math.floor((dim + pads[axis] + pads[axis + 2] - kernel[axis]) / stride[axis]) + 1);
  const result = zeros([n, m, ...size]);
  const [area, planeSize] = [h * width, sizeOf(size)];
  if (bias) result.data.forEach((_, at) => (result.data[at] = bias.data[Math.floor(at / planeSize) % m]));
  eachPlane(n, m, c, attributes.integer('group', 1), (sample, out, into, plane) => {
    const [to, from, weights] = [(sample * m + out) * planeSize, (sample * c + into) * area, plane * sizeOf(kernel)];
    eachTap(size, [h, width], window, (at, pixel, tap) => {
      result.data[to + at] += x!.data[from + pixel] * w!.data[weights + tap];
    });
  });
  return result;
};

/** Scatters where conv gathers: the same taps, the other way. */
const convTranspose: Operator = ([y, w], attributes) => {
  const window = windowOf(attributes);
  const groups = attributes.integer('group', 1);
  const [n, m, rows, columns] = y!.shape;
  const c = w!.shape[1] * groups;
  const extra = attributes.integers('output_padding', [0, 0]);
  const { kernel, pads, stride } = window;
  const size = [rows, columns].map((dim, axis) => (dim - 1) * stride[axis] + extra[axis] + kernel[axis] - pads[axis] - pads[axis + 2]);
  const result = zeros([n, c, ...size]);
  const [area, planeSize] = [sizeOf(size), rows * columns];
  eachPlane(n, m, c, groups, (sample, out, into, plane) => {
    const [from, to, weights] = [(sample * m + out) * planeSize, (sample * c + into) * area, plane * sizeOf(kernel)];
    eachTap([rows, columns], size, window, (at, pixel, tap) => {
      result.data[to + pixel] += y!.data[from + at] * w!.data[weights + tap];
    });
  });
  return result;
};

/** Pools every channel; padding takes no part. */
const pool = (first: number, join: (a: number, b: number) => number, finish: (value: number, count: number) => number): Operator => ([x], attributes) => {
  const window = windowOf(attributes);
  const [n, c, h, w] = x!.shape;
  const round = attributes.integer('ceil_mode', 0) === 1 ? Math.ceil : Math.floor;
  const size = [h, w].map((dim, axis) => round((dim - window.kernel[axis]) / window.stride[axis]) + 1);
  if (window.pads.some((side) => side !== 0)) throw new Error('pools without padding only');
  const result = { shape: [n, c, ...size], data: new Float64Array(n * c * sizeOf(size)).fill(first) };
  const counts = new Float64Array(result.data.length);
  for (let plane = 0; plane < n * c; plane++) {
    eachTap(size, [h, w], window, (at, pixel) => {
      const to = plane * sizeOf(size) + at;
      result.data[to] = join(result.data[to], x!.data[plane * h * w + pixel]);
      counts[to] += 1;
    });
  }
  return { shape: result.shape, data: result.data.map((value, index) => finish(value, counts[index])) };
};

const batchNormalization: Operator = ([x, scale, shift, mean, variance], attributes) => {
  const [, c, ...rest] = x!.shape;
  const area = rest.reduce((product, dim) => product * dim, 1);
  const epsilon = attributes.float('epsilon', 1e-5);
  const of = (row: NdArray | undefined, at: number): number => row!.data[Math.floor(at / area) % c];
  const data = x!.data.map((n, at) => ((n - of(mean, at)) / Math.sqrt(of(variance, at) + epsilon)) * of(scale, at) + of(shift, at));
  return { shape: x!.shape, data };
};

const resize: Operator = ([x, , scales], attributes) => {
  const [n, c, h, w] = x!.shape;
  if (attributes.text('coordinate_transformation_mode', '') !== 'asymmetric' || attributes.text('nearest_mode', '') !== 'floor') {
    throw new Error('Resize: only nearest, asymmetric, floor');
  }
  const [, , down, right] = scales!.data;
  const result = zeros([n, c, Math.floor(h * down), Math.floor(w * right)]);
  const [height, width] = result.shape.slice(2);
  for (let at = 0; at < result.data.length; at++) {
    const [plane, row, column] = [Math.floor(at / (height * width)), Math.floor(at / width) % height, at % width];
    result.data[at] = x!.data[(plane * h + Math.floor(row / down)) * w + Math.floor(column / right)];
  }
  return result;
};

export const spatial: Readonly<Record<string, Operator>> = {
  AveragePool: pool(0, (a, b) => a + b, (sum, count) => sum / count),
  BatchNormalization: batchNormalization,
  Conv: conv,
  ConvTranspose: convTranspose,
  Gemm: gemm,
  MatMul: matmul,
  MaxPool: pool(-Infinity, Math.max, (value) => value),
  Resize: resize,
};

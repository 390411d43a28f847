// Proof cases of ops/convolution.ts: kernels, padding, strides, groups, batches.
import { biasedConv2d, conv2d, convWeightGradient, narrowConv, plusBias, type ConvAttributes } from '../../../src-main/engine/graph/ops/index.ts';
import { opCase, type OpCase, type OpCases } from './op-case.ts';

interface Shape extends ConvAttributes {
  readonly batch?: number;
  readonly from: number;
  readonly to: number;
  readonly kernel: number;
  readonly height?: number;
  readonly width?: number;
}

function convCase({ batch = 1, from, to, kernel, height = 6, width = 5, ...attributes }: Shape): OpCase {
  const { padding, stride = 1, groups = 1 } = attributes;
  const about = `${batch}×${from}→${to}, kernel ${kernel}, padding ${padding}, stride ${stride}, groups ${groups}, ${height}×${width}`;
  const shapes = [[batch, from, height, width], [to, from / groups, kernel, kernel]];
  return opCase(about, shapes, (x, w) => conv2d(x, w, attributes), { linearIn: [0, 1] });
}

const kernels = [1, 3, 5].flatMap((kernel) => [0, 1, 2].flatMap((padding) => [1, 2].map((stride) => ({ kernel, padding, stride }))));

const convolutions: readonly OpCase[] = [
  ...kernels.map((form) => convCase({ ...form, from: 2, to: 2 })),
  ...kernels.filter(({ padding }) => padding < 2).map((form) => convCase({ ...form, batch: 2, from: 1, to: 3, height: 5, width: 7 })),
  ...[1, 2].flatMap((stride) => [
    convCase({ kernel: 3, padding: 1, stride, from: 4, to: 4, groups: 2 }),
    convCase({ kernel: 3, padding: 1, stride, from: 4, to: 2, groups: 2, batch: 2 }),
    convCase({ kernel: 3, padding: 1, stride, from: 2, to: 6, groups: 2 }),
    convCase({ kernel: 1, padding: 0, stride, from: 4, to: 4, groups: 2, batch: 2 }),
    convCase({ kernel: 3, padding: 1, stride, from: 3, to: 3, groups: 3 }),
    convCase({ kernel: 5, padding: 2, stride, from: 2, to: 2, groups: 2, batch: 2 }),
    convCase({ kernel: 3, padding: 1, stride, from: 2, to: 4, groups: 2 }),
  ]),
  convCase({ kernel: 3, padding: 1, from: 3, to: 2 }),
  convCase({ kernel: 3, padding: 1, from: 2, to: 3 }),
  convCase({ kernel: 3, padding: 0, from: 1, to: 1, height: 3, width: 3 }),
  convCase({ kernel: 3, padding: 1, from: 1, to: 1, height: 1, width: 4 }),
  convCase({ kernel: 2, padding: 0, stride: 2, from: 2, to: 1 }),
  convCase({ kernel: 4, padding: 1, stride: 2, from: 1, to: 2, height: 8 }),
  convCase({ kernel: 3, padding: 1, stride: 3, from: 1, to: 2, height: 8, width: 7 }),
  opCase('an input that is its own kernel', [[2, 2, 3, 3]], (x) => conv2d(x, x, { padding: 1 })),
];

export const convolutionCases: OpCases = {
  conv2d: convolutions,
  plusBias: [opCase('a bias as a vector', [[1, 2, 3, 3], [2, 2, 3, 3], [2]], (x, w, bias) => plusBias(x, w, bias, { padding: 1 }))],
  biasedConv2d: [
    opCase('a bias per channel', [[2, 2, 4, 3], [3, 2, 3, 3], [1, 3, 1, 1]], (x, w, bias) => biasedConv2d(x, w, bias, { padding: 1 })),
    opCase('strided, one channel', [[1, 1, 5, 5], [1, 1, 3, 3], [1, 1, 1, 1]], (x, w, bias) => biasedConv2d(x, w, bias, { padding: 0, stride: 2 })),
  ],
  narrowConv: [opCase('to one channel', [[1, 3, 3, 4], [1, 3, 3, 3]], (x, w) => narrowConv(x, w, { padding: 1 }), { linearIn: [0, 1] })],
  convWeightGradient: [
    opCase('fewer outputs than inputs', [[2, 3, 4, 5], [2, 2, 4, 5]], (x, grad) => convWeightGradient(x, grad, 3, { padding: 1 }), { linearIn: [0, 1] }),
    opCase('more outputs than inputs', [[2, 2, 4, 5], [2, 3, 4, 5]], (x, grad) => convWeightGradient(x, grad, 3, { padding: 1 }), { linearIn: [0, 1] }),
    opCase('strided', [[1, 2, 5, 5], [1, 2, 3, 3]], (x, grad) => convWeightGradient(x, grad, 3, { padding: 1, stride: 2 }), { linearIn: [0, 1] }),
    opCase('depthwise', [[2, 2, 4, 4], [2, 2, 4, 4]], (x, grad) => convWeightGradient(x, grad, 3, { padding: 1, groups: 2 }), { linearIn: [0, 1] }),
  ],
};

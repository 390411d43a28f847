// Proof cases of ops/resize.ts.
import { averagePool2d, maxPool2, maxPool3Stride2, upsampleNearest } from '../../../src-main/engine/graph/ops/index.ts';
import { opCase, type OpCases } from './op-case.ts';

const sizes = [[3, 3], [4, 4], [5, 4], [6, 7], [7, 5], [2, 2], [8, 3]];

export const resizeCases: OpCases = {
  upsampleNearest: [2, 3, 1].map((factor) => opCase(`factor ${factor}`, [[2, 2, 2, 3]], (x) => upsampleNearest(x, { factor }), { linearIn: [0] })),
  averagePool2d: [
    opCase('of even sizes', [[2, 2, 4, 6]], (x) => averagePool2d(x, { size: 2 }), { linearIn: [0] }),
    opCase('of odd sizes', [[1, 2, 5, 7]], (x) => averagePool2d(x, { size: 2 }), { linearIn: [0] }),
    opCase('one row left over', [[1, 1, 5, 4]], (x) => averagePool2d(x, { size: 2 }), { linearIn: [0] }),
    opCase('size 3', [[1, 1, 7, 9]], (x) => averagePool2d(x, { size: 3 }), { linearIn: [0] }),
    opCase('size 4', [[1, 2, 9, 8]], (x) => averagePool2d(x, { size: 4 }), { linearIn: [0] }),
  ],
  maxPool2: [
    opCase('of two samples', [[2, 2, 4, 6]], maxPool2),
    opCase('of one window', [[1, 1, 2, 2]], maxPool2),
    opCase('of negative numbers', [[1, 2, 4, 2]], maxPool2, { range: [-3, -1] }),
  ],
  maxPool3Stride2: [
    ...sizes.map(([h, w]) => opCase(`${h}×${w}`, [[1, 2, h, w]], maxPool3Stride2)),
    opCase('of two samples', [[2, 3, 6, 5]], maxPool3Stride2),
    opCase('of negative numbers at the rounded edge', [[1, 2, 6, 4]], maxPool3Stride2, { range: [-3, -1] }),
  ],
};

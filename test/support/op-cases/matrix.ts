// Proof cases of ops/matrix.ts.
import { gemm, gemmAdd, matmul } from '../../../src-main/engine/graph/ops/index.ts';
import { opCase, type OpCases } from './op-case.ts';

const transposes = [false, true].flatMap((transposeA) => [false, true].map((transposeB) => ({ transposeA, transposeB })));
const shapesOf = ({ transposeA, transposeB }: { transposeA: boolean; transposeB: boolean }) => [transposeA ? [4, 2] : [2, 4], transposeB ? [3, 4] : [4, 3]];
const mark = ({ transposeA, transposeB }: { transposeA: boolean; transposeB: boolean }) => `${transposeA ? 'Aᵀ' : 'A'}·${transposeB ? 'Bᵀ' : 'B'}`;

export const matrixCases: OpCases = {
  gemm: [
    ...transposes.map((t) => opCase(mark(t), shapesOf(t), (a, b) => gemm(a, b, t), { linearIn: [0, 1] })),
    ...transposes.map((t) => opCase(`scaled ${mark(t)}`, shapesOf(t), (a, b) => gemm(a, b, { ...t, scale: 0.25 }), { linearIn: [0, 1] })),
    opCase('a matrix with itself (Gram)', [[3, 5]], (x) => gemm(x, x, { transposeB: true, scale: 0.2 })),
  ],
  gemmAdd: transposes.map((t) => opCase(mark(t), [...shapesOf(t), [2, 3]], (a, b, c) => gemmAdd(a, b, c, { ...t, scale: 0.5 }))),
  matmul: [
    opCase('of matrices', [[2, 4], [4, 3]], matmul, { linearIn: [0, 1] }),
    opCase('of stacks', [[2, 2, 4], [2, 4, 3]], matmul, { linearIn: [0, 1] }),
    opCase('of stacks of stacks', [[2, 1, 2, 3], [2, 1, 3, 1]], matmul, { linearIn: [0, 1] }),
  ],
};

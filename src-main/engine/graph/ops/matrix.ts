// Products of matrices.
import { defineOp, mismatch, type Op } from '../op.ts';
import type { Value } from '../value.ts';
import { transpose } from './movement.ts';

export interface GemmAttributes {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** Factor of the product; default 1. */
  readonly scale?: number;
}

const gemmShape = (a: readonly number[], b: readonly number[], { transposeA, transposeB }: GemmAttributes) => {
  const [rows, inner] = transposeA ? [a[1], a[0]] : a;
  const [innerB, columns] = transposeB ? [b[1], b[0]] : b;
  return a.length === 2 && b.length === 2 && inner === innerB ? [rows, columns] : mismatch('Gemm', [a, b]);
};

const lowerGemm = ({ transposeA, transposeB, scale }: GemmAttributes) => ({
  attributes: { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0, alpha: { float: scale ?? 1 } },
});

/** scale · op(A)·op(B), matrices [m,k]·[k,n] → [m,n]. */
export const gemm: Op<readonly [a: Value, b: Value], GemmAttributes> = defineOp({
  operator: 'Gemm',
  infer: ([a, b], attributes) => gemmShape(a, b, attributes),
  adjoint: ({ inputs: [a, b], attributes }, grad) => gemmAdjoint(a, b, attributes, grad),
  lower: lowerGemm,
});

/** scale · op(A)·op(B) + C, C of the product's shape: sums over a batch without additions of their own. */
export const gemmAdd: Op<readonly [a: Value, b: Value, c: Value], GemmAttributes> = defineOp({
  operator: 'Gemm',
  infer: ([a, b, c], attributes) => {
    const shape = gemmShape(a, b, attributes);
    return shape.join() === c.join() ? shape : mismatch('Gemm', [a, b, c]);
  },
  adjoint: ({ inputs: [a, b], attributes }, grad) => [...gemmAdjoint(a, b, attributes, grad), () => grad],
  lower: lowerGemm,
});

function gemmAdjoint(a: Value, b: Value, { transposeA, transposeB, scale }: GemmAttributes, grad: Value): readonly [() => Value, () => Value] {
  return [
    () =>
      transposeA
        ? gemm(b, grad, { transposeA: transposeB, transposeB: true, scale })
        : gemm(grad, b, { transposeB: !transposeB, scale }),
    () =>
      transposeB
        ? gemm(grad, a, { transposeA: true, transposeB: transposeA, scale })
        : gemm(a, grad, { transposeA: !transposeA, scale }),
  ];
}

/** Batched A·B, [...,m,k]·[...,k,n] → [...,m,n]; equal leading axes. */
export const matmul: Op<readonly [a: Value, b: Value]> = defineOp({
  operator: 'MatMul',
  infer: ([a, b]) => {
    const lead = a.length - 2;
    const fits = a.length === b.length && a.length >= 2 && a[lead + 1] === b[lead] && a.slice(0, lead).join() === b.slice(0, lead).join();
    return fits ? [...a.slice(0, lead), a[lead], b[lead + 1]] : mismatch('MatMul', [a, b]);
  },
  adjoint: ({ inputs: [a, b] }, grad) => [() => matmul(grad, swapLast(b)), () => matmul(swapLast(a), grad)],
});

function swapLast(x: Value): Value {
  const rank = x.shape.length;
  const order = x.shape.map((_, axis) => axis);
  [order[rank - 2], order[rank - 1]] = [rank - 1, rank - 2];
  return transpose(x, { order });
}

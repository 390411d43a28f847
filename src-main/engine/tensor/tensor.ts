// Dense numbers with a shape: what goes into a session and comes out.
import { StudioError } from '../../contract/fault.ts';

export type Shape = readonly number[];

export interface TensorData {
  readonly float32: Float32Array;
  readonly uint8: Uint8Array;
  readonly int32: Int32Array;
  readonly int64: BigInt64Array;
  /** IEEE half bits. */
  readonly float16: Uint16Array;
}

export type DataType = keyof TensorData;

/** Row-major samples. Images are [N,C,H,W], float32 in [0,1] unless a name says otherwise. */
export interface Tensor<T extends DataType = 'float32'> {
  readonly type: T;
  readonly shape: Shape;
  readonly data: TensorData[T];
}

export type AnyTensor = { [T in DataType]: Tensor<T> }[DataType];

/** Number of elements of a shape; 1 for a scalar []. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

/** A float32 tensor; zeros without data. Throws tensor.shape-mismatch when the length differs from the shape. */
export function tensor(shape: Shape, data: Float32Array = new Float32Array(sizeOf(shape))): Tensor {
  if (data.length !== sizeOf(shape)) {
    throw new StudioError('tensor.shape-mismatch', { expected: shape.join('×'), got: data.length });
  }
  return { type: 'float32', shape, data };
}

/** A scalar []. */
export function scalar(value: number): Tensor {
  return tensor([], new Float32Array([value]));
}

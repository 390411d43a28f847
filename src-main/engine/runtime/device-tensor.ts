// Tensors that live on the device: a shape and an opaque buffer, never numbers.
import type { DataType, Shape, Tensor, TensorData } from '../tensor/tensor.ts';
import { StudioError } from '../../contract/fault.ts';

/** What the adapter keeps behind a device tensor. */
export interface DeviceBuffer {
  dispose(): void;
}

/** A session output that stayed on the device; feed it back, `download` it or `dispose` it. Reading `data` throws session.failed. */
export class DeviceTensor<T extends DataType = DataType> implements Tensor<T> {
  readonly type: T;
  readonly shape: Shape;
  /** Undefined once disposed. */
  buffer: DeviceBuffer | undefined;

  constructor(type: T, shape: Shape, buffer: DeviceBuffer) {
    this.type = type;
    this.shape = shape;
    this.buffer = buffer;
  }

  get data(): TensorData[T] {
    // Asking the runtime for these bytes would abort the process.
    throw new StudioError('session.failed', { reason: 'a tensor on the device was read before it was downloaded' });
  }
}

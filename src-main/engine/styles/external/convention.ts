// How a foreign network wants its pictures: layout, element type, value range, channel order.
import type { Extent } from '../../../contract/image.ts';
import { fromHalf, toHalf } from '../../tensor/half.ts';
import { tensor, type AnyTensor, type Shape, type Tensor } from '../../tensor/tensor.ts';

export type Layout = 'nchw' | 'nhwc';
export type ChannelOrder = 'rgb' | 'bgr';
export type ElementType = 'float32' | 'float16' | 'uint8';
export type ValueRange = keyof typeof valueRanges;

/**
 * Network value = scale · x + offset for x in [0,1], per channel in RGB order.
 * imagenet: standardised (torchvision); mean255: minus the mean in bytes (Caffe).
 */
const valueRanges = {
  '0..1': { scale: [1, 1, 1], offset: [0, 0, 0] },
  '0..255': { scale: [255, 255, 255], offset: [0, 0, 0] },
  '-1..1': { scale: [2, 2, 2], offset: [-1, -1, -1] },
  imagenet: { scale: [1 / 0.229, 1 / 0.224, 1 / 0.225], offset: [-0.485 / 0.229, -0.456 / 0.224, -0.406 / 0.225] },
  mean255: { scale: [255, 255, 255], offset: [-123.68, -116.779, -103.939] },
} as const satisfies Readonly<Record<string, { scale: readonly number[]; offset: readonly number[] }>>;

/** One end of a network where pictures pass. */
export interface PicturePort {
  readonly name: string;
  readonly layout: Layout;
  readonly type: ElementType;
}

export interface Convention {
  readonly range: ValueRange;
  readonly channels: ChannelOrder;
}

/** picture [1,3,h,w] in [0,1] RGB → what the port takes. */
export function packPicture(picture: Tensor, port: PicturePort, convention: Convention): AnyTensor {
  const { height, width } = extentOf(picture.shape, 'nchw');
  const plane = height * width;
  const { scale, offset } = valueRanges[convention.range];
  const values = new Float32Array(3 * plane);
  for (let c = 0; c < 3; c++) {
    const { start, step } = strides(port.layout, networkChannel(c, convention.channels), plane);
    for (let i = 0, at = start; i < plane; i++, at += step) values[at] = scale[c]! * picture.data[c * plane + i]! + offset[c]!;
  }
  return elements(values, port.layout === 'nchw' ? [1, 3, height, width] : [1, height, width, 3], port.type);
}

/** What the port gives → [1,3,h,w] RGB; [0,1] where the network keeps to its range (`clamped` forces it). */
export function unpackPicture(output: AnyTensor, port: PicturePort, convention: Convention, clamped = true): Tensor {
  const { height, width } = extentOf(output.shape, port.layout);
  const plane = height * width;
  const { scale, offset } = valueRanges[convention.range];
  const picture = tensor([1, 3, height, width]);
  for (let c = 0; c < 3; c++) {
    const { start, step } = strides(port.layout, networkChannel(c, convention.channels), plane);
    for (let i = 0, at = start; i < plane; i++, at += step) {
      const value = (numberAt(output, at) - offset[c]!) / scale[c]!;
      picture.data[c * plane + i] = clamped ? Math.min(1, Math.max(0, value)) : value;
    }
  }
  return picture;
}

/** Height and width of a picture's shape. */
export function extentOf(shape: Shape, layout: Layout): Extent {
  const [height, width] = layout === 'nchw' ? shape.slice(2) : shape.slice(1);
  return { width: width ?? 0, height: height ?? 0 };
}

function networkChannel(rgb: number, order: ChannelOrder): number {
  return order === 'rgb' ? rgb : 2 - rgb;
}

function strides(layout: Layout, channel: number, plane: number): { start: number; step: number } {
  return layout === 'nchw' ? { start: channel * plane, step: 1 } : { start: channel, step: 3 };
}

function numberAt(source: AnyTensor, index: number): number {
  const value = source.data[index]!;
  return source.type === 'float16' ? fromHalf(Number(value)) : Number(value);
}

function elements(values: Float32Array, shape: Shape, type: ElementType): AnyTensor {
  if (type === 'uint8') return { type, shape, data: Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.round(value)))) };
  if (type === 'float16') return { type, shape, data: Uint16Array.from(values, toHalf) };
  return tensor(shape, values);
}

// A fixed feature network from an ONNX file → values of our graph, so that losses can be differentiated through it.
import { StudioError } from '../../contract/fault.ts';
import { constant } from '../graph/op.ts';
import { add, concat, conv2d, maxPool2, maxPool3Stride2, reflectPad, relu, slice } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { elementTypes, type ModelProto, type NodeProto, type TensorProto } from './proto.ts';

/**
 * The named outputs of a model as values over `input` (fed to the model's one input); only what they need is built.
 * Covers convolutional classifiers: Conv, Relu, MaxPool, Concat, Identity, reflecting Pad. `file` names it in faults.
 * Throws features.unusable naming what it cannot take.
 */
export function importGraph(model: ModelProto, input: Value, outputs: readonly string[], file: string): Record<string, Value> {
  try {
    return importOutputs(model, input, outputs);
  } catch (thrown) {
    if (!(thrown instanceof Unusable)) throw thrown;
    throw new StudioError('features.unusable', { file, reason: thrown.message }, { cause: thrown });
  }
}

/** Carries the reason to where the file's name is known. */
class Unusable extends Error {}

function importOutputs(model: ModelProto, input: Value, outputs: readonly string[]): Record<string, Value> {
  const producers = new Map(model.graph.node.map((node) => [node.output[0], node]));
  const stored = new Map((model.graph.initializer ?? []).map((tensor) => [tensor.name ?? '', tensor]));
  const built = new Map<string, Value>([[model.graph.input.find(({ name }) => !stored.has(name))?.name ?? '', input]]);
  const resolve = (name: string): Value => {
    const known = built.get(name);
    if (known) return known;
    const node = producers.get(name) ?? unusable(`nothing computes "${name}"`);
    const value = build(node, resolve, stored);
    built.set(name, value);
    return value;
  };
  return Object.fromEntries(outputs.map((name) => [name, resolve(name)]));
}

type Stored = ReadonlyMap<string, TensorProto>;

function build(node: NodeProto, resolve: (name: string) => Value, stored: Stored): Value {
  const x = (): Value => resolve(node.input[0]);
  switch (node.opType) {
    case 'Conv':
      return convolution(node, x(), stored);
    case 'Identity':
      return x();
    case 'Relu':
      return relu(x());
    case 'MaxPool':
      return maxPool(node, x());
    case 'Concat':
      return concat(...node.input.map(resolve), { axis: integers(node, 'axis')[0] ?? 1 });
    case 'Pad':
      return padding(node, x(), stored);
    default:
      return unusable(`the operator ${node.opType}`);
  }
}

function convolution(node: NodeProto, x: Value, stored: Stored): Value {
  const weight = initializer(stored, node.input[1]);
  const pads = integers(node, 'pads');
  const strides = integers(node, 'strides');
  const groups = integers(node, 'group')[0] ?? 1;
  if (pads.some((pad) => pad !== pads[0]) || strides.some((stride) => stride !== strides[0])) unusable('a convolution with uneven padding or stride');
  const y = conv2d(x, constant(numbersOf(weight), weight.dims), { padding: pads[0] ?? 0, stride: strides[0] ?? 1, groups });
  if (!node.input[2]) return y;
  const bias = numbersOf(initializer(stored, node.input[2]));
  return add(y, constant(bias, [1, bias.length, 1, 1]));
}

function maxPool(node: NodeProto, x: Value): Value {
  const [kernel] = integers(node, 'kernel_shape');
  const [stride] = integers(node, 'strides');
  if (integers(node, 'pads').some((pad) => pad !== 0) || stride !== 2) return unusable('a pooling with padding or another stride than 2');
  if (kernel === 3) return maxPool3Stride2(x);
  if (kernel !== 2) return unusable(`a pooling of ${kernel} × ${kernel}`);
  const [, , h, w] = x.shape;
  const even = (size: number): number => size - (size % 2); // the odd last row or column is left out
  return maxPool2(slice(x, { axes: [2, 3], starts: [0, 0], ends: [even(h), even(w)] }));
}

function padding(node: NodeProto, x: Value, stored: Stored): Value {
  const mode = node.attribute?.find(({ name }) => name === 'mode')?.s;
  const pads = integersOf(initializer(stored, node.input[1]));
  const size = pads[2] ?? 0;
  if (!mode || new TextDecoder().decode(mode) !== 'reflect' || pads.join() !== [0, 0, size, size, 0, 0, size, size].join()) return unusable('a padding that does not reflect evenly');
  return reflectPad(x, size);
}

function integers(node: NodeProto, name: string): readonly number[] {
  const attribute = node.attribute?.find((candidate) => candidate.name === name);
  if (!attribute) return [];
  return attribute.ints?.length ? attribute.ints : [attribute.i ?? 0];
}

function initializer(stored: Stored, name: string): TensorProto {
  return stored.get(name) ?? unusable(`"${name}" is not stored in it`);
}

function numbersOf({ dataType, rawData, floatData }: TensorProto): Float32Array {
  if (dataType !== elementTypes.float32) return unusable('weights that are not float32');
  return rawData?.length ? new Float32Array(new Uint8Array(rawData).buffer) : Float32Array.from(floatData ?? []);
}

function integersOf({ rawData, int64Data }: TensorProto): number[] {
  return rawData?.length ? Array.from(new BigInt64Array(new Uint8Array(rawData).buffer), Number) : (int64Data ?? []);
}

function unusable(reason: string): never {
  throw new Unusable(reason);
}

// Questions to a decoded graph: who makes a value, who reads it, which numbers are constant.
import { fromHalf } from '../tensor/half.ts';
import { elementTypes, type AttributeProto, type ModelProto, type NodeProto, type TensorProto } from './proto.ts';

export class GraphIndex {
  readonly model: ModelProto;
  readonly #producers = new Map<string, NodeProto>();
  readonly #readers = new Map<string, NodeProto[]>();
  readonly #initializers = new Map<string, TensorProto>();

  constructor(model: ModelProto) {
    this.model = model;
    for (const tensor of model.graph.initializer ?? []) this.#initializers.set(tensor.name ?? '', tensor);
    for (const node of model.graph.node) {
      for (const name of node.output) this.#producers.set(name, node);
      for (const name of node.input) this.#readers.set(name, [...(this.#readers.get(name) ?? []), node]);
    }
  }

  producerOf(value: string): NodeProto | undefined {
    return this.#producers.get(value);
  }

  readersOf(value: string): readonly NodeProto[] {
    return this.#readers.get(value) ?? [];
  }

  /** Stored tensor behind a value: an initializer, a Constant node, or one of these through Cast or Identity. */
  tensorOf(value: string | undefined): TensorProto | undefined {
    if (!value) return undefined;
    const node = this.#producers.get(value);
    if (node?.opType === 'Constant') return node.attribute?.find(({ name }) => name === 'value')?.t;
    if (node?.opType === 'Cast' || node?.opType === 'Identity') return this.tensorOf(node.input[0]);
    return this.#initializers.get(value);
  }

  /** The numbers of a constant value; undefined when it is computed or of a type without numbers. */
  numbersOf(value: string | undefined): readonly number[] | undefined {
    const tensor = this.tensorOf(value);
    return tensor && numbersOfTensor(tensor);
  }

  /** Names of all values that depend on `source`, itself included. */
  dependents(source: string): ReadonlySet<string> {
    const reached = new Set([source]);
    for (const node of this.model.graph.node) {
      if (node.input.some((name) => reached.has(name))) node.output.forEach((name) => reached.add(name));
    }
    return reached;
  }
}

export function attributeOf(node: NodeProto, name: string): AttributeProto | undefined {
  return node.attribute?.find((attribute) => attribute.name === name);
}

/** A list attribute, empty when absent. */
export function intsOf(node: NodeProto, name: string): readonly number[] {
  return attributeOf(node, name)?.ints ?? [];
}

export function textOf(node: NodeProto, name: string): string | undefined {
  const bytes = attributeOf(node, name)?.s;
  return bytes && new TextDecoder().decode(bytes);
}

function numbersOfTensor(tensor: TensorProto): number[] | undefined {
  const { rawData: raw } = tensor;
  if (raw?.length) return numbersOfBytes(raw, tensor.dataType);
  if (tensor.dataType === elementTypes.float16) return tensor.int32Data?.map(fromHalf);
  const lists = [tensor.floatData, tensor.int64Data, tensor.int32Data, tensor.doubleData, tensor.uint64Data];
  return lists.find((list) => list?.length) ?? (tensor.dims?.includes(0) ? [] : undefined);
}

function numbersOfBytes(raw: Uint8Array, dataType: number): number[] | undefined {
  const reader = readers.get(dataType);
  if (!reader) return undefined;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: Math.floor(raw.length / reader.bytes) }, (_, i) => reader.read(view, i * reader.bytes));
}

const readers: ReadonlyMap<number, { readonly bytes: number; read(view: DataView, at: number): number }> = new Map([
  [elementTypes.float32, { bytes: 4, read: (view, at) => view.getFloat32(at, true) }],
  [elementTypes.float16, { bytes: 2, read: (view, at) => fromHalf(view.getUint16(at, true)) }],
  [elementTypes.float64, { bytes: 8, read: (view, at) => view.getFloat64(at, true) }],
  [elementTypes.int64, { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) }],
  [elementTypes.int32, { bytes: 4, read: (view, at) => view.getInt32(at, true) }],
  [elementTypes.uint8, { bytes: 1, read: (view, at) => view.getUint8(at) }],
]);

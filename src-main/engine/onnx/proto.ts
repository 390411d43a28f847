// ONNX models as plain objects, and their protobuf bytes.
import protobuf from 'protobufjs/light.js';
import { onnxMessages } from './schema.ts';

export interface ModelProto {
  irVersion: number;
  opsetImport: OperatorSetIdProto[];
  graph: GraphProto;
  producerName?: string;
  producerVersion?: string;
  domain?: string;
  modelVersion?: number;
  docString?: string;
  metadataProps?: StringStringEntryProto[];
  functions?: FunctionProto[];
}

export interface GraphProto {
  name?: string;
  node: NodeProto[];
  initializer?: TensorProto[];
  sparseInitializer?: SparseTensorProto[];
  input: ValueInfoProto[];
  output: ValueInfoProto[];
  valueInfo?: ValueInfoProto[];
  docString?: string;
}

export interface NodeProto {
  name?: string;
  opType: string;
  /** '' or absent: ai.onnx. */
  domain?: string;
  /** '' skips an optional input. */
  input: string[];
  output: string[];
  attribute?: AttributeProto[];
  docString?: string;
}

/** One attribute; `type` (attributeTypes) says which of the value fields counts. */
export interface AttributeProto {
  name: string;
  type: number;
  f?: number;
  i?: number;
  s?: Uint8Array;
  t?: TensorProto;
  g?: GraphProto;
  floats?: number[];
  ints?: number[];
  strings?: Uint8Array[];
  tensors?: TensorProto[];
  graphs?: GraphProto[];
  refAttrName?: string;
}

/** Constant numbers: little-endian bytes in rawData, or one of the typed lists. */
export interface TensorProto {
  name?: string;
  dims: number[];
  /** One of elementTypes. */
  dataType: number;
  rawData?: Uint8Array;
  floatData?: number[];
  int32Data?: number[];
  int64Data?: number[];
  doubleData?: number[];
  uint64Data?: number[];
  stringData?: Uint8Array[];
  externalData?: StringStringEntryProto[];
  /** 1: the numbers lie in another file. */
  dataLocation?: number;
  docString?: string;
}

export interface SparseTensorProto {
  values: TensorProto;
  indices: TensorProto;
  dims: number[];
}

export interface ValueInfoProto {
  name: string;
  type?: TypeProto;
  docString?: string;
}

export interface TypeProto {
  tensorType?: { elemType: number; shape?: { dim: DimensionProto[] } };
  /** e.g. 'IMAGE' (type denotation of the ONNX standard). */
  denotation?: string;
}

/** A fixed size, a symbol, or neither (unknown). */
export interface DimensionProto {
  dimValue?: number;
  dimParam?: string;
  denotation?: string;
}

export interface StringStringEntryProto {
  key: string;
  value: string;
}

export interface OperatorSetIdProto {
  /** '' or absent: ai.onnx. */
  domain?: string;
  version: number;
}

export interface FunctionProto {
  name: string;
  domain?: string;
  input: string[];
  output: string[];
  attribute?: string[];
  node: NodeProto[];
  opsetImport?: OperatorSetIdProto[];
}

/** TensorProto.DataType. */
export const elementTypes = {
  float32: 1, uint8: 2, int8: 3, uint16: 4, int16: 5, int32: 6, int64: 7, string: 8, bool: 9, float16: 10,
  float64: 11, uint32: 12, uint64: 13, complex64: 14, complex128: 15, bfloat16: 16,
} as const;

/** AttributeProto.AttributeType. */
export const attributeTypes = {
  float: 1, int: 2, string: 3, tensor: 4, graph: 5, floats: 6, ints: 7, strings: 8, tensors: 9, graphs: 10,
} as const;

const modelType = protobuf.Root.fromJSON({ nested: { onnx: { nested: messagesAsJson() } } }).lookupType('onnx.ModelProto');

/** The protobuf bytes of a model. */
export function encodeModel(model: ModelProto): Uint8Array {
  return modelType.encode(model).finish();
}

/** A model from protobuf bytes; byte fields are views into `bytes`. Throws a plain Error when the bytes are no protobuf of this schema. */
export function decodeModel(bytes: Uint8Array): ModelProto {
  return modelType.toObject(modelType.decode(bytes), { longs: Number, arrays: true }) as ModelProto;
}

function messagesAsJson(): Record<string, protobuf.IType> {
  return Object.fromEntries(
    Object.entries(onnxMessages).map(([name, fields]) => [
      name,
      // Edition proto2, or a zero could not be told from nothing.
      { edition: 'proto2', fields: Object.fromEntries(Object.entries(fields).map(([field, rule]) => [field, fieldAsJson(rule)])) },
    ]),
  );
}

/** "packed float 4" → the JSON descriptor of a field. */
function fieldAsJson(rule: string): protobuf.IField {
  const words = rule.split(' ');
  const [type, id] = words.slice(-2) as [string, string];
  const repeated = words.length === 3 ? { rule: 'repeated', options: { packed: words[0] === 'packed' } } : {};
  return { type, id: Number(id), ...repeated };
}

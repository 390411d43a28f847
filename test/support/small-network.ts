// Builds small picture networks of a few nodes, as strangers might export them.
import { attributeTypes, elementTypes, encodeModel, type AttributeProto, type ModelProto, type NodeProto, type TensorProto } from '../../src-main/engine/onnx/proto.ts';

type Dims = readonly (number | string)[];

export interface SmallNetwork {
  readonly nodes: readonly NodeProto[];
  readonly constants?: Readonly<Record<string, { readonly dims: number[]; readonly data: readonly number[] }>>;
  readonly input?: Dims;
  readonly output?: Dims;
  readonly type?: keyof typeof elementTypes;
  readonly rest?: Partial<ModelProto>;
}

export const anySize: Dims = [1, 3, 'H', 'W'];

/** A model from "x" to "y". */
export function smallNetwork({ nodes, constants = {}, input = anySize, output = anySize, type = 'float32', rest = {} }: SmallNetwork): Uint8Array {
  const initializer = Object.entries(constants).map(([name, { dims, data }]) => float(name, dims, data));
  return encodeModel({
    irVersion: 8,
    opsetImport: [{ version: 17 }],
    graph: { name: 'small', node: [...nodes], initializer, input: [port('x', input, type)], output: [port('y', output, type)] },
    ...rest,
  });
}

export function port(name: string, dims: Dims, type: keyof typeof elementTypes = 'float32') {
  const dim = dims.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: elementTypes[type], shape: { dim } } } };
}

export function node(opType: string, input: readonly string[], output: string, attribute: AttributeProto[] = [], domain = ''): NodeProto {
  return { opType, input: [...input], output: [output], attribute, domain };
}

export function ints(name: string, values: readonly number[]): AttributeProto {
  return { name, type: attributeTypes.ints, ints: [...values] };
}

export function int(name: string, value: number): AttributeProto {
  return { name, type: attributeTypes.int, i: value };
}

export function text(name: string, value: string): AttributeProto {
  return { name, type: attributeTypes.string, s: new TextEncoder().encode(value) };
}

/** A k × k convolution 3 → 3 that blurs a little and mixes no channels; with pads it keeps the size. */
export function blurWeights(side: number, gain = 1): { dims: number[]; data: number[] } {
  const data = new Array<number>(9 * side * side).fill(0);
  for (let c = 0; c < 3; c++) for (let k = 0; k < side * side; k++) data[(c * 3 + c) * side * side + k] = gain * (0.5 / (side * side - 1 || 1));
  for (let c = 0; c < 3; c++) data[(c * 3 + c) * side * side + (side * side - 1) / 2] = gain * 0.5;
  return { dims: [3, 3, side, side], data };
}

function float(name: string, dims: number[], data: readonly number[]): TensorProto {
  return { name, dims, dataType: elementTypes.float32, rawData: new Uint8Array(Float32Array.from(data).buffer) };
}

// Computes values of a graph in float64 as they stand, without rewriting or emission.
import type { ConstantAttributes, InputAttributes } from '../../src-main/engine/graph/op.ts';
import { constantOp, inputOp } from '../../src-main/engine/graph/op.ts';
import { reachable, type OnnxAttribute, type Value } from '../../src-main/engine/graph/value.ts';
import { attributeTypes, type AttributeProto } from '../../src-main/engine/onnx/proto.ts';
import type { NdArray } from './interpreter/array.ts';
import { apply, type Feeds } from './interpreter.ts';

/** One array per value. */
export function evaluate(values: readonly Value[], feeds: Feeds): NdArray[] {
  const known = new Map<Value, NdArray>();
  for (const value of reachable(values)) {
    const result = compute(value, feeds, (input) => known.get(input)!);
    if (result.shape.join() !== value.shape.join()) throw new Error(`${value.op.operator} says [${value.shape.join()}] and gives [${result.shape.join()}]`);
    known.set(value, result);
  }
  return values.map((value) => known.get(value)!);
}

function compute(value: Value, feeds: Feeds, known: (input: Value) => NdArray): NdArray {
  if (value.op === inputOp) return feeds[(value.attributes as InputAttributes).name];
  if (value.op === constantOp) return { shape: value.shape, data: Float64Array.from((value.attributes as ConstantAttributes).data) };
  const lowering = value.op.lower?.(value.attributes, value.inputs.map(({ shape }) => shape), value.shape) ?? {};
  const line = (numbers: readonly number[]): NdArray => ({ shape: [numbers.length], data: Float64Array.from(numbers) });
  const operands = [
    ...(lowering.operands ?? []).map(line),
    ...(lowering.limits ?? []).map((limit): NdArray => ({ shape: [], data: Float64Array.of(Math.fround(limit)) })),
    ...(lowering.vectors ?? []).map(line),
    ...(lowering.scales ? [undefined, line(lowering.scales)] : []),
  ];
  const attribute = Object.entries(lowering.attributes ?? {}).map(([name, setting]) => protoOf(name, setting));
  return apply({ opType: value.op.operator, attribute }, [...value.inputs.map(known), ...operands]);
}

function protoOf(name: string, setting: OnnxAttribute): AttributeProto {
  if (typeof setting === 'string') return { name, type: attributeTypes.string, s: new TextEncoder().encode(setting) };
  if (typeof setting === 'number') return { name, type: attributeTypes.int, i: setting };
  if ('floats' in setting) return { name, type: attributeTypes.floats, floats: [...setting.floats] };
  if ('float' in setting) return { name, type: attributeTypes.float, f: Math.fround(setting.float) };
  return { name, type: attributeTypes.ints, ints: [...setting] };
}

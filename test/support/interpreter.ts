// Runs ONNX models in float64, written from the standard and from nothing of the engine: what gradients are proved with.
import { decodeModel, elementTypes, type NodeProto, type TensorProto, type ValueInfoProto } from '../../src-main/engine/onnx/proto.ts';
import type { NdArray } from './interpreter/array.ts';
import { elementwise } from './interpreter/elementwise.ts';
import { movement } from './interpreter/movement.ts';
import { Attributes, type Operator } from './interpreter/operator.ts';
import { spatial } from './interpreter/spatial.ts';

export type Feeds = Readonly<Record<string, NdArray>>;

/** Every operator that can be run, by name. */
export const operators: Readonly<Record<string, Operator>> = { ...(elementwise as Record<string, Operator>), ...(movement as Record<string, Operator>), ...spatial };

/** Computes the outputs asked for, and only what they need. */
export type Run = (feeds: Feeds, wanted: readonly string[]) => NdArray[];

/** A model ready to run. Throws where it breaks the standard: names used twice, unknown operators, shapes other than declared. */
export function interpreter(bytes: Uint8Array): Run {
  const { graph } = decodeModel(bytes);
  const constants = new Map((graph.initializer ?? []).map((tensor) => [tensor.name ?? '', arrayOf(tensor)]));
  const makers = new Map(graph.node.map((node) => [node.output[0], node]));
  const ports = new Map([...graph.input, ...graph.output].map((info) => [info.name, info]));
  // An initializer of an input's name is what the input is where it is not fed.
  const fed = graph.input.filter(({ name }) => !constants.has(name));
  refuseDoubles([...(graph.initializer ?? []).map(({ name }) => name ?? ''), ...fed.map(({ name }) => name), ...graph.node.flatMap(({ output }) => output)]);
  return (feeds, wanted) => {
    const known = new Map([...constants, ...Object.entries(feeds)]);
    for (const { name } of graph.input) checkShape(ports.get(name), known.get(name));
    const valueOf = (name: string): NdArray => {
      const ready = known.get(name);
      if (ready) return ready;
      const node = makers.get(name);
      if (!node) throw new Error(`nothing gives ${name}`);
      const result = apply(node, node.input.map((from) => (from === '' ? undefined : valueOf(from))));
      known.set(name, result);
      return result;
    };
    return wanted.map((name) => {
      const result = valueOf(name);
      checkShape(ports.get(name), result);
      return result;
    });
  };
}

/** One node's output. */
export function apply(node: Pick<NodeProto, 'opType' | 'attribute'>, inputs: readonly (NdArray | undefined)[]): NdArray {
  const operator = operators[node.opType];
  if (!operator) throw new Error(`unknown operator ${node.opType}`);
  return operator(inputs, new Attributes(node.attribute ?? []));
}

function refuseDoubles(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new Error(`${name} is given twice`);
    seen.add(name);
  }
}

function checkShape(port: ValueInfoProto | undefined, value: NdArray | undefined): void {
  const declared = port?.type?.tensorType?.shape?.dim;
  if (!declared || !value) throw new Error(`${port?.name ?? 'a port'} is not declared or not fed`);
  const fits = declared.length === value.shape.length && declared.every(({ dimValue, dimParam }, axis) => dimParam || dimValue === value.shape[axis]);
  if (!fits) throw new Error(`${port.name} is declared ${JSON.stringify(declared)} and is [${value.shape.join()}]`);
}

function arrayOf({ dims, dataType, rawData }: TensorProto): NdArray {
  const { buffer } = Uint8Array.from(rawData ?? []); // a copy: the bytes may be a view; none for an empty list
  if (dataType === elementTypes.int64) return { shape: dims, data: Float64Array.from(new BigInt64Array(buffer), Number) };
  if (dataType === elementTypes.float32) return { shape: dims, data: Float64Array.from(new Float32Array(buffer)) };
  throw new Error(`an initializer of type ${dataType}`);
}

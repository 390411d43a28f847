// A graph → the bytes of an ONNX model.
import { StudioError } from '../../contract/fault.ts';
import { constantOp, inputOp, type ConstantAttributes, type InputAttributes } from '../graph/op.ts';
import { check } from '../graph/check.ts';
import { fusions } from '../graph/fusions.ts';
import { reachable, type OnnxAttribute, type Value } from '../graph/value.ts';
import { rewrite, simplifications, type Rule } from '../graph/rewrite.ts';
import { attributeTypes, elementTypes, encodeModel, type AttributeProto, type GraphProto, type NodeProto, type TensorProto, type ValueInfoProto } from './proto.ts';
import { allowedOperators, irVersion, opsetVersion, runtimeOperators } from './opset.ts';
import type { Shape, Tensor } from '../tensor/tensor.ts';

export interface EmitOptions {
  /** Extra rules after the simplifications, e.g. `portable` for WebGPU. */
  readonly rules?: readonly Rule[];
  /** Names for dimensions that a run may choose, per input or output: [1,3,'H','W']. */
  readonly symbolic?: Readonly<Record<string, readonly (number | string)[]>>;
  /** What an input is where a run does not feed it (ONNX: an initializer of the input's name). */
  readonly defaults?: Readonly<Record<string, Tensor>>;
  /** Key–value pairs stored in the model. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * The model that computes the named outputs; nodes that reach none of them are left out.
 * Throws graph.illegal for an operator outside opset.ts, a name given twice, a truth value as output,
 * and symbolic dimensions that fit no input or output.
 */
export function emit(outputs: Readonly<Record<string, Value>>, options: EmitOptions = {}): Uint8Array {
  const names = Object.keys(outputs);
  const results = rewrite(Object.values(outputs), [...simplifications, ...fusions, ...(options.rules ?? [])]);
  check(results, new Set([...allowedOperators, ...runtimeOperators]));
  const graph = new GraphWriter(options.symbolic ?? {});
  for (const value of reachable(results)) graph.write(value);
  names.forEach((name, index) => graph.giveOut(name, results[index]));
  for (const [name, given] of Object.entries(options.defaults ?? {})) graph.giveDefault(name, given);
  return encodeModel({
    irVersion,
    opsetImport: [{ version: opsetVersion }, ...domainsOf(results)],
    producerName: 'velatura',
    graph: graph.finish(),
    metadataProps: Object.entries(options.metadata ?? {}).map(([key, value]) => ({ key, value })),
  });
}

/** Domains beside ONNX's own, each once. */
function domainsOf(results: readonly Value[]): { domain: string; version: number }[] {
  const versions = new Map(reachable(results).flatMap(({ op: { domain } }) => (domain ? [[domain.name, domain.version] as const] : [])));
  return [...versions].map(([domain, version]) => ({ domain, version }));
}

class GraphWriter {
  readonly #names = new Map<Value, string>();
  readonly #taken = new Set<string>();
  readonly #operands = new Map<string, string>();
  readonly #nodes: NodeProto[] = [];
  readonly #initializers: TensorProto[] = [];
  readonly #inputs = new Map<string, Value>();
  readonly #outputs: ValueInfoProto[] = [];
  readonly #symbolic: Readonly<Record<string, readonly (number | string)[]>>;

  constructor(symbolic: Readonly<Record<string, readonly (number | string)[]>>) {
    this.#symbolic = symbolic;
  }

  write(value: Value): void {
    const { op } = value;
    if (op === inputOp) this.#writeInput(value);
    else if (op === constantOp) this.#writeConstant(value);
    else this.#writeNode(value);
  }

  giveOut(name: string, value: Value): void {
    if (value.type !== 'float32') illegal(`output ${name} is no number`);
    this.#take(name);
    this.#nodes.push({ opType: 'Identity', input: [this.#nameOf(value)], output: [name] });
    this.#outputs.push(this.#valueInfo(name, value.shape));
  }

  giveDefault(name: string, { shape, data }: Tensor): void {
    if (!this.#inputs.has(name)) illegal(`there is no input ${name} to give a default`);
    this.#initializers.push({ name, dims: [...shape], dataType: elementTypes.float32, rawData: bytesOf(data) });
  }

  finish(): GraphProto {
    const ports = new Set([...this.#inputs.keys(), ...this.#outputs.map(({ name }) => name)]);
    for (const name of Object.keys(this.#symbolic)) {
      if (!ports.has(name)) illegal(`there is no ${name} to give symbolic dimensions`);
    }
    return {
      name: 'velatura',
      node: this.#nodes,
      initializer: this.#initializers,
      input: [...this.#inputs].map(([name, value]) => this.#valueInfo(name, value.shape)),
      output: this.#outputs,
    };
  }

  #nameOf(value: Value): string {
    const name = this.#names.get(value);
    return name ?? illegal(`${value.op.operator} is read before it is written`);
  }

  #take(name: string): string {
    if (this.#taken.has(name)) illegal(`two values are called ${name}`);
    this.#taken.add(name);
    return name;
  }

  #writeInput(value: Value): void {
    const { name } = value.attributes as InputAttributes;
    this.#inputs.set(this.#take(name), value);
    this.#names.set(value, name);
  }

  #writeConstant(value: Value): void {
    const { data, name } = value.attributes as ConstantAttributes;
    const label = this.#take(name ?? `_c${this.#initializers.length}`);
    this.#initializers.push({ name: label, dims: [...value.shape], dataType: elementTypes.float32, rawData: bytesOf(data) });
    this.#names.set(value, label);
  }

  #writeNode(value: Value): void {
    const lowering = value.op.lower?.(value.attributes, value.inputs.map((input) => input.shape), value.shape) ?? {};
    const label = this.#take(`_v${this.#nodes.length}`);
    const extra = [
      ...(lowering.operands ?? []).map((numbers) => this.#integers(numbers)),
      ...(lowering.limits ?? []).map((number) => this.#floats([number], [])),
      ...(lowering.vectors ?? []).map((numbers) => this.#floats(numbers, [numbers.length])),
      ...(lowering.scales ? ['', this.#floats(lowering.scales, [lowering.scales.length])] : []),
    ];
    this.#nodes.push({
      opType: value.op.operator,
      domain: value.op.domain?.name,
      input: [...value.inputs.map((input) => this.#nameOf(input)), ...extra],
      output: [label],
      attribute: Object.entries(lowering.attributes ?? {}).map(([name, attribute]) => attributeProto(name, attribute)),
    });
    this.#names.set(value, label);
  }

  #integers(numbers: readonly number[]): string {
    return this.#operand(`i[${numbers.join()}]`, {
      dims: [numbers.length],
      dataType: elementTypes.int64,
      rawData: bytesOf(BigInt64Array.from(numbers, BigInt)),
    });
  }

  #floats(numbers: readonly number[], dims: number[]): string {
    return this.#operand(`f${dims.join()}[${numbers.join()}]`, { dims, dataType: elementTypes.float32, rawData: bytesOf(Float32Array.from(numbers)) });
  }

  /** Equal operands are stored once. */
  #operand(key: string, tensor: TensorProto): string {
    const known = this.#operands.get(key);
    if (known !== undefined) return known;
    const name = this.#take(`_o${this.#operands.size}`);
    this.#operands.set(key, name);
    this.#initializers.push({ ...tensor, name });
    return name;
  }

  #valueInfo(name: string, shape: Shape): ValueInfoProto {
    const dims = this.#symbolic[name] ?? shape;
    if (dims.length !== shape.length) illegal(`${name} has ${shape.length} dimensions and ${dims.length} symbols`);
    const dim = dims.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size }));
    return { name, type: { tensorType: { elemType: elementTypes.float32, shape: { dim } } } };
  }
}

function illegal(reason: string): never {
  throw new StudioError('graph.illegal', { reason });
}

function bytesOf(data: Float32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function attributeProto(name: string, attribute: OnnxAttribute): AttributeProto {
  if (typeof attribute === 'string') return { name, type: attributeTypes.string, s: new TextEncoder().encode(attribute) };
  if (typeof attribute === 'number') return { name, type: attributeTypes.int, i: attribute };
  if ('floats' in attribute) return { name, type: attributeTypes.floats, floats: [...attribute.floats] };
  if ('float' in attribute) return { name, type: attributeTypes.float, f: attribute.float };
  return { name, type: attributeTypes.ints, ints: [...attribute] };
}

// Bytes from outside → a model and what it is, refused before anything reaches a session.
import { StudioError } from '../../contract/fault.ts';
import { decodeModel, elementTypes, type GraphProto, type ModelProto, type NodeProto, type TensorProto, type ValueInfoProto } from './proto.ts';
import { LimitPassed, scanModel, type ScanLimits } from './scan.ts';

/** An input or output as declared. A symbolic dimension is its name, an undeclared one '?'; no shape at all is undefined. */
export interface ModelPort {
  readonly name: string;
  readonly type: keyof typeof elementTypes | 'other';
  readonly shape: readonly (number | string)[] | undefined;
  /** Of the type, e.g. 'IMAGE'. */
  readonly denotation: string;
  readonly doc: string;
}

export interface ModelSummary {
  readonly bytes: number;
  readonly producer: string;
  readonly doc: string;
  readonly irVersion: number;
  /** Of ai.onnx. */
  readonly opset: number;
  /** Without those that are mere defaults of initializers. */
  readonly inputs: readonly ModelPort[];
  readonly outputs: readonly ModelPort[];
  readonly nodes: number;
  /** How often each operator occurs, subgraphs included; outside ai.onnx as "domain.Name". */
  readonly operators: Readonly<Record<string, number>>;
  readonly domains: readonly string[];
  /** Numbers held, and how many bytes they take in memory, by element type. */
  readonly weights: number;
  readonly weightBytes: Readonly<Record<string, number>>;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface ParsedModel {
  readonly model: ModelProto;
  readonly summary: ModelSummary;
}

export const modelLimits: ScanLimits & { readonly bytes: number } = {
  bytes: 512 * 2 ** 20,
  messages: 2_000_000,
  nodes: 100_000,
  depth: 24,
  listBytes: 128 * 2 ** 20,
};

/** Operator sets that the runtime carries; anything else is a custom operator, which would need a foreign library. */
const knownDomains: ReadonlySet<string> = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft']);

/**
 * Reads a model and describes it. `file` is its name for messages, no path.
 * Throws network.corrupt when the bytes are no ONNX model, network.too-large beyond modelLimits,
 * network.external-data when numbers lie in other files, network.custom-operator for operators of unknown domains.
 */
export function parseModel(bytes: Uint8Array, file: string): ParsedModel {
  const model = readWithin(bytes, file);
  const graphs = graphsOf(model);
  for (const graph of graphs) refuseExternalData(graph, file);
  const nodes = [...graphs.flatMap((graph) => graph.node), ...(model.functions ?? []).flatMap((body) => body.node)];
  refuseCustomOperators(model, nodes, file);
  return { model, summary: summarize(bytes.length, model, graphs, nodes) };
}

function readWithin(bytes: Uint8Array, file: string): ModelProto {
  if (bytes.length > modelLimits.bytes) throw new StudioError('network.too-large', { file, limit: `${modelLimits.bytes / 2 ** 20} MB` });
  if (bytes.length === 0) throw corrupt(file, 'it is empty');
  let model: ModelProto;
  try {
    scanModel(bytes, modelLimits);
    model = decodeModel(bytes);
  } catch (thrown) {
    if (thrown instanceof LimitPassed) throw new StudioError('network.too-large', { file, limit: `${thrown.limit} ${thrown.what}` });
    throw corrupt(file, thrown instanceof Error ? thrown.message : String(thrown));
  }
  if (!model.graph?.node?.length) throw corrupt(file, 'it holds no graph');
  if (!model.graph.output?.length) throw corrupt(file, 'its graph has no output');
  return model;
}

function corrupt(file: string, reason: string): StudioError {
  return new StudioError('network.corrupt', { file, reason });
}

/** The main graph and every subgraph of If, Loop and Scan. */
function graphsOf(model: ModelProto): GraphProto[] {
  const found: GraphProto[] = [];
  const visit = (graph: GraphProto): void => {
    found.push(graph);
    for (const { g, graphs } of graph.node.flatMap((node) => node.attribute ?? [])) {
      if (g) visit(g);
      graphs?.forEach(visit);
    }
  };
  visit(model.graph);
  return found;
}

function refuseExternalData(graph: GraphProto, file: string): void {
  const sparse = (graph.sparseInitializer ?? []).flatMap(({ values, indices }) => [values, indices]);
  const inNodes = graph.node.flatMap((node) => node.attribute ?? []).flatMap(({ t, tensors }) => [t, ...(tensors ?? [])]);
  for (const tensor of [...(graph.initializer ?? []), ...sparse, ...inNodes]) {
    if (tensor && (tensor.dataLocation === 1 || tensor.externalData?.length)) throw new StudioError('network.external-data', { file });
  }
}

function refuseCustomOperators(model: ModelProto, nodes: readonly NodeProto[], file: string): void {
  const local = new Set((model.functions ?? []).map((body) => `${body.domain ?? ''}.${body.name}`));
  for (const { domain = '', opType } of nodes) {
    if (knownDomains.has(domain) || local.has(`${domain}.${opType}`)) continue;
    throw new StudioError('network.custom-operator', { file, operator: `${domain}.${opType}` });
  }
}

function summarize(bytes: number, model: ModelProto, graphs: readonly GraphProto[], nodes: readonly NodeProto[]): ModelSummary {
  const initializers = graphs.flatMap((graph) => graph.initializer ?? []);
  const initial = new Set((model.graph.initializer ?? []).map(({ name }) => name));
  const operators = tally(nodes.map(({ domain, opType }) => [domain ? `${domain}.${opType}` : opType, 1]));
  return {
    bytes,
    producer: [model.producerName, model.producerVersion].filter(Boolean).join(' '),
    doc: [model.docString, model.graph.docString].filter(Boolean).join('\n'),
    irVersion: model.irVersion,
    opset: model.opsetImport?.find(({ domain }) => !domain || domain === 'ai.onnx')?.version ?? 1,
    // Before IR 4 every initializer had to be listed among the inputs.
    inputs: (model.graph.input ?? []).filter(({ name }) => !initial.has(name)).map(portOf),
    outputs: model.graph.output.map(portOf),
    nodes: nodes.length,
    operators,
    domains: [...new Set(nodes.map(({ domain }) => domain || 'ai.onnx'))],
    weights: initializers.reduce((sum, tensor) => sum + elementsOf(tensor), 0),
    weightBytes: tally(initializers.map((tensor) => [typeName(tensor.dataType), elementsOf(tensor) * bytesPerElement(tensor.dataType)])),
    metadata: Object.fromEntries((model.metadataProps ?? []).map(({ key, value }) => [key, value])),
  };
}

function tally(entries: readonly (readonly [string, number])[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [key, amount] of entries) sums.set(key, (sums.get(key) ?? 0) + amount);
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function portOf({ name, type, docString }: ValueInfoProto): ModelPort {
  const tensor = type?.tensorType;
  return {
    name,
    type: tensor ? typeName(tensor.elemType) : 'other',
    shape: tensor?.shape?.dim?.map(({ dimValue, dimParam }) => (dimValue && dimValue > 0 ? dimValue : (dimParam ?? '?'))),
    denotation: type?.denotation ?? '',
    doc: docString ?? '',
  };
}

function elementsOf(tensor: TensorProto): number {
  return (tensor.dims ?? []).reduce((product, dim) => product * dim, 1);
}

function typeName(dataType: number): ModelPort['type'] {
  const entry = Object.entries(elementTypes).find(([, id]) => id === dataType);
  return entry ? (entry[0] as keyof typeof elementTypes) : 'other';
}

function bytesPerElement(dataType: number): number {
  const sizes: Readonly<Record<string, number>> = { uint8: 1, int8: 1, bool: 1, uint16: 2, int16: 2, float16: 2, bfloat16: 2, float64: 8, int64: 8, uint64: 8 };
  return sizes[typeName(dataType)] ?? 4;
}

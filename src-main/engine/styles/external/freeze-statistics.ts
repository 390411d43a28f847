// Turns statistics of the whole picture into constants, so that every tile of a foreign network agrees with every other.
import { GraphIndex, attributeOf } from '../../onnx/graph-index.ts';
import { elementTypes, encodeModel, type ModelProto, type NodeProto, type TensorProto } from '../../onnx/proto.ts';
import { tensor, type AnyTensor, type Tensor } from '../../tensor/tensor.ts';

/** Measure once with `measuring`, then run `freeze(its outputs)` (URST, Chen et al. 2021, for any network). */
export interface FreezePlan {
  /** The model with its statistics as further outputs. */
  readonly measuring: Uint8Array;
  /** Names of what is to be measured, among the outputs of `measuring`. */
  readonly statistics: readonly string[];
  /** The model with statistics as constants; the graph has nothing global left. */
  freeze(measured: Readonly<Record<string, AnyTensor>>): Uint8Array;
  /** The frozen model with zeros for statistics, to be walked. */
  readonly skeleton: ModelProto;
}

/** Undefined where the graph holds no statistics of the picture that can be frozen. */
export function planFreezing(model: ModelProto, picture: string): FreezePlan | undefined {
  const index = new GraphIndex(model);
  const opset = model.opsetImport.find(({ domain }) => !domain || domain === 'ai.onnx')?.version ?? 1;
  // Before opset 7 Mul and Add do not broadcast as they do now.
  if (opset < 7) return undefined;
  const dependent = index.dependents(picture);
  const norms = model.graph.node.filter((node) => isFreezableNorm(index, node) && dependent.has(node.input[0]!));
  const means = model.graph.node.filter((node) => isWholeMean(index, node) && dependent.has(node.input[0]!));
  if (norms.length + means.length === 0) return undefined;
  const statistics = [...norms.flatMap((node) => [meanName(node), varianceName(node)]), ...means.map((node) => node.output[0]!)];
  const freeze = (measured: Readonly<Record<string, Tensor>>): ModelProto => frozenModel(index, new Set(norms), new Set(means), measured);
  return {
    statistics,
    measuring: encodeModel(measuringModel(model, norms, statistics)),
    freeze: (measured) => encodeModel(freeze(Object.fromEntries(statistics.map((name) => [name, measured[name] as Tensor])))),
    skeleton: freeze(Object.fromEntries(statistics.map((name) => [name, tensor([1, 1, 1, 1])]))),
  };
}

const meanName = (node: NodeProto): string => `${node.output[0]}/frozen-mean`;
const varianceName = (node: NodeProto): string => `${node.output[0]}/frozen-variance`;

/** Scale and shift must be stored numbers, so that they can be folded with the statistics. */
function isFreezableNorm(index: GraphIndex, node: NodeProto): boolean {
  return node.opType === 'InstanceNormalization' && !!index.numbersOf(node.input[1]) && !!index.numbersOf(node.input[2]);
}

/** A mean over rows and columns (and perhaps channels): it does not depend on how many pixels there are. */
function isWholeMean(index: GraphIndex, node: NodeProto): boolean {
  if (node.opType === 'GlobalAveragePool') return true;
  if (node.opType !== 'ReduceMean') return false;
  const axes = attributeOf(node, 'axes')?.ints ?? index.numbersOf(node.input[1]);
  if (!axes?.length) return node.input.length < 2 || !node.input[1];
  const from = (axis: number): number => (axis < 0 ? axis + 4 : axis);
  const places = new Set(axes.map(from));
  return (places.has(2) && places.has(3)) || (places.has(1) && places.has(2));
}

function measuringModel(model: ModelProto, norms: readonly NodeProto[], statistics: readonly string[]): ModelProto {
  const { graph } = model;
  const node = graph.node.flatMap((each) => (norms.includes(each) ? [...statisticsNodes(each), each] : [each]));
  const declared = new Set(graph.output.map(({ name }) => name));
  const output = [...graph.output, ...statistics.filter((name) => !declared.has(name)).map((name) => ({ name, type: { tensorType: { elemType: elementTypes.float32 } } }))];
  return { ...model, graph: { ...graph, node, output } };
}

/** Mean and variance of a norm's input per channel; GlobalAveragePool knows no axes, so it fits every rank and opset. */
function statisticsNodes(norm: NodeProto): NodeProto[] {
  const [input = ''] = norm.input;
  const [mean, variance] = [meanName(norm), varianceName(norm)];
  return [
    { opType: 'GlobalAveragePool', input: [input], output: [mean] },
    { opType: 'Sub', input: [input, mean], output: [`${mean}/centred`] },
    { opType: 'Mul', input: [`${mean}/centred`, `${mean}/centred`], output: [`${mean}/squares`] },
    { opType: 'GlobalAveragePool', input: [`${mean}/squares`], output: [variance] },
  ];
}

function frozenModel(index: GraphIndex, norms: ReadonlySet<NodeProto>, means: ReadonlySet<NodeProto>, measured: Readonly<Record<string, Tensor>>): ModelProto {
  const { graph } = index.model;
  const constants: TensorProto[] = [];
  const node = graph.node.flatMap((each) => {
    if (means.has(each)) {
      constants.push(constant(each.output[0]!, measured[each.output[0]!]!));
      return [];
    }
    if (!norms.has(each)) return [each];
    const { scale, shift } = foldedNorm(index, each, measured[meanName(each)]!, measured[varianceName(each)]!);
    constants.push(constant(`${each.output[0]}/frozen-scale`, scale), constant(`${each.output[0]}/frozen-shift`, shift));
    return affineNodes(each);
  });
  return { ...index.model, graph: { ...graph, node, initializer: [...(graph.initializer ?? []), ...constants] } };
}

/** γ·(x − μ)/√(σ² + ε) + β as x·scale + shift. */
function foldedNorm(index: GraphIndex, node: NodeProto, mean: Tensor, variance: Tensor): { scale: Tensor; shift: Tensor } {
  const epsilon = attributeOf(node, 'epsilon')?.f ?? 1e-5;
  const [gamma = [], beta = []] = [index.numbersOf(node.input[1]), index.numbersOf(node.input[2])];
  const scale = tensor(mean.shape, Float32Array.from(mean.data, (_, c) => gamma[c]! / Math.sqrt(variance.data[c]! + epsilon)));
  const shift = tensor(mean.shape, Float32Array.from(mean.data, (value, c) => beta[c]! - value * scale.data[c]!));
  return { scale, shift };
}

function affineNodes(norm: NodeProto): NodeProto[] {
  const [input = ''] = norm.input;
  const [output = ''] = norm.output;
  return [
    { opType: 'Mul', input: [input, `${output}/frozen-scale`], output: [`${output}/scaled`] },
    { opType: 'Add', input: [`${output}/scaled`, `${output}/frozen-shift`], output: [output] },
  ];
}

function constant(name: string, { shape, data }: Tensor): TensorProto {
  return { name, dims: [...shape], dataType: elementTypes.float32, rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

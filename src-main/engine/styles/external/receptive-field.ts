// How far a network looks: the neighbours it needs around a pixel, found by walking its graph.
import { attributeOf, intsOf, textOf, type GraphIndex } from '../../onnx/graph-index.ts';
import type { NodeProto } from '../../onnx/proto.ts';

export interface ReceptiveField {
  /** Pixels needed on every side of an output pixel. */
  readonly radiusPx: number;
  /** Product of the strides: windows must start at multiples of it to see the same grid. */
  readonly stride: number;
  /** False where an operator hides its reach (a reshape, sizes computed at run time); then radiusPx is a guess. */
  readonly certain: boolean;
  /** An operator looks at the whole picture, so tiles cannot agree exactly. */
  readonly global: boolean;
}

/** Input pixels seen by a value: from i·jump − before to i·jump + after for its i-th row or column. */
interface Reach {
  readonly jump: number;
  readonly before: number;
  readonly after: number;
}

interface Walk {
  readonly index: GraphIndex;
  /** 0 rows, 1 columns. */
  readonly axis: 0 | 1;
  readonly reaches: Map<string, Reach>;
  stride: number;
  certain: boolean;
  global: boolean;
}

/** Walks from the picture `input` to `output`; values that do not depend on the picture are ignored. */
export function receptiveField(index: GraphIndex, input: string, output: string): ReceptiveField {
  const walks = ([0, 1] as const).map((axis) => walkAxis(index, input, axis));
  const reaches = walks.map(({ reaches }) => reaches.get(output));
  return {
    radiusPx: Math.ceil(Math.max(0, ...reaches.flatMap((reach) => (reach ? [reach.before, reach.after] : [])))),
    stride: Math.max(...walks.map(({ stride }) => stride)),
    certain: walks.every(({ certain }) => certain) && reaches.every((reach) => reach?.jump === 1),
    global: walks.some(({ global }) => global),
  };
}

function walkAxis(index: GraphIndex, input: string, axis: 0 | 1): Walk {
  const walk: Walk = { index, axis, reaches: new Map([[input, { jump: 1, before: 0, after: 0 }]]), stride: 1, certain: true, global: false };
  for (const node of index.model.graph.node) {
    const seen = node.input.flatMap((name) => walk.reaches.get(name) ?? []);
    if (seen.length === 0) continue;
    const step = steps[node.opType];
    const reach = step ? step(merge(seen), node, walk) : merge(seen);
    if (!reach) continue;
    walk.stride = Math.max(walk.stride, reach.jump);
    node.output.forEach((name) => walk.reaches.set(name, reach));
  }
  return walk;
}

function merge(reaches: readonly Reach[]): Reach {
  return {
    jump: Math.max(...reaches.map(({ jump }) => jump)),
    before: Math.max(...reaches.map(({ before }) => before)),
    after: Math.max(...reaches.map(({ after }) => after)),
  };
}

/** What an operator does to a reach; undefined ends it (the result is one number per channel). Operators not named work pixel by pixel. */
type Step = (reach: Reach, node: NodeProto, walk: Walk) => Reach | undefined;

const windowed: Step = (reach, node, walk) => {
  const { kernel, stride, padBefore } = windowOf(node, walk);
  return {
    jump: reach.jump * stride,
    before: reach.before + padBefore * reach.jump,
    after: reach.after + (kernel - 1 - padBefore) * reach.jump,
  };
};

const transposed: Step = (reach, node, walk) => {
  const { kernel, stride, padBefore } = windowOf(node, walk);
  const jump = reach.jump / stride;
  return { jump, before: reach.before + Math.max(0, kernel - 1 - padBefore) * jump, after: reach.after + padBefore * jump };
};

const shifted = (amount: number, reach: Reach): Reach => ({ ...reach, before: reach.before + amount * reach.jump, after: reach.after - amount * reach.jump });

const padded: Step = (reach, node, walk) => {
  const pads = attributeOf(node, 'pads')?.ints ?? walk.index.numbersOf(node.input[1]) ?? [];
  return pads.length >= 8 ? shifted(pads[2 + walk.axis]!, reach) : reach;
};

const cropped: Step = (reach, node, walk) => shifted(-(intsOf(node, 'border')[1 - walk.axis] ?? 0), reach);

const sliced: Step = (reach, node, walk) => {
  const starts = attributeOf(node, 'starts')?.ints ?? walk.index.numbersOf(node.input[1]) ?? [];
  const axes = attributeOf(node, 'axes')?.ints ?? walk.index.numbersOf(node.input[3]) ?? starts.map((_, i) => i);
  const start = starts[axes.findIndex((axis) => axis === 2 + walk.axis || axis === walk.axis - 2)] ?? 0;
  return start > 0 ? shifted(-start, reach) : reach;
};

const resized: Step = (reach, node, walk) => {
  const scales = attributeOf(node, 'scales')?.floats ?? [walk.index.numbersOf(node.input[2]), walk.index.numbersOf(node.input[1])].find((list) => list?.length === 4);
  // Sizes computed at run time hide the factor; two is what decoders use.
  if (scales?.length !== 4) walk.certain = false;
  const jump = reach.jump / (scales?.[2 + walk.axis] ?? 2);
  const mode = textOf(node, 'mode') ?? 'nearest';
  const around = (mode === 'cubic' ? 2 : 1) * Math.max(reach.jump, jump);
  return { jump, before: reach.before + around, after: reach.after + (mode === 'nearest' ? 0 : around) };
};

const depthToSpace: Step = (reach, node) => {
  const block = attributeOf(node, 'blocksize')?.i ?? 1;
  const jump = reach.jump / block;
  return { jump, before: reach.before + (block - 1) * jump, after: reach.after };
};

const spaceToDepth: Step = (reach, node) => {
  const block = attributeOf(node, 'blocksize')?.i ?? 1;
  return { jump: reach.jump * block, before: reach.before, after: reach.after + (block - 1) * reach.jump };
};

const wholePicture: Step = (reach, _, walk) => {
  walk.global = true;
  return reach;
};

/** A mean over rows and columns joins the whole picture; one over channels alone does not. */
const reduced: Step = (reach, node, walk) => {
  const axes = attributeOf(node, 'axes')?.ints ?? walk.index.numbersOf(node.input[1]) ?? [];
  const channelsOnly = axes.length === 1 && (axes[0] === 1 || axes[0] === -3);
  if (channelsOnly) return reach;
  walk.global = true;
  return undefined;
};

const hidden: Step = (reach, _, walk) => {
  walk.certain = false;
  return reach;
};

const steps: Readonly<Record<string, Step>> = {
  Conv: windowed, AveragePool: windowed, MaxPool: windowed, LpPool: windowed, ConvTranspose: transposed,
  Pad: padded, Crop: cropped, Slice: sliced, Resize: resized, Upsample: resized,
  DepthToSpace: depthToSpace, SpaceToDepth: spaceToDepth,
  InstanceNormalization: wholePicture, GroupNormalization: wholePicture, MatMul: wholePicture, Gemm: wholePicture,
  Softmax: wholePicture, Attention: wholePicture, MultiHeadAttention: wholePicture, Einsum: wholePicture, LSTM: wholePicture, GRU: wholePicture,
  GlobalAveragePool: reduced, GlobalMaxPool: reduced, ReduceMean: reduced, ReduceSum: reduced, ReduceMax: reduced, ReduceMin: reduced,
  ReduceL2: reduced, ReduceSumSquare: reduced,
  Reshape: hidden, Flatten: hidden, GridSample: hidden, Shape: () => undefined,
};

/** Kernel size (with dilation), stride and padding before the picture along the walk's axis. */
function windowOf(node: NodeProto, { index, axis }: Walk): { kernel: number; stride: number; padBefore: number } {
  const size = intsOf(node, 'kernel_shape')[axis] ?? index.tensorOf(node.input[1])?.dims?.[2 + axis] ?? 1;
  const kernel = (size - 1) * (intsOf(node, 'dilations')[axis] ?? 1) + 1;
  const stride = intsOf(node, 'strides')[axis] ?? 1;
  const automatic = textOf(node, 'auto_pad') ?? 'NOTSET';
  if (!automatic.startsWith('SAME')) return { kernel, stride, padBefore: automatic === 'VALID' ? 0 : (intsOf(node, 'pads')[axis] ?? 0) };
  const total = Math.max(0, kernel - stride);
  return { kernel, stride, padBefore: automatic === 'SAME_UPPER' ? Math.floor(total / 2) : Math.ceil(total / 2) };
}

// What the first and the last nodes of a graph tell about the values that go in and come out.
import { attributeOf, type GraphIndex } from '../../onnx/graph-index.ts';
import type { NodeProto } from '../../onnx/proto.ts';
import type { ValueRange } from './convention.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Operators that move values without changing them. */
const movers: ReadonlySet<string> = new Set(['Identity', 'Transpose', 'Cast', 'Squeeze', 'Unsqueeze', 'Reshape', 'Crop', 'Slice']);
const activations: Readonly<Record<string, Interval>> = { Tanh: { low: -1, high: 1 }, Sigmoid: { low: 0, high: 1 }, HardSigmoid: { low: 0, high: 1 } };
const deepest = 16;

/** Bounds of a value where the graph itself enforces them: an activation or a clip, then only affine steps. */
export function boundsOf(index: GraphIndex, value: string, depth = 0): Interval | undefined {
  const node = index.producerOf(value);
  if (!node || depth > deepest) return undefined;
  const activation = activations[node.opType];
  if (activation) return activation;
  if (node.opType === 'Clip') return clipBounds(index, node);
  const [step, source] = affineStep(index, node);
  if (!step || source === undefined) return undefined;
  const inner = boundsOf(index, source, depth + 1);
  return inner && applyTo(inner, step);
}

/** The range a graph's own preprocessing points to: dividing by 255 means bytes come in, standardising means 0..1. */
export function preprocessedRange(index: GraphIndex, input: string): ValueRange | undefined {
  let [scale, offset, value] = [1, 0, input];
  for (let depth = 0; depth < deepest; depth++) {
    const [node, ...more] = index.readersOf(value);
    if (!node || more.length > 0) break;
    const [step, source] = affineStep(index, node);
    if (!step || source !== value) break;
    [scale, offset] = [scale * step.scale[0]!, offset * step.scale[0]! + step.offset[0]!];
    value = node.output[0]!;
  }
  if (scale > 0 && scale < 0.05) return '0..255';
  if (Math.abs(scale - 1) < 1e-3 && Math.abs(offset) > 50) return '0..255';
  if (scale > 1.5 && scale < 10 && offset < -0.5) return '0..1';
  return scale > 100 ? '0..1' : undefined;
}

interface Affine {
  readonly scale: readonly number[];
  readonly offset: readonly number[];
}

/** The step of a node that maps values one by one, and the value it maps. */
function affineStep(index: GraphIndex, node: NodeProto): [Affine | undefined, string | undefined] {
  const [a = '', b = ''] = node.input;
  if (movers.has(node.opType)) return [{ scale: [1], offset: [0] }, a];
  if (node.opType === 'Affine') return [{ scale: [attributeOf(node, 'alpha')?.f ?? 1], offset: [attributeOf(node, 'beta')?.f ?? 0] }, a];
  if (node.opType === 'ImageScaler') {
    const bias = attributeOf(node, 'bias')?.floats ?? [];
    return [{ scale: [attributeOf(node, 'scale')?.f ?? 1], offset: bias.length ? bias : [0] }, a];
  }
  const [right, left] = [index.numbersOf(b), index.numbersOf(a)];
  if (right?.length && right.length <= 3) return [binaryStep(node.opType, right), a];
  if (left?.length && left.length <= 3 && (node.opType === 'Add' || node.opType === 'Mul')) return [binaryStep(node.opType, left), b];
  return [undefined, undefined];
}

function binaryStep(operator: string, numbers: readonly number[]): Affine | undefined {
  if (operator === 'Add') return { scale: [1], offset: numbers };
  if (operator === 'Sub') return { scale: [1], offset: numbers.map((n) => -n) };
  if (operator === 'Mul') return { scale: numbers, offset: [0] };
  return operator === 'Div' ? { scale: numbers.map((n) => 1 / n), offset: [0] } : undefined;
}

function applyTo({ low, high }: Interval, { scale, offset }: Affine): Interval {
  const ends = scale.flatMap((s) => offset.flatMap((o) => [s * low + o, s * high + o]));
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

function clipBounds(index: GraphIndex, node: NodeProto): Interval | undefined {
  const low = attributeOf(node, 'min')?.f ?? index.numbersOf(node.input[1])?.[0];
  const high = attributeOf(node, 'max')?.f ?? index.numbersOf(node.input[2])?.[0];
  return low === undefined || high === undefined ? undefined : { low, high };
}

// Flow: strokes run along the forms of the picture, as far as the painter's do.
import { add, averagePool2d, clamp, concat, constant, conv2d, input, multiply, reciprocal, reduceMean, relu, reshape, slice, sqrt, square, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { luminanceWeights } from './tone-order.ts';

/** Name of the input [] that says how far strokes shall follow forms (flowTarget). */
export const flowLevelName = 'flow.level';
export const flowLevelInput = (): Value => input(flowLevelName, []);

/** Side in px of the cells whose strokes have one direction, and the reductions at which strokes and forms are looked at. */
export const flowCellPx = 8;
const strokeReduction = 2;
const formReduction = 4;

/** Widths over which forms are averaged, in px of the picture, and how much each says: what lies near goes before what is far. */
const formWidths = [
  { sigmaPx: 8, share: 1 },
  { sigmaPx: 20, share: 0.5 },
] as const;

/** Mean squared slopes below which nothing has a direction: of strokes, and of forms. */
const [leastStroke, leastForm] = [2e-5, 3e-5] as const;
/** What keeps the root of a length differentiable where there is none. */
const leastLength = 1e-4;

/** Sobel's kernels across and down, for slopes per px. */
const slopeKernels = Float32Array.from([-1, 0, 1, -2, 0, 2, -1, 0, 1, -1, -2, -1, 0, 0, 0, 1, 2, 1], (value) => value / 8);

/**
 * Squared misses of a level 0..1 by how far strokes of `painted` run along forms of `content`, each cell weighed by how sure its form is;
 * [1,3,H,W] in [0,1] ×2, `level` [] → [] in [0,4]. Without it a network spreads hatching of one direction over everything, which Gram
 * matrices, means over a picture, are content with. Strokes along the flow of edges: Kang 2007; structure tensors: Kyprianidis & Kang 2011.
 */
export function flowLoss(painted: Value, content: Value, level: Value): Value {
  const { agreement, sureness } = flowOf(painted, content);
  return reshape(reduceMean(multiply(sureness, square(relu(subtract(level, agreement)))), { axes: [0, 1, 2, 3] }), { shape: [] });
}

/** By cells of 8 px: how far strokes run along forms, −1 across to 1 along, and how sure the form's direction is, 0..1. [1,3,H,W] in [0,1] ×2 → [1,1,h,w] each. */
export function flowOf(painted: Value, content: Value): { readonly agreement: Value; readonly sureness: Value } {
  const [strokes, forms] = [strokesOf(painted), formsOf(content)];
  const ends = [2, 3].map((axis) => Math.min(strokes.shape[axis], forms.shape[axis]));
  const [stroke, form] = [strokes, forms].map((each) => slice(each, { axes: [2, 3], starts: [0, 0], ends }));
  const length = sqrt(add(summed(square(form)), constant(leastLength)));
  return { agreement: multiply(summed(multiply(stroke, form)), reciprocal(length)), sureness: clamp(length, { min: 0, max: 1 }) };
}

/** Direction of strokes, a vector of the double angle, as long as they agree within the cell: [1,3,H,W] → [1,2,h,w]. */
function strokesOf(picture: Value): Value {
  const cells = averagePool2d(wholeCells(structureOf(picture, strokeReduction), strokeReduction), { size: flowCellPx / strokeReduction });
  return directionOf(cells, leastStroke);
}

/** Direction of forms at the same cells: where nothing is near, that of what lies farther off. [1,3,H,W] → [1,2,h,w]. */
function formsOf(picture: Value): Value {
  const structure = structureOf(picture, formReduction);
  const directions = formWidths.map(({ sigmaPx, share }) => multiply(directionOf(blurred(structure, sigmaPx / formReduction), leastForm), constant(share)));
  const sum = directions.reduce((all, each) => add(all, each));
  return averagePool2d(wholeCells(sum, formReduction), { size: flowCellPx / formReduction });
}

/** Structure tensor of luma, as (gₓ² − g_y², 2·gₓ·g_y, gₓ² + g_y²): [1,3,H,W] → [1,3,H/r − 2,W/r − 2]. */
function structureOf(picture: Value, reduction: number): Value {
  const luma = conv2d(averagePool2d(picture, { size: reduction }), constant(luminanceWeights, [1, 3, 1, 1]), { padding: 0 });
  const slopes = conv2d(luma, constant(slopeKernels, [2, 1, 3, 3]), { padding: 0 });
  const [across, down] = [channels(slopes, 0, 1), channels(slopes, 1, 2)];
  const [xx, yy] = [square(across), square(down)];
  return concat(subtract(xx, yy), multiply(multiply(across, down), constant(2)), add(xx, yy), { axis: 1 });
}

function directionOf(structure: Value, least: number): Value {
  return multiply(channels(structure, 0, 2), reciprocal(add(channels(structure, 2, 3), constant(least))));
}

/** Gaussian of a width in px of what it is given, to two and a half deviations. */
function blurred(x: Value, sigma: number): Value {
  const radius = Math.ceil(2.5 * sigma);
  const side = 2 * radius + 1;
  const bell = Array.from({ length: side }, (_, at) => Math.exp(-((at - radius) ** 2) / (2 * sigma ** 2)));
  const power = bell.reduce((sum, value) => sum + value) ** 2;
  const count = x.shape[1];
  const kernel = Float32Array.from({ length: count * side * side }, (_, at) => (bell[Math.floor(at / side) % side] * bell[at % side]) / power);
  return conv2d(x, constant(kernel, [count, 1, side, side]), { padding: radius, groups: count });
}

function wholeCells(x: Value, reduction: number): Value {
  const side = flowCellPx / reduction;
  return slice(x, { axes: [2, 3], starts: [0, 0], ends: x.shape.slice(2).map((size) => size - (size % side)) });
}

function channels(x: Value, from: number, to: number): Value {
  return slice(x, { axes: [1], starts: [from], ends: [to] });
}

function summed(x: Value): Value {
  return multiply(reduceMean(x, { axes: [1] }), constant(x.shape[1]));
}

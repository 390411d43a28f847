// Pattern → replacement rules, and the one walk that applies them: the graph gets smaller or plainer, never different.
import { sizeOf } from '../tensor/tensor.ts';
import { constant, constantOp, type ConstantAttributes } from './op.ts';
import { add, divide, expand, greater, less, multiply, negate, reshape, subtract, where } from './ops/broadcasting.ts';
import { gemm, type GemmAttributes } from './ops/matrix.ts';
import { concat, depthToSpace, pad, slice, spaceToDepth, transpose } from './ops/movement.ts';
import type { Attributes, Value } from './value.ts';
import { reachable } from './value.ts';

/** Gives the replacement of a node, or undefined where the rule does not fit. */
export type Rule = (value: Value) => Value | undefined;

/** Outputs rebuilt with equal nodes shared and every rule applied until none fits. */
export function rewrite(outputs: readonly Value[], rules: readonly Rule[]): Value[] {
  const rebuilt = new Map<Value, Value>();
  const known = new Map<string, Value>();
  const identities = new Map<object, number>();
  const identityOf = (thing: object): number => {
    const number = identities.get(thing) ?? identities.size;
    identities.set(thing, number);
    return number;
  };
  const share = (value: Value): Value => {
    const key = keyOf(value, identityOf);
    const first = known.get(key) ?? value;
    if (first === value) known.set(key, value);
    return first;
  };
  const settled = new Set<Value>();
  const settle = (value: Value): Value => {
    if (settled.has(value)) return value;
    // What a rule made is not in the walk: its own inputs are settled here.
    const inputs = value.inputs.map((input) => rebuilt.get(input) ?? settle(input));
    const same = inputs.every((input, index) => input === value.inputs[index]);
    const candidate = same ? value : value.op.apply(inputs, value.attributes);
    for (const rule of rules) {
      const replacement = rule(candidate);
      if (replacement) return settle(replacement);
    }
    const final = share(candidate);
    settled.add(final);
    return final;
  };
  for (const value of reachable(outputs)) rebuilt.set(value, settle(value));
  return outputs.map((output) => rebuilt.get(output) ?? output);
}

/** Equal keys mean equal numbers; ops and weights are told apart by identity (two ops may share an operator). */
function keyOf({ op, inputs, attributes, shape, type }: Value, identityOf: (thing: object) => number): string {
  if (op === constantOp) {
    const { data, name } = attributes as ConstantAttributes;
    const numbers = data.length === 1 ? `number ${data[0]}` : `data ${identityOf(data)}`;
    return `constant ${numbers} ${name ?? ''} [${shape.join()}]`;
  }
  const settings = JSON.stringify(attributes, (_, setting: unknown) => (typeof setting === 'number' ? String(setting) : setting));
  return `${identityOf(op)} ${inputs.map((input) => input.order).join()} ${settings} ${type} [${shape.join()}]`;
}

function numberOf(value: Value): number | undefined {
  if (value.op !== constantOp || sizeOf(value.shape) !== 1) return undefined;
  return (value.attributes as ConstantAttributes).data[0];
}

const broadcasting = new Set<object>([add, subtract, multiply, divide, greater, less, where]);

/** expand(a) under an op that broadcasts anyway is not written out, as long as another input keeps the shape. */
const skipExpand: Rule = (value) => {
  if (!broadcasting.has(value.op) || !value.inputs.some((input) => input.op === expand)) return undefined;
  const inputs = value.inputs.map((input, index) => {
    const others = value.inputs.some((other, at) => at !== index && other.op !== expand && other.shape.join() === value.shape.join());
    return input.op === expand && others ? input.inputs[0] : input;
  });
  return inputs.some((input, index) => input !== value.inputs[index]) ? value.op.apply(inputs, value.attributes) : undefined;
};

/** expand(a)·b with both repeated: one product of the small ones, repeated once. */
const multiplySmall: Rule = (value) => {
  if (value.op !== multiply) return undefined;
  const [a, b] = value.inputs;
  const factor = a.op === expand && numberOf(b) !== undefined ? b : b.op === expand && numberOf(a) !== undefined ? a : undefined;
  const repeated = factor === b ? a : b;
  return factor && repeated.shape.join() === value.shape.join() ? expand(multiply(repeated.inputs[0], factor), repeated.attributes as { shape: readonly number[] }) : undefined;
};

/** x·1 = x, x·c·d = x·(cd). */
const foldFactor: Rule = (value) => {
  if (value.op !== multiply) return undefined;
  const [x, factor] = numberOf(value.inputs[0]) === undefined ? value.inputs : [value.inputs[1], value.inputs[0]];
  const number = numberOf(factor);
  if (number === undefined) return undefined;
  const left = numberOf(x);
  if (left !== undefined && sizeOf(value.shape) === 1) return constant(new Float32Array([left * number]), value.shape);
  if (number === 1 && x.shape.join() === value.shape.join()) return x;
  const inner = x.op === multiply ? x.inputs.findIndex((input) => numberOf(input) !== undefined) : -1;
  if (inner < 0 || x.inputs[1 - inner].shape.join() !== value.shape.join()) return undefined;
  return multiply(x.inputs[1 - inner], constant((numberOf(x.inputs[inner]) ?? 1) * number));
};

/** Reshapes in a row, and reshapes that change nothing. */
const foldReshape: Rule = (value) => {
  if (value.op !== reshape) return undefined;
  const [x] = value.inputs;
  if (x.shape.join() === value.shape.join()) return x;
  return x.op === reshape ? reshape(x.inputs[0], { shape: value.shape }) : undefined;
};

const isWhole = (value: Value): boolean => value.shape.join() === value.inputs[0].shape.join();

/** Slices and pads that change nothing, and the concat of one. */
const dropIdle: Rule = (value) => {
  const idle = ((value.op === slice || value.op === pad) && isWhole(value)) || (value.op === concat && value.inputs.length === 1);
  return idle ? value.inputs[0] : undefined;
};

/** What withGradients adds is for derivatives alone. */
const dropIdentity: Rule = (value) => (value.op.operator === 'Identity' ? value.inputs[0] : undefined);

/** a + (−b) = a − b. */
const subtractInstead: Rule = (value) => {
  if (value.op !== add) return undefined;
  const [a, b] = value.inputs;
  if (b.op === negate) return subtract(a, b.inputs[0]);
  return a.op === negate ? subtract(b, a.inputs[0]) : undefined;
};

/** Zeros beside −x are zeros beside x, so that an addition may subtract it instead. */
const negateLast: Rule = (value) => {
  if (value.op !== pad || value.inputs[0].op !== negate) return undefined;
  return negate(value.op.apply(value.inputs[0].inputs, value.attributes));
};

/** Where along one axis the numbers of a padded value lie; undefined when it is padded along several. */
function stretchOf(value: Value): { axis: number; start: number; end: number } | undefined {
  if (value.op !== pad) return undefined;
  const { before, after } = value.attributes as { before: readonly number[]; after: readonly number[] };
  const axes = value.shape.flatMap((_, axis) => (before[axis] + after[axis] > 0 ? [axis] : []));
  return axes.length === 1 ? { axis: axes[0], start: before[axes[0]], end: value.shape[axes[0]] - after[axes[0]] } : undefined;
}

/** Neighbouring stretches padded and added = joined and padded once: the gradient of a vector read in parts (FACTS A.1.1). */
const joinStretches: Rule = (value) => {
  if (value.op !== add) return undefined;
  const [one, other] = value.inputs.map(stretchOf);
  if (!one || !other || one.axis !== other.axis || value.inputs[0].shape.join() !== value.inputs[1].shape.join()) return undefined;
  if (one.end !== other.start && other.end !== one.start) return undefined;
  const { axis } = one;
  const inOrder = one.end === other.start ? value.inputs : [value.inputs[1], value.inputs[0]];
  const parts = inOrder.map(({ inputs: [part] }) => part);
  const whole = concat(...parts.flatMap((part) => (isConcatAlong(part, axis) ? part.inputs : [part])), { axis });
  const edge = (size: number) => value.shape.map((_, at) => (at === axis ? size : 0));
  return pad(whole, { before: edge(Math.min(one.start, other.start)), after: edge(value.shape[axis] - Math.max(one.end, other.end)) });
};

const isConcatAlong = ({ op, attributes }: Value, axis: number): boolean => op === concat && (attributes as { axis: number }).axis === axis;

/** g·x + h·x = (g+h)·x where g and h are smaller than the products: the gradient of a Gram matrix costs one product. */
const factorProduct: Rule = (value) => {
  if (value.op !== add || value.inputs.some((input) => input.op !== gemm)) return undefined;
  const [one, other] = value.inputs.map(({ inputs: [g, x], attributes }) => ({ g, x, ...(attributes as GemmAttributes) }));
  const alike = one.x === other.x && !one.transposeB === !other.transposeB && (one.scale ?? 1) === (other.scale ?? 1);
  if (!alike || sizeOf(one.g.shape) > sizeOf(value.shape)) return undefined;
  const [g, h] = [one, other].map((factor) => (factor.transposeA ? transpose(factor.g, { order: [1, 0] }) : factor.g));
  return gemm(add(g, h), one.x, { transposeB: one.transposeB, scale: one.scale });
};

/** Rules that hold for every provider. */
export const simplifications: readonly Rule[] = [dropIdentity, skipExpand, multiplySmall, foldFactor, foldReshape, dropIdle, subtractInstead, negateLast, joinStretches, factorProduct];

const blockOf = (attributes: Attributes): number => (attributes as { block: number }).block;

/** WebGPU has no SpaceToDepth kernel: written as reshape and transpose it stays on the device (FACTS A.1.3). */
const portableSpaceToDepth: Rule = (value) => {
  if (value.op !== spaceToDepth) return undefined;
  const [n, c, h, w] = value.inputs[0].shape;
  const b = blockOf(value.attributes);
  const cells = reshape(value.inputs[0], { shape: [n, c, h / b, b, w / b, b] });
  return reshape(transpose(cells, { order: [0, 3, 5, 1, 2, 4] }), { shape: value.shape });
};

const portableDepthToSpace: Rule = (value) => {
  if (value.op !== depthToSpace) return undefined;
  const [n, c, h, w] = value.inputs[0].shape;
  const b = blockOf(value.attributes);
  const cells = reshape(value.inputs[0], { shape: [n, b, b, c / (b * b), h, w] });
  return reshape(transpose(cells, { order: [0, 3, 4, 1, 5, 2] }), { shape: value.shape });
};

/** Rules that avoid operators without a WebGPU kernel. */
export const portable: readonly Rule[] = [portableSpaceToDepth, portableDepthToSpace];

// Rules that join passes over large maps: memory, not arithmetic, is what such passes cost.
import { sizeOf } from '../tensor/tensor.ts';
import { add, channelAffine, multiply, reshape, square } from './ops/broadcasting.ts';
import type { Rule } from './rewrite.ts';
import type { Value } from './value.ts';

interface Scaled {
  readonly x: Value;
  readonly scale: Value;
}

/** A row [1,C,1,1] beside a map [N,C,H,W] of more than one pixel. */
const isRow = ({ shape }: Value, map: Value): boolean => map.shape.length === 4 && map.shape[2] * map.shape[3] > 1 && shape.join() === [1, map.shape[1], 1, 1].join();

/** A map times a row, taken apart. */
function scaledOf(value: Value): Scaled | undefined {
  if (value.op !== multiply) return undefined;
  const [a, b] = value.inputs;
  if (isRow(b, a)) return { x: a, scale: b };
  return isRow(a, b) ? { x: b, scale: a } : undefined;
}

/** x·a + b as one pass. */
function affine({ x, scale }: Scaled, shift: Value): Value {
  const line = (row: Value): Value => reshape(row, { shape: [x.shape[1]] });
  return channelAffine(x, line(scale), line(shift));
}

/** x·a + b, a and b rows: an instance norm forward; x·a + y + b: one backward. */
const joinAffine: Rule = (value) => {
  if (value.op !== add) return undefined;
  const [map, shift] = isRow(value.inputs[1], value) ? value.inputs : [value.inputs[1], value.inputs[0]];
  if (!isRow(shift, value) || map.shape.join() !== value.shape.join()) return undefined;
  const scaled = scaledOf(map);
  if (scaled) return affine(scaled, shift);
  if (map.op !== add) return undefined;
  const part = map.inputs.findIndex((input) => input.shape.join() === map.shape.join() && scaledOf(input));
  const within = part < 0 ? undefined : scaledOf(map.inputs[part]);
  return within && add(affine(within, shift), map.inputs[1 - part]);
};

interface Numbered {
  readonly map: Value;
  readonly number: Value;
}

/** A map times a single number, taken apart. */
function numberedOf(value: Value): Numbered | undefined {
  if (value.op !== multiply) return undefined;
  const [a, b] = value.inputs;
  if (sizeOf(b.shape) === 1 && a.shape.join() === value.shape.join() && sizeOf(a.shape) > 1) return { map: a, number: b };
  return sizeOf(a.shape) === 1 && b.shape.join() === value.shape.join() && sizeOf(b.shape) > 1 ? { map: b, number: a } : undefined;
}

/** (x·s)·t = x·(s·t) and (x·s)² = x²·s²: a shortened gradient goes into its moments without a pass of its own. */
const gatherNumbers: Rule = (value) => {
  const outer = numberedOf(value);
  const inner = outer && numberedOf(outer.map);
  if (outer && inner) return multiply(inner.map, multiply(inner.number, outer.number));
  const squared = value.inputs.length === 2 && value.inputs[0] === value.inputs[1] && value.op.operator === 'Mul' ? numberedOf(value.inputs[0]) : undefined;
  return squared && multiply(square(squared.map), multiply(squared.number, squared.number));
};

/** Rules that hold for every provider and make sense once all derivatives are taken. */
export const fusions: readonly Rule[] = [joinAffine, gatherNumbers];

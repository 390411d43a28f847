// What an operation is: one record with its ONNX operator, its shape rule and its adjoint.
import { StudioError } from '../../contract/fault.ts';
import type { Shape } from '../tensor/tensor.ts';
import { node, type Adjoint, type AnyOp, type Call, type Domain, type Lowering, type Value } from './value.ts';

export interface OpDefinition<I extends readonly Value[], A extends object> {
  /** ONNX operator this node becomes. */
  readonly operator: string;
  readonly domain?: Domain;
  readonly type?: 'float32' | 'bool';
  /** Output shape. Throws tensor.shape-mismatch. */
  infer(shapes: { readonly [K in keyof I]: Shape }, attributes: A): Shape;
  adjoint(call: Call<I, A>, grad: Value): Adjoint<I>;
  lower?(attributes: A, shapes: { readonly [K in keyof I]: Shape }, output: Shape): Lowering;
}

type NoAttributes = Record<never, never>;
type Arguments<I extends readonly Value[], A> = keyof A extends never ? [...I] : [...I, attributes: A];

/** Called with its inputs, then its attributes where it has any. */
export interface Op<I extends readonly Value[], A extends object = NoAttributes> extends AnyOp {
  (...args: Arguments<I, A>): Value;
}

/** Makes an op of its record; calling it makes a node. */
export function defineOp<I extends readonly Value[], A extends object = NoAttributes>(definition: OpDefinition<I, A>): Op<I, A> {
  const apply = (inputs: I, attributes: A): Value => {
    const shapes = inputs.map((input) => input.shape) as { [K in keyof I]: Shape };
    const shape = definition.infer(shapes, attributes);
    return node({ op, inputs, attributes, shape, type: definition.type ?? 'float32' });
  };
  const call = (...args: Arguments<I, A>): Value => {
    const last = args.at(-1);
    const bare = last !== undefined && 'op' in last;
    return apply((bare ? args : args.slice(0, -1)) as unknown as I, (bare ? {} : last) as A);
  };
  const op: Op<I, A> = Object.assign(call, {
    operator: definition.operator,
    domain: definition.domain,
    adjoint: definition.adjoint as AnyOp['adjoint'],
    lower: definition.lower as AnyOp['lower'],
    apply: apply as AnyOp['apply'],
  });
  return op;
}

const noAdjoint = (): Adjoint<readonly Value[]> => [];

const leaf = (operator: string): AnyOp => ({
  operator,
  adjoint: noAdjoint,
  apply: () => {
    throw new StudioError('graph.illegal', { reason: `${operator} takes no inputs` });
  },
});

/** Fed at every run, by name. */
export const inputOp = leaf('Input');
/** Stored in the model. */
export const constantOp = leaf('Constant');

export interface InputAttributes {
  readonly name: string;
}
export interface ConstantAttributes {
  readonly data: Float32Array;
  /** Kept as the initializer's name where it has one. */
  readonly name?: string;
}

/** A graph input. */
export function input(name: string, shape: Shape): Value {
  return node({ op: inputOp, inputs: [], attributes: { name } satisfies InputAttributes, shape, type: 'float32' });
}

/** Numbers stored in the model; a single number is a scalar []. Throws tensor.shape-mismatch. */
export function constant(data: Float32Array | number, shape: Shape = [], name?: string): Value {
  const numbers = typeof data === 'number' ? new Float32Array([data]) : data;
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (numbers.length !== size) mismatch('Constant', [shape, [numbers.length]]);
  return node({ op: constantOp, inputs: [], attributes: { data: numbers, name } satisfies ConstantAttributes, shape, type: 'float32' });
}

/**
 * A value with a gradient worked out by hand: `gradients` gives one per input, made of ops, so that it differentiates again.
 * Nothing flows back through how the value is computed. Not written to a model.
 */
export function withGradients(value: Value, inputs: readonly Value[], gradients: (grad: Value) => readonly (() => Value)[]): Value {
  const op = defineOp<readonly Value[]>({ operator: 'Identity', infer: ([shape]) => shape, adjoint: (_, grad) => [null, ...gradients(grad)] });
  return op(value, ...inputs);
}

/** Throws tensor.shape-mismatch naming the operator and the shapes it was given. */
export function mismatch(operator: string, shapes: readonly Shape[]): never {
  throw new StudioError('tensor.shape-mismatch', { expected: operator, got: shapes.map((shape) => `[${shape.join(',')}]`).join(' ') });
}

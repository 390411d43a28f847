// What an operator's implementation is given.
import type { AttributeProto } from '../../../src-main/engine/onnx/proto.ts';
import type { NdArray } from './array.ts';

/** Reads attributes of one node; a missing one gives the default, or throws where there is none. */
export class Attributes {
  readonly #byName: ReadonlyMap<string, AttributeProto>;

  constructor(attributes: readonly AttributeProto[]) {
    this.#byName = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  }

  integer(name: string, otherwise?: number): number {
    return this.#byName.get(name)?.i ?? given(name, otherwise);
  }

  float(name: string, otherwise?: number): number {
    return this.#byName.get(name)?.f ?? given(name, otherwise);
  }

  integers(name: string, otherwise?: readonly number[]): readonly number[] {
    return this.#byName.get(name)?.ints ?? given(name, otherwise);
  }

  text(name: string, otherwise?: string): string {
    const bytes = this.#byName.get(name)?.s;
    return bytes ? new TextDecoder().decode(bytes) : given(name, otherwise);
  }
}

function given<T>(name: string, otherwise: T | undefined): T {
  if (otherwise === undefined) throw new Error(`attribute ${name} is missing`);
  return otherwise;
}

/** Inputs in the order of the standard (undefined where skipped) → the first output. */
export type Operator = (inputs: readonly (NdArray | undefined)[], attributes: Attributes) => NdArray;
/** An operator all of whose inputs are given. */
export type PlainOperator = (inputs: readonly NdArray[], attributes: Attributes) => NdArray;

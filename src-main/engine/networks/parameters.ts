// One flat vector holds all weights of a network: the layout of its named parts, their values and their start.
import type { Shape } from '../tensor/tensor.ts';
import { sizeOf } from '../tensor/tensor.ts';
import type { Random } from '../tensor/random.ts';
import { constant, reshape, slice } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

/** Where a named weight starts out: He 2015 scaled normal, zeros, ones, or sub-pixels that start equal (ICNR, Aitken 2017). */
export type Start = 'he' | 'zero' | 'one' | 'icnr';

export interface ParameterSpec {
  readonly name: string;
  readonly shape: Shape;
  readonly start: Start;
}

/** Named parts in order; their numbers lie one after another in a vector [P]. */
export interface Layout {
  readonly parameters: readonly ParameterSpec[];
  readonly size: number;
}

/** The layout of parameters in the order given. */
export function layoutOf(parameters: readonly ParameterSpec[]): Layout {
  return { parameters, size: parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0) };
}

/** Named parts of a vector value [P] (or [1,P]), each in its own shape. */
export function bind(layout: Layout, vector: Value): Record<string, Value> {
  const parts: Record<string, Value> = {};
  const axis = vector.shape.length - 1;
  let offset = 0;
  for (const { name, shape } of layout.parameters) {
    const end = offset + sizeOf(shape);
    parts[name] = reshape(slice(vector, { axes: [axis], starts: [offset], ends: [end] }), { shape });
    offset = end;
  }
  return parts;
}

/** Named parts of known numbers [P], stored in the model under their names. */
export function store(layout: Layout, vector: Float32Array): Record<string, Value> {
  let offset = 0;
  return Object.fromEntries(
    layout.parameters.map(({ name, shape }) => {
      const part = vector.slice(offset, (offset += sizeOf(shape)));
      return [name, constant(part, shape, name)];
    }),
  );
}

/** A starting vector [P], the same for the same random state. */
export function startVector(layout: Layout, random: Random): Float32Array {
  const vector = new Float32Array(layout.size);
  let offset = 0;
  for (const spec of layout.parameters) {
    const part = vector.subarray(offset, offset + sizeOf(spec.shape));
    fillStart(part, spec, random);
    offset += part.length;
  }
  return vector;
}

function fillStart(part: Float32Array, { shape, start }: ParameterSpec, random: Random): void {
  if (start === 'zero') return;
  if (start === 'one') {
    part.fill(1);
    return;
  }
  const deviation = Math.sqrt(2 / sizeOf(shape.slice(1))); // fan-in
  for (let i = 0; i < part.length; i++) part[i] = deviation * random.normal();
  if (start !== 'icnr') return;
  // [4·C,I,k,k] in DCR order: the four sub-pixels of a channel share one kernel, so no checkerboard at the start.
  const quarter = part.length / 4;
  for (let phase = 1; phase < 4; phase++) part.copyWithin(phase * quarter, 0, quarter);
}

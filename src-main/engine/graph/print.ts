// A readable listing of a graph, for error messages and snapshots.
import type { Value } from './value.ts';
import { reachable } from './value.ts';
import type { InputAttributes } from './op.ts';

/** One line per node: `%3 = Conv(%1, %2) {"pads":1} [1,16,8,8]`. */
export function print(outputs: readonly Value[]): string {
  const order = reachable(outputs);
  const number = new Map(order.map((value, index) => [value, index]));
  return order.map((value) => `%${number.get(value)} = ${describe(value, number)} [${value.shape.join(',')}]`).join('\n');
}

function describe(value: Value, number: ReadonlyMap<Value, number>): string {
  if (value.op.operator === 'Input') return `Input(${(value.attributes as InputAttributes).name})`;
  if (value.op.operator === 'Constant') return 'Constant';
  const reads = value.inputs.map((input) => `%${number.get(input)}`).join(', ');
  const attributes = JSON.stringify(value.attributes);
  return `${value.op.operator}(${reads})${attributes === '{}' ? '' : ` ${attributes}`}`;
}

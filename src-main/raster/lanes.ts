// Expressions over four floats at once (red, green, blue, alpha of a pixel), turned into WebAssembly; what is used twice is computed once.
import { instructions } from './wasm-module.ts';

/** Four floats of 32 bit. Built with the functions below; a plain number stands for four of it. */
export interface Lanes {
  readonly code: readonly number[];
  readonly inputs: readonly Lanes[];
}

type Operand = Lanes | number;

const constants = new Map<number, Lanes>();

function lanesOf(operand: Operand): Lanes {
  if (typeof operand !== 'number') return operand;
  const known = constants.get(operand) ?? { code: instructions.floats([operand, operand, operand, operand]), inputs: [] };
  constants.set(operand, known);
  return known;
}

const operation = (code: readonly number[], ...operands: readonly Operand[]): Lanes => ({ code, inputs: operands.map(lanesOf) });
const two = (code: readonly number[]) => (a: Operand, b: Operand) => operation(code, a, b);

/** What stands in a local variable of the function. */
export const variable = (local: number): Lanes => operation(instructions.getLocal(local));
export const add = two(instructions.add);
export const subtract = two(instructions.subtract);
export const multiply = two(instructions.multiply);
export const divide = two(instructions.divide);
export const lesser = two(instructions.smallest);
export const greater = two(instructions.largest);
export const isGreater = two(instructions.greater);
export const isAtLeast = two(instructions.greaterOrEqual);
export const isAtMost = two(instructions.lessOrEqual);
export const absolute = (a: Operand): Lanes => operation(instructions.absolute, a);
export const root = (a: Operand): Lanes => operation(instructions.root, a);
export const clamp = (a: Operand): Lanes => lesser(greater(a, 0), 1);
/** `a` where the comparison holds, else `b`; what the other would be there, a quotient by 0 too, does not matter. */
export const where = (holds: Lanes, a: Operand, b: Operand): Lanes => operation(instructions.select, a, b, holds);
/** The alpha of a pixel in all lanes. */
export const alphaOf = (pixel: Lanes): Lanes => operation(instructions.spread(3), pixel, pixel);
/** The colours of one pixel with the alpha of another. */
export const withAlpha = (colours: Operand, alpha: Operand): Lanes => operation(instructions.select, colours, alpha, operation(instructions.allLanes([true, true, true, false])));

/** The instructions that leave an expression's value; `local`: claims one more variable for what is used more than once. */
export function compiled(expression: Lanes, local: () => number): number[] {
  const uses = new Map<Lanes, number>();
  const count = (node: Lanes): void => {
    const seen = uses.get(node) ?? 0;
    uses.set(node, seen + 1);
    if (seen === 0) node.inputs.forEach(count);
  };
  count(expression);
  const kept = new Map<Lanes, number>();
  const write = (node: Lanes): number[] => {
    const known = kept.get(node);
    if (known !== undefined) return instructions.getLocal(known);
    const code = [...node.inputs.flatMap(write), ...node.code];
    if (node.inputs.length === 0 || (uses.get(node) ?? 0) < 2) return code;
    const place = local();
    kept.set(node, place);
    return [...code, ...instructions.teeLocal(place)];
  };
  return write(expression);
}

// Writes WebAssembly modules of plain functions over one memory: the binary format, and nothing that the raster does not use.

export type WasmType = 'i32' | 'f32' | 'v128';

export interface WasmFunction {
  readonly name: string;
  readonly params: readonly WasmType[];
  /** Beyond the parameters; counted on from them. */
  readonly locals: readonly WasmType[];
  /** Instructions, without the closing `end`. It answers nothing. */
  readonly body: readonly number[];
}

const typeCodes: Readonly<Record<WasmType, number>> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };
const sections = { types: 1, functions: 3, memory: 5, exports: 7, code: 10 };
const exported = { function: 0, memory: 2 };
const [functionType, emptyBlock, end] = [0x60, 0x40, 0x0b];
const header = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** Bytes of a module that exports `memory` of so many pages of 64 KB, and the functions by their names. Source: WebAssembly Core Specification 2.0, chapter 5. */
export function wasmModule(pages: number, functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const exports = functions.map(({ name }, index) => [...text(name), exported.function, ...unsigned(index)]);
  return Uint8Array.from([
    ...header,
    ...section(sections.types, functions.map(({ params }) => [functionType, ...list(params.map((type) => [typeCodes[type]])), 0])),
    ...section(sections.functions, functions.map((_, index) => unsigned(index))),
    ...section(sections.memory, [[0, ...unsigned(pages)]]),
    ...section(sections.exports, [[...text('memory'), exported.memory, 0], ...exports]),
    ...section(sections.code, functions.map(codeOf)),
  ]);
}

function codeOf({ locals, body }: WasmFunction): number[] {
  const bytes = [...list(locals.map((type) => [1, typeCodes[type]])), ...body, end];
  return [...unsigned(bytes.length), ...bytes];
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  const bytes = list(items);
  return [id, ...unsigned(bytes.length), ...bytes];
}

const list = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];

const text = (name: string): number[] => list([...name].map((letter) => [letter.charCodeAt(0)]));

/** LEB128: seven bits a byte, lowest first. */
export function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  const isLast = value >= -0x40 && value < 0x40;
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

const float = (value: number): number[] => [...new Uint8Array(Float32Array.of(value).buffer)];
/** Instructions of vectors stand behind a prefix. */
const vector = (code: number): number[] => [0xfd, ...unsigned(code)];
/** Address without offset; `align` as a power of two, a hint. */
const at = (align: number): number[] => [align, 0];

/** Instructions by what they do, with what they take from the stack in the specification. */
export const instructions = {
  getLocal: (local: number) => [0x20, ...unsigned(local)],
  setLocal: (local: number) => [0x21, ...unsigned(local)],
  teeLocal: (local: number) => [0x22, ...unsigned(local)],
  integer: (value: number) => [0x41, ...signed(value)],
  addIntegers: [0x6a],
  loadLanes: [...vector(0x00), ...at(0)],
  storeLanes: [...vector(0x0b), ...at(0)],
  /** Four bytes, what follows them 0. */
  loadBytes: [...vector(0x5c), ...at(0)],
  floats: (lanes: readonly number[]) => [...vector(0x0c), ...lanes.flatMap(float)],
  allLanes: (bits: readonly boolean[]) => [...vector(0x0c), ...bits.flatMap((bit) => Array<number>(4).fill(bit ? 0xff : 0))],
  splat: vector(0x13),
  /** One lane of the first of two vectors in all four. */
  spread: (lane: number) => [...vector(0x0d), ...[0, 1, 2, 3].flatMap(() => [0, 1, 2, 3].map((byte) => lane * 4 + byte))],
  /** The four lowest bytes as numbers. */
  bytesToFloats: [...vector(0x89), ...vector(0xa9), ...vector(0xfb)],
  select: vector(0x52),
  less: vector(0x43),
  greater: vector(0x44),
  lessOrEqual: vector(0x45),
  greaterOrEqual: vector(0x46),
  absolute: vector(0xe0),
  root: vector(0xe3),
  add: vector(0xe4),
  subtract: vector(0xe5),
  multiply: vector(0xe6),
  divide: vector(0xe7),
  smallest: vector(0xea),
  largest: vector(0xeb),
  /** Repeats `body` while it leaves something other than 0. */
  repeat: (body: readonly number[]) => [0x03, emptyBlock, ...body, 0x0d, 0, end],
} as const;

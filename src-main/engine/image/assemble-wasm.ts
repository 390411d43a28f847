// A little WebAssembly as text, one instruction after another, to the bytes of a module over one imported memory.

export interface WasmFunction {
  readonly name: string;
  /** i32 each. */
  readonly params: readonly string[];
  readonly locals: Readonly<Record<string, 'i32' | 'v128'>>;
  /** Instructions separated by lines or semicolons; blocks are written flat and closed by `end`. */
  readonly text: string;
}

/** Codes of the WebAssembly core specification 2.0, section 5.4; those that reach memory with alignment and offset 0. */
const codes: Readonly<Record<string, readonly number[]>> = {
  loop: [0x03, 0x40],
  end: [0x0b],
  br_if: [0x0d],
  'local.get': [0x20],
  'local.set': [0x21],
  'local.tee': [0x22],
  'i32.load': [0x28, 0, 0],
  'i32.const': [0x41],
  'i32.lt_u': [0x49],
  'i32.add': [0x6a],
  'i32.mul': [0x6c],
  'v128.load': [0xfd, 0x00, 0, 0],
  'v128.load64_splat': [0xfd, 0x0a, 0, 0],
  'v128.store': [0xfd, 0x0b, 0, 0],
  'v128.zero': [0xfd, 0x0c, ...new Array<number>(16).fill(0)],
  'i8x16.shuffle': [0xfd, 0x0d],
  'v128.load32_lane': [0xfd, 0x56, 0, 0],
  'v128.store32_lane': [0xfd, 0x5a, 0, 0],
  'v128.load32_zero': [0xfd, 0x5c, 0, 0],
  'f32x4.demote_f64x2_zero': [0xfd, 0x5e],
  'f64x2.promote_low_f32x4': [0xfd, 0x5f],
  'f64x2.add': [0xfd, 0xf0, 0x01],
  'f64x2.mul': [0xfd, 0xf2, 0x01],
};
const types = { i32: 0x7f, v128: 0x7b } as const;

/** A module that imports `memory` of the name `shared` and exports the functions. Throws a plain Error for what it does not know. */
export function assembleWasm(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const shared = [...named('shared'), ...named('memory'), 0x02, 0x00, 0x01];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, functions.map(({ params }) => [0x60, ...listed(params.map(() => [types.i32])), 0x00])),
    ...section(2, [shared]),
    ...section(3, functions.map((_, index) => unsigned(index))),
    ...section(7, functions.map(({ name }, index) => [...named(name), 0x00, ...unsigned(index)])),
    ...section(10, functions.map(bodyOf)),
  ]);
}

function bodyOf({ params, locals, text }: WasmFunction): number[] {
  const names = [...params, ...Object.keys(locals)];
  const instructions = text.split(/[;\n]/).flatMap((each) => instructionOf(each.trim().split(/\s+/), names));
  const body = [...listed(Object.values(locals).map((type) => [0x01, types[type]])), ...instructions, 0x0b];
  return [...unsigned(body.length), ...body];
}

function instructionOf([name = '', ...values]: readonly string[], locals: readonly string[]): readonly number[] {
  if (name === '') return [];
  const code = codes[name];
  if (!code) throw new Error(`there is no instruction ${name} here`);
  if (name === 'i32.const') return [...code, ...signed(Number(values[0]))];
  if (!name.startsWith('local.')) return [...code, ...values.map(Number)];
  const index = locals.indexOf(values[0] ?? '');
  if (index < 0) throw new Error(`there is no local ${values[0]}`);
  return [...code, ...unsigned(index)];
}

const section = (id: number, items: readonly (readonly number[])[]): number[] => {
  const body = listed(items);
  return [id, ...unsigned(body.length), ...body];
};
const listed = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];
const named = (name: string): number[] => listed([...name].map((letter) => [letter.charCodeAt(0)]));

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}

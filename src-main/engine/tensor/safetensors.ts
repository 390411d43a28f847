// The safetensors container: float32 tensors by name, every header treated as hostile.
import { StudioError } from '../../contract/fault.ts';
import { sizeOf, tensor, type Tensor } from './tensor.ts';

export type TensorTable = Readonly<Record<string, Tensor>>;

/** Largest header that is parsed. */
const headerLimitBytes = 1 << 20;
const lengthBytes = 8;
const alignment = 8;

/** Tensors as bytes, in order of their names: equal tensors give equal bytes. */
export function writeSafetensors(tensors: TensorTable): Uint8Array {
  const names = Object.keys(tensors).sort();
  const header: Record<string, { dtype: 'F32'; shape: readonly number[]; data_offsets: [number, number] }> = {};
  let end = 0;
  for (const name of names) {
    const { shape, data } = at(tensors, name);
    header[name] = { dtype: 'F32', shape, data_offsets: [end, (end += data.byteLength)] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(json.length / alignment) * alignment;
  const bytes = new Uint8Array(lengthBytes + headerLength + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  bytes.set(json, lengthBytes);
  bytes.fill(0x20, lengthBytes + json.length, lengthBytes + headerLength);
  let offset = lengthBytes + headerLength;
  for (const name of names) {
    for (const value of at(tensors, name).data) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  }
  return bytes;
}

/**
 * The tensors of a file's bytes; `file` names it in faults.
 * Throws preset.corrupt when the header lies about sizes, places or types, or a number is not finite.
 */
export function readSafetensors(bytes: Uint8Array, file: string): TensorTable {
  const refuse = (reason: string): never => {
    throw new StudioError('preset.corrupt', { file, reason });
  };
  if (bytes.length < lengthBytes) refuse('the weights are cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getBigUint64(0, true);
  if (headerLength > BigInt(Math.min(headerLimitBytes, bytes.length - lengthBytes))) refuse('the header of the weights is too long');
  const start = lengthBytes + Number(headerLength);
  const entries = entriesOf(parseHeader(bytes.subarray(lengthBytes, start), refuse), refuse);
  let next = 0;
  const tensors: [string, Tensor][] = [];
  for (const { name, shape, from, to } of entries.sort((a, b) => a.from - b.from || a.to - b.to)) {
    // The format allows neither holes nor overlaps, so every byte belongs to one tensor.
    if (from !== next || to < from || to > bytes.length - start) refuse(`"${name}" does not lie where it should`);
    if (to - from !== 4 * sizeOf(shape)) refuse(`"${name}" has not the size of its shape`);
    tensors.push([name, tensor(shape, floatsOf(view, start + from, (to - from) / 4, name, refuse))]);
    next = to;
  }
  if (start + next !== bytes.length) refuse('the weights have bytes that belong to no tensor');
  return Object.fromEntries(tensors);
}

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

type Refuse = (reason: string) => never;

function parseHeader(json: Uint8Array, refuse: Refuse): object {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) return header;
  } catch {
    // Falls through to the refusal below.
  }
  return refuse('the header of the weights is not readable');
}

function entriesOf(header: object, refuse: Refuse): Entry[] {
  return Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]: [string, unknown]) => {
      const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
      if (dtype !== 'F32') refuse(`"${name}" is not float32`);
      if (!isCounts(shape) || shape.length > 8) return refuse(`"${name}" has no usable shape`);
      if (!isCounts(offsets) || offsets.length !== 2) return refuse(`"${name}" has no usable place`);
      const [from = 0, to = 0] = offsets;
      return { name, shape, from, to };
    });
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);
}

/** Copied, since the place in the file may not be a multiple of four. */
function floatsOf(view: DataView, from: number, length: number, name: string, refuse: Refuse): Float32Array {
  const data = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const value = view.getFloat32(from + 4 * i, true);
    if (!Number.isFinite(value)) refuse(`"${name}" holds a number that is not finite`);
    data[i] = value;
  }
  return data;
}

function at(tensors: TensorTable, name: string): Tensor {
  const found = tensors[name];
  if (!found) throw new StudioError('internal', { reason: `no tensor "${name}"` });
  return found;
}

// The safetensors container: tensors by name, stored as floats or halves, every header treated as hostile.
import { StudioError } from '../../contract/fault.ts';
import { fromHalf, toHalf } from './half.ts';
import { sizeOf, tensor, type Tensor } from './tensor.ts';

export type TensorTable = Readonly<Record<string, Tensor>>;

/** Largest header that is parsed. */
const headerLimitBytes = 1 << 20;
const lengthBytes = 8;
const alignment = 8;

/** How a number is stored, and read back as float32. */
interface Storage {
  readonly bytes: number;
  /** Largest magnitude it holds. */
  readonly largest: number;
  readonly write: (view: DataView, offset: number, value: number) => void;
  readonly read: (view: DataView, offset: number) => number;
}

const storages = {
  F32: {
    bytes: 4,
    largest: 3.4028234663852886e38,
    write: (view, offset, value) => view.setFloat32(offset, value, true),
    read: (view, offset) => view.getFloat32(offset, true),
  },
  F16: {
    bytes: 2,
    largest: 65504,
    write: (view, offset, value) => view.setUint16(offset, toHalf(value), true),
    read: (view, offset) => fromHalf(view.getUint16(offset, true)),
  },
} satisfies Record<string, Storage>;

/** Names of the format: float32 and half precision. */
export type StoredType = keyof typeof storages;

/** Tensors as bytes, in order of their names: equal tensors give equal bytes. Halves are rounded to nearest even. Throws internal for a number it cannot hold. */
export function writeSafetensors(tensors: TensorTable, dtype: StoredType = 'F32'): Uint8Array {
  const names = Object.keys(tensors).sort();
  const header: Record<string, { dtype: StoredType; shape: readonly number[]; data_offsets: [number, number] }> = {};
  const storage: Storage = storages[dtype];
  let end = 0;
  for (const name of names) {
    const { shape, data } = at(tensors, name);
    header[name] = { dtype, shape, data_offsets: [end, (end += storage.bytes * data.length)] };
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
      if (!(Math.abs(value) <= storage.largest)) throw new StudioError('internal', { reason: `"${name}" holds ${value}, which ${dtype} cannot` });
      storage.write(view, offset, value);
      offset += storage.bytes;
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
  for (const { name, storage, shape, from, to } of entries.sort((a, b) => a.from - b.from || a.to - b.to)) {
    // The format allows neither holes nor overlaps, so every byte belongs to one tensor.
    if (from !== next || to < from || to > bytes.length - start) refuse(`"${name}" does not lie where it should`);
    if (to - from !== storage.bytes * sizeOf(shape)) refuse(`"${name}" has not the size of its shape`);
    tensors.push([name, tensor(shape, floatsOf(view, { name, storage, from: start + from, length: sizeOf(shape) }, refuse))]);
    next = to;
  }
  if (start + next !== bytes.length) refuse('the weights have bytes that belong to no tensor');
  return Object.fromEntries(tensors);
}

interface Entry {
  readonly name: string;
  readonly storage: Storage;
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
      if (dtype !== 'F32' && dtype !== 'F16') return refuse(`"${name}" is neither float32 nor float16`);
      if (!isCounts(shape) || shape.length > 8) return refuse(`"${name}" has no usable shape`);
      if (!isCounts(offsets) || offsets.length !== 2) return refuse(`"${name}" has no usable place`);
      const [from = 0, to = 0] = offsets;
      return { name, storage: storages[dtype], shape, from, to };
    });
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);
}

/** Copied, since the place in the file may not be a multiple of four. */
function floatsOf(view: DataView, { name, storage, from, length }: { readonly name: string; readonly storage: Storage; readonly from: number; readonly length: number }, refuse: Refuse): Float32Array {
  const data = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const value = storage.read(view, from + storage.bytes * i);
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

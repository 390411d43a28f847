// The tensor container: exact both ways, and no header believed.
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../src-main/contract/fault.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import { readSafetensors, writeSafetensors } from '../../../../src-main/engine/tensor/safetensors.ts';

function fileOf(header: unknown, data: Uint8Array, length?: bigint): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

const entry = (from: unknown, to: unknown, shape: unknown = [2], dtype: unknown = 'F32') => ({ dtype, shape, data_offsets: [from, to] });

describe('writeSafetensors', () => {
  it('gives back what was written, shapes included', () => {
    const tensors = { weights: tensor([2, 3], new Float32Array([1, 2, 3, 4, 5, 6])), code: tensor([1], new Float32Array([-0.1])), empty: tensor([0]) };
    const read = readSafetensors(writeSafetensors(tensors), 'a');
    expect(read).toEqual(tensors);
  });

  it('gives the same bytes whatever the order of the names', () => {
    const [a, b] = [tensor([1], new Float32Array([1])), tensor([1], new Float32Array([2]))];
    expect(writeSafetensors({ a, b })).toEqual(writeSafetensors({ b, a }));
  });

  it('starts the data at a multiple of eight bytes, as the format asks', () => {
    const bytes = writeSafetensors({ odd: tensor([1]) });
    expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n);
  });

  it('stores halves in half the bytes, rounded to the nearest', () => {
    const numbers = new Float32Array([1, -0.1, 65504, 2 ** -24, 0]);
    const [whole, half] = [writeSafetensors({ a: tensor([5], numbers) }), writeSafetensors({ a: tensor([5], numbers) }, 'F16')];
    expect(whole.length - half.length).toBe(10);
    expect([...readSafetensors(half, 'a')['a']!.data]).toEqual([1, -0.0999755859375, 65504, 2 ** -24, 0]);
  });

  it('gives the same halves when what was read is written again', () => {
    const bytes = writeSafetensors({ a: tensor([3], new Float32Array([0.1, 1e-7, -3.14159])) }, 'F16');
    expect(writeSafetensors(readSafetensors(bytes, 'a'), 'F16')).toEqual(bytes);
  });

  it.each([['F16', 65536], ['F16', NaN], ['F32', Infinity]] as const)('refuses to store in %s a number it cannot hold: %d', (type, value) => {
    expect(() => writeSafetensors({ a: tensor([1], new Float32Array([value])) }, type)).toThrow(StudioError);
  });

  it('reads from the middle of a buffer, at an odd place', () => {
    const bytes = writeSafetensors({ a: tensor([2], new Float32Array([3, 4])) });
    const inside = new Uint8Array(bytes.length + 3);
    inside.set(bytes, 3);
    expect(readSafetensors(inside.subarray(3), 'a')['a']?.data).toEqual(new Float32Array([3, 4]));
  });
});

describe('readSafetensors refuses', () => {
  const eight = new Uint8Array(8);
  const notFinite = new Uint8Array(new Float32Array([1, NaN]).buffer);
  const cases: Record<string, Uint8Array> = {
    'no bytes': new Uint8Array(0),
    'a header longer than the file': fileOf({}, eight, 1n << 62n),
    'a header that is no JSON': fileOf('{"a":', eight),
    'a header that is a list': fileOf([], eight),
    'a null entry': fileOf({ a: null }, eight),
    'other types': fileOf({ a: entry(0, 8, [2], 'F64') }, eight),
    'NaN offsets': fileOf('{"a":{"dtype":"F32","shape":[2],"data_offsets":[null,8]}}', eight),
    'negative offsets': fileOf({ a: entry(-8, 0) }, eight),
    'fractional shapes': fileOf({ a: entry(0, 8, [0.5, 4]) }, eight),
    'shapes whose product is beyond counting': fileOf({ a: entry(0, 8, [2 ** 40, 2 ** 40]) }, eight),
    'shape and size that differ': fileOf({ a: entry(0, 8, [3]) }, eight),
    'overlapping tensors': fileOf({ a: entry(0, 8), b: entry(4, 12) }, new Uint8Array(12)),
    'the same bytes twice': fileOf({ a: entry(0, 8), b: entry(0, 8) }, eight),
    'holes': fileOf({ a: entry(0, 8), b: entry(12, 20) }, new Uint8Array(20)),
    'data cut off': fileOf({ a: entry(0, 8) }, new Uint8Array(4)),
    'bytes of no tensor': fileOf({ a: entry(0, 8) }, new Uint8Array(12)),
    'numbers that are not finite': fileOf({ a: entry(0, 8) }, notFinite),
  };

  it.each(Object.entries(cases))('%s', (_, bytes) => {
    expect(() => readSafetensors(bytes, 'x.vstyle')).toThrow(expect.objectContaining({ code: 'preset.corrupt', details: expect.objectContaining({ file: 'x.vstyle' }) }));
  });

  it('nothing of a tensor named like an inherited property', () => {
    const bytes = fileOf('{"__proto__":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', eight);
    expect(Object.keys(readSafetensors(bytes, 'a'))).toEqual(['__proto__']);
  });
});

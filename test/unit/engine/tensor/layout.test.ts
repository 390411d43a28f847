// Pixels to planes and back.
import { describe, expect, it } from 'vitest';
import type { PixelBuffer } from '../../../../src-main/contract/image.ts';
import { alphaOf, cropPatch, pixelsOf, planesOf } from '../../../../src-main/engine/tensor/layout.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';

describe('layout', () => {
  it('brings every 8-bit and every 16-bit value back exactly, alpha apart', () => {
    const wide = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const deep: PixelBuffer = { width: 128, height: 128, channels: 4, depth: 16, data: wide };
    expect(pixelsOf(planesOf(deep), 16, alphaOf(deep))).toEqual(deep);
    const bytes: PixelBuffer = { width: 16, height: 16, channels: 3, depth: 8, data: Uint8Array.from({ length: 768 }, (_, i) => i) };
    expect(pixelsOf(planesOf(bytes), 8)).toEqual(bytes);
    expect(alphaOf(bytes)).toBeUndefined();
  });

  it('repeats grey, clamps and rounds to nearest', () => {
    const grey: PixelBuffer = { width: 2, height: 1, channels: 1, depth: 8, data: Uint8Array.of(51, 255) };
    expect(Array.from(planesOf(grey).data, (value) => Math.round(value * 255))).toEqual([51, 255, 51, 255, 51, 255]);
    const out = pixelsOf(tensor([1, 1, 1, 4], Float32Array.of(-0.5, 1.5, 0.4999 / 255, 0.5001 / 255)), 8);
    expect([...out.data]).toEqual([0, 255, 0, 1]);
  });

  it('refuses what is no number and what has another shape', () => {
    expect(() => pixelsOf(tensor([1, 3, 1, 1], Float32Array.of(0, NaN, 0)), 8)).toThrow(/session.failed/);
    expect(() => pixelsOf(tensor([1, 2, 1, 1]), 8)).toThrow(/shape-mismatch/);
    expect(() => pixelsOf(tensor([1, 3, 1, 1]), 8, tensor([1, 1, 2, 1]))).toThrow(/shape-mismatch/);
  });

  it('crops a patch by its place on the frame', () => {
    const patch = { place: { x: 10, y: 20, width: 4, height: 3 }, planes: tensor([1, 2, 3, 4], Float32Array.from({ length: 24 }, (_, i) => i)) };
    expect([...cropPatch(patch, { x: 12, y: 21, width: 2, height: 2 }).planes.data]).toEqual([6, 7, 10, 11, 18, 19, 22, 23]);
    expect(() => cropPatch(patch, { x: 9, y: 20, width: 2, height: 2 })).toThrow(/shape-mismatch/);
  });
});

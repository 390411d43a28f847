// Scaling that every tile agrees on, and the joining of two scales.
import { describe, expect, it } from 'vitest';
import type { Extent, Region } from '../../../../src-main/contract/image.ts';
import { coarseRegionOf, detailMarginPx, detailRegionOf, joinDetail } from '../../../../src-main/engine/image/detail-band.ts';
import { resample, sourceRegionOf } from '../../../../src-main/engine/image/resample.ts';
import { cropPatch, type Patch } from '../../../../src-main/engine/tensor/layout.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';

const whole = (extent: Extent): Region => ({ x: 0, y: 0, ...extent });

function noise({ width, height }: Extent, seed = 1): Patch {
  const data = Float32Array.from({ length: 2 * width * height }, (_, i) => (Math.imul(i + seed, 2654435761) >>> 8) / 2 ** 24);
  return { place: { x: 0, y: 0, width, height }, planes: tensor([1, 2, height, width], data) };
}

function furthest(a: Patch, b: Patch): number {
  return a.planes.data.reduce((most, value, i) => Math.max(most, Math.abs(value - b.planes.data[i]!)), 0);
}

const pairs: [Extent, Extent][] = [
  [{ width: 90, height: 61 }, { width: 31, height: 20 }],
  [{ width: 31, height: 20 }, { width: 90, height: 61 }],
  [{ width: 40, height: 40 }, { width: 80, height: 80 }],
  [{ width: 40, height: 40 }, { width: 40, height: 17 }],
  [{ width: 7, height: 3 }, { width: 100, height: 100 }],
];

describe('resample', () => {
  it.each(pairs)('from %o to %o gives a part the same bits as the whole', (from, to) => {
    const source = noise(from);
    const full = resample(source, from, to, whole(to));
    for (const part of [whole({ width: 1, height: 1 }), { x: 3, y: 2, width: 9, height: 8 }, { x: to.width - 5, y: to.height - 6, width: 5, height: 6 }]) {
      const needed = cropPatch(source, sourceRegionOf(part, from, to));
      expect(resample(needed, from, to, part).planes.data).toEqual(cropPatch(full, part).planes.data);
    }
  });

  it.each(pairs)('from %o to %o keeps a flat picture flat', (from, to) => {
    const flat = { place: whole(from), planes: tensor([1, 1, from.height, from.width], new Float32Array(from.width * from.height).fill(0.7)) };
    for (const value of resample(flat, from, to, whole(to)).planes.data) expect(value).toBeCloseTo(0.7, 6);
  });

  it('enlarged and reduced again by a whole number is the picture itself', () => {
    const [small, large] = [{ width: 23, height: 17 }, { width: 69, height: 51 }];
    const source = noise(small);
    const back = resample(resample(source, small, large, whole(large)), large, small, whole(small));
    expect(furthest(back, source)).toBeLessThan(1e-6);
  });

  it('enlarges a ramp to a ramp inside the edges', () => {
    const ramp = { place: { x: 0, y: 0, width: 10, height: 1 }, planes: tensor([1, 1, 1, 10], Float32Array.from({ length: 10 }, (_, i) => i)) };
    const { data } = resample(ramp, ramp.place, { width: 40, height: 1 }, { x: 0, y: 0, width: 40, height: 1 }).planes;
    for (let x = 4; x < 36; x++) expect(data[x]).toBeCloseTo((x + 0.5) / 4 - 0.5, 5);
  });

  it('refuses a patch that is too small', () => {
    const source = cropPatch(noise({ width: 20, height: 20 }), { x: 5, y: 5, width: 4, height: 4 });
    expect(() => resample(source, { width: 20, height: 20 }, { width: 10, height: 10 }, whole({ width: 10, height: 10 }))).toThrow(/shape-mismatch/);
  });
});

describe('joinDetail', () => {
  const coarseFrame = { width: 30, height: 20 };

  const waves = (extent: Extent, periodPx: number): Patch => {
    const data = Float32Array.from({ length: 2 * extent.width * extent.height }, (_, i) => 0.5 + 0.4 * Math.cos((2 * Math.PI * (i % extent.width)) / periodPx));
    return { place: whole(extent), planes: tensor([1, 2, extent.height, extent.width], data) };
  };

  it.each([{ width: 60, height: 40 }, { width: 71, height: 47 }])('reduced again has the coarse picture’s forms, whatever the detail (%o)', (frame) => {
    const coarse = waves(coarseFrame, 10);
    const joined = joinDetail({ fine: waves(frame, 37), frame, coarse, coarseFrame }, whole(frame));
    expect(furthest(resample(joined, frame, coarseFrame, whole(coarseFrame)), coarse)).toBeLessThan(0.07);
  });

  it('keeps nothing of a lattice of two coarse pixels', () => {
    const frame = { width: 60, height: 40 };
    const plain = { place: whole(frame), planes: tensor([1, 2, 40, 60], new Float32Array(2 * 40 * 60).fill(0.5)) };
    const flat = joinDetail({ fine: plain, frame, coarse: waves(coarseFrame, 2), coarseFrame }, { x: 8, y: 8, width: 40, height: 20 });
    for (const value of flat.planes.data) expect(value).toBeCloseTo(0.5, 5);
  });

  it('keeps the fine picture’s own detail', () => {
    const frame = { width: 60, height: 40 };
    const fine = waves(frame, 2);
    const joined = joinDetail({ fine, frame, coarse: waves(coarseFrame, 1), coarseFrame }, whole(frame)).planes.data;
    const differences = Array.from({ length: 20 }, (_, x) => joined[x + 10]! - joined[x + 11]!);
    differences.forEach((difference) => expect(Math.abs(difference)).toBeCloseTo(0.8, 3));
  });

  it('of a part has the same bits as of the whole, within the stated margin', () => {
    const frame = { width: 71, height: 47 };
    const [coarse, fine] = [noise(coarseFrame, 5), noise(frame, 9)];
    const full = joinDetail({ fine, frame, coarse, coarseFrame }, whole(frame));
    const margin = detailMarginPx(frame, coarseFrame);
    for (let x = 0; x + 8 <= frame.width; x += 5) {
      const region = { x, y: 11, width: 8, height: 9 };
      const needed = detailRegionOf(region, frame, coarseFrame);
      expect(region.x - needed.x).toBeLessThanOrEqual(margin);
      expect(needed.x + needed.width - region.x - region.width).toBeLessThanOrEqual(margin);
      const cells = cropPatch(coarse, coarseRegionOf(region, frame, coarseFrame));
      const part = joinDetail({ fine: cropPatch(fine, needed), frame, coarse: cells, coarseFrame }, region);
      expect(part.planes.data).toEqual(cropPatch(full, region).planes.data);
    }
  });
});

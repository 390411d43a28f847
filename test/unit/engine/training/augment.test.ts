// Crops: inside the picture, seeded, sometimes mirrored, enlarged where the picture is small.
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../../src-main/engine/tensor/random.ts';
import { drawCrop, type CropRule, type Picture } from '../../../../src-main/engine/training/augment.ts';

/** Red is the column, green the row, in steps of 1/255. */
function chart(width: number, height: number): Picture {
  const data = new Uint8Array(3 * width * height);
  for (let at = 0; at < width * height; at++) data.set([at % width, Math.floor(at / width), 77], 3 * at);
  return { width, height, channels: 3, depth: 8, data };
}

/** Column, row and blue of every pixel, in px of the picture. */
function cropOf(picture: Picture, rule: CropRule, random: Random): { columns: Float32Array; rows: Float32Array; blue: Float32Array } {
  const size = rule.sizePx ** 2;
  const planes = new Float32Array(3 * size + 2).fill(-1);
  drawCrop(picture, rule, random, planes, 1);
  expect([planes[0], planes[3 * size + 1]]).toEqual([-1, -1]); // nothing beside its place
  const plane = (index: number): Float32Array => planes.subarray(1 + index * size, 1 + (index + 1) * size).map((value) => value * 255);
  return { columns: plane(0), rows: plane(1), blue: plane(2) };
}

const rule: CropRule = { sizePx: 16, scale: [1, 2] };

describe('a crop', () => {
  it('lies inside the picture and is a scaled part of it, mirrored about every second time', () => {
    const picture = chart(90, 60);
    const random = createRandom(4);
    let mirrored = 0;
    for (let trial = 0; trial < 200; trial++) {
      const { columns, rows, blue } = cropOf(picture, rule, random);
      const across = (columns[15]! - columns[0]!) / 15;
      const down = (rows[240]! - rows[0]!) / 15;
      if (across < 0) mirrored++;
      expect(Math.abs(Math.abs(across) - down)).toBeLessThan(0.08);
      expect(down).toBeGreaterThan(0.9);
      expect(down).toBeLessThan(2.05);
      expect(Math.min(...columns, ...rows)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...columns)).toBeLessThanOrEqual(89.001);
      expect(Math.max(...rows)).toBeLessThanOrEqual(59.001);
      expect(blue.every((value) => Math.abs(value - 77) < 1e-3)).toBe(true);
    }
    expect(mirrored).toBeGreaterThan(70);
    expect(mirrored).toBeLessThan(130);
  });

  it('reaches every edge of the picture', () => {
    const random = createRandom(8);
    const seen = Array.from({ length: 300 }, () => cropOf(chart(40, 40), rule, random));
    expect(Math.min(...seen.map(({ columns }) => Math.min(...columns)))).toBeLessThan(1);
    expect(Math.max(...seen.map(({ rows }) => Math.max(...rows)))).toBeGreaterThan(38);
  });

  it('is the same from the same seed', () => {
    const [a, b] = [createRandom(6), createRandom(6)].map((random) => [cropOf(chart(50, 50), rule, random), cropOf(chart(50, 50), rule, random)]);
    expect(a).toEqual(b);
    expect(a![0]).not.toEqual(a![1]);
  });

  it('of a picture smaller than itself is the picture enlarged to fit', () => {
    const { columns, rows } = cropOf(chart(8, 12), rule, createRandom(2));
    expect(Math.abs(columns[15]! - columns[0]!)).toBeCloseTo(7, 5);
    expect(rows[240]! - rows[0]!).toBeLessThan(8.01);
    expect(columns.every(Number.isFinite)).toBe(true);
  });
});

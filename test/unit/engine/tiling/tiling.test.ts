// Tiles cover a frame once, windows give them their neighbours, scales follow the strokes.
import { describe, expect, it } from 'vitest';
import { frameOf, planCascade } from '../../../../src-main/engine/tiling/cascade.ts';
import { planTiles } from '../../../../src-main/engine/tiling/plan.ts';
import { reflectIndex } from '../../../../src-main/engine/tensor/reflect.ts';
import { readWindow } from '../../../../src-main/engine/tiling/window.ts';
import { cropPatch } from '../../../../src-main/engine/tensor/layout.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';

describe('tiles', () => {
  const cases = Array.from({ length: 60 }, (_, i) => ({
    frame: { width: 1 + ((i * 7919) % 230), height: 1 + ((i * 104729) % 170) },
    needs: { tilePx: 1 + ((i * 31) % 90), haloPx: (i * 13) % 50, multiple: [1, 2, 4, 8][i % 4]!, ...(i % 3 === 0 ? { fixed: { width: 152, height: 120 } } : {}) },
  }));

  it.each(cases)('of $frame with $needs cover every pixel once, with their halo, at multiples, in one shape', ({ frame, needs }) => {
    const plan = planTiles(frame, needs);
    const seen = new Uint8Array(frame.width * frame.height);
    for (const { core, window } of plan.tiles) {
      for (let y = core.y; y < core.y + core.height; y++) for (let x = core.x; x < core.x + core.width; x++) seen[y * frame.width + x]!++;
      expect({ width: window.width, height: window.height }).toEqual(needs.fixed ?? plan.window);
      expect([window.x % needs.multiple, window.y % needs.multiple].map(Math.abs)).toEqual([0, 0]);
      if (!needs.fixed) expect([window.width % needs.multiple, window.height % needs.multiple]).toEqual([0, 0]);
      expect(core.x - window.x).toBeGreaterThanOrEqual(needs.haloPx);
      expect(core.y - window.y).toBeGreaterThanOrEqual(needs.haloPx);
      expect(window.x + window.width - core.x - core.width).toBeGreaterThanOrEqual(needs.haloPx);
      expect(window.y + window.height - core.y - core.height).toBeGreaterThanOrEqual(needs.haloPx);
    }
    expect(seen.every((count) => count === 1)).toBe(true);
  });

  it('are evened out instead of leaving a sliver', () => {
    const { tiles, window } = planTiles({ width: 520, height: 100 }, { tilePx: 512, haloPx: 48, multiple: 4 });
    expect(tiles.map(({ core }) => core.width)).toEqual([260, 260]);
    expect(window).toEqual({ width: 356, height: 196 });
  });

  it('of a fixed size smaller than their halos are refused', () => {
    expect(() => planTiles({ width: 9, height: 9 }, { tilePx: 9, haloPx: 60, multiple: 4, fixed: { width: 100, height: 100 } })).toThrow(/leaves nothing between halos/);
  });
});

describe('windows', () => {
  it('reflect without repeating the edge, as often as it takes', () => {
    expect(Array.from({ length: 13 }, (_, i) => reflectIndex(i - 5, 4))).toEqual([1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1]);
    expect([-3, 0, 8].map((index) => reflectIndex(index, 1))).toEqual([0, 0, 0]);
  });

  it('past every edge hold the mirrored picture', () => {
    const frame = { width: 5, height: 3 };
    const whole = { place: { x: 0, y: 0, ...frame }, planes: tensor([1, 1, 3, 5], Float32Array.from({ length: 15 }, (_, i) => i)) };
    const source = { frame, read: (region: Parameters<typeof cropPatch>[1]) => cropPatch(whole, region) };
    const window = { x: -7, y: -4, width: 19, height: 12 };
    const { data } = readWindow(source, window).planes;
    for (let y = 0; y < 12; y++) {
      for (let x = 0; x < 19; x++) expect(data[y * 19 + x]).toBe(reflectIndex(y - 4, 3) * 5 + reflectIndex(x - 7, 5));
    }
  });
});

describe('stroke size', () => {
  const stroke = (strokePercent: number) => ({ learnedSizePx: 512, strokePercent });
  const longSides = (width: number, strokePercent: number) => planCascade({ width, height: width / 2 }, { width, height: width / 2 }, stroke(strokePercent)).map((frame) => frame.width);

  it('fixes the first frame whatever the target, and the last is the target', () => {
    expect(longSides(1024, 100)).toEqual([512, 1024]);
    expect(longSides(4096, 100)).toEqual([512, 1024, 2048, 4096]);
    expect(longSides(8000, 100)).toEqual([512, 1000, 2000, 4000, 8000]);
    expect(longSides(4096, 200)).toEqual([256, 512, 1024, 2048, 4096]);
    expect(longSides(4096, 50)).toEqual([1024, 2048, 4096]);
  });

  it('fixes the first frame to the pixel, though targets round the picture’s proportions', () => {
    const picture = { width: 5563, height: 3709 };
    const firsts = [700, 1024, 1100, 2048, 5563].map((px) => planCascade(picture, frameOf(picture, px), stroke(100))[0]);
    expect(new Set(firsts.map((frame) => JSON.stringify(frame)))).toEqual(new Set(['{"width":512,"height":341}']));
  });

  it('goes through the frames of a target half as large', () => {
    for (let width = 300; width < 5000; width += 37) {
      const [half, full] = [longSides(width, 100), longSides(2 * width, 100)];
      if (width > 512 * 1.15) expect(full).toEqual([...half, 2 * width]);
    }
  });

  it('steps by no more than 2.3 and no less than 1.14', () => {
    for (let width = 600; width < 9000; width += 37) {
      const sides = longSides(width, 100);
      for (let i = 1; i < sides.length; i++) {
        expect(sides[i]! / sides[i - 1]!).toBeLessThan(2.31);
        expect(sides[i]! / sides[i - 1]!).toBeGreaterThan(1.14);
      }
    }
  });

  it('of a target near the working size takes one pass, and one at its own pixels at 0', () => {
    expect(longSides(560, 100)).toEqual([512]);
    expect(longSides(300, 100)).toEqual([512]);
    expect(longSides(100, 100)).toEqual([200]);
    expect(longSides(5000, 0)).toEqual([5000]);
  });

  it('keeps the shape of the picture, down to one pixel', () => {
    expect(frameOf({ width: 3000, height: 2000 }, 300)).toEqual({ width: 300, height: 200 });
    expect(frameOf({ width: 3000, height: 2 }, 300)).toEqual({ width: 300, height: 1 });
  });
});

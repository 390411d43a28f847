// Signs with colours of their own: what fonts paint with, and the pixels that become of it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { createSurface } from '../../../../src-main/raster/surface.ts';
import type { Paint, PaintStep } from '../../../../src-main/services/text/colour-steps.ts';
import { createFontBook } from '../../../../src-main/services/text/font-book.ts';
import { factsOf } from '../../../../src-main/services/text/font-file.ts';
import { mergeSurfaces } from '../../../../src-main/services/text/merge-surfaces.ts';
import { boundsOfSteps, paintSign } from '../../../../src-main/services/text/paint-sign.ts';
import { createShaper } from '../../../../src-main/services/text/shaper.ts';
import { shaderOf } from '../../../../src-main/services/text/sign-shader.ts';
import { colourFont } from '../../../support/colour-font.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { canvas, drawn, laidOut } from '../../../support/text-fonts.ts';

async function font(): Promise<Buffer> {
  const glyphOf = async (character: string): Promise<number> => (await laidOut({ text: character })).glyphs[0]!.glyph;
  const [A, B, H, o] = [await glyphOf('A'), await glyphOf('B'), await glyphOf('H'), await glyphOf('o')];
  return colourFont({ A, B, H, o });
}

async function bookOf(bytes: Buffer) {
  const path = join(temporaryFolder(), 'colour.ttf');
  writeFileSync(path, bytes);
  const faces = [{ path, index: 0, weights: [400, 400] as const, italic: false, hasColours: true }];
  return { path, book: createFontBook(createShaper(), { families: async (_, origin) => (origin === 'own' ? [{ name: 'Colour', origin, faces }] : []) }) };
}

/** Sums of red, green, blue times alpha in columns. */
function inked(pixels: Uint8Array | Uint16Array, from = 0, to = canvas.width): { readonly red: number; readonly green: number; readonly blue: number; readonly alpha: number } {
  const sums = [0, 0, 0, 0] as [number, number, number, number];
  for (let y = 0; y < canvas.height; y++) {
    for (let x = from; x < to; x++) {
      const at = (y * canvas.width + x) * 4;
      const alpha = pixels[at + 3]! / 255;
      for (let i = 0; i < 3; i++) sums[i]! += (pixels[at + i]! / 255) * alpha;
      sums[3] += alpha;
    }
  }
  const [red, green, blue, alpha] = sums;
  return { red, green, blue, alpha };
}

const settings = { font: 'Colour', sizePx: 160, at: [20, 160] as [number, number] };

describe('a font with colours', () => {
  test('says so', async () => {
    const { path } = await bookOf(await font());
    expect(await factsOf(path)).toMatchObject([{ family: 'Inter', hasColours: true }]);
  });

  test('paints layers in its palette and in the colour of the text', async () => {
    const { book } = await bookOf(await font());
    const { pixels } = await drawn({ ...settings, text: 'B', colour: [0, 1, 0, 1] }, 8, book);
    const { red, green, blue, alpha } = inked(pixels);
    expect(red).toBeGreaterThan(1000);
    expect(green).toBeGreaterThan(500);
    expect(blue).toBe(0);
    expect(red + green).toBeCloseTo(alpha, -1);
  });

  test('paints gradients, and one sign only where another is', async () => {
    const { book } = await bookOf(await font());
    const { pixels } = await drawn({ ...settings, text: 'A' }, 8, book);
    const [left, right] = [inked(pixels, 0, 75), inked(pixels, 75)];
    expect(left.red).toBeGreaterThan(left.blue * 2);
    expect(right.blue).toBeGreaterThan(right.red * 1.2);
    expect(left.green + right.green).toBe(0); // The green one only says where.
    const whole = inked((await drawn({ ...settings, font: 'Inter', text: 'H' })).pixels);
    expect(left.alpha + right.alpha).toBeLessThan(whole.alpha / 2);
  });

  test('stands among plain signs, under the alpha of the text, at every depth and turn', async () => {
    const { book } = await bookOf(await font());
    const plain = inked((await drawn({ ...settings, sizePx: 60, text: 'C', colour: [0, 0, 1, 1] }, 8, book)).pixels);
    const mixed = inked((await drawn({ ...settings, sizePx: 60, text: 'CB', colour: [0, 0, 1, 1] }, 8, book)).pixels);
    expect(mixed.blue).toBeGreaterThan(plain.blue);
    expect(mixed.red).toBeGreaterThan(100);
    const half = inked((await drawn({ ...settings, sizePx: 60, text: 'CB', colour: [0, 0, 1, 0.5] }, 8, book)).pixels);
    expect(half.alpha / mixed.alpha).toBeCloseTo(0.5, 1);
    const turned = inked((await drawn({ ...settings, sizePx: 60, text: 'CB', colour: [0, 0, 1, 1], at: [150, 30], linear: [0, 1, -1, 0] }, 8, book)).pixels);
    expect(turned.alpha / mixed.alpha).toBeCloseTo(1, 2);
    const deep = await drawn({ ...settings, sizePx: 60, text: 'CB', colour: [0, 0, 1, 1] }, 16, book);
    expect(new Set([...deep.pixels].filter((_, i) => i % 4 === 3)).size).toBeGreaterThan(256);
  });

  test('that is damaged is drawn somehow or refused', async () => {
    const good = await font();
    const at = good.indexOf('COLR', 0, 'latin1');
    const table = good.readUInt32BE(at + 8);
    const { uniform } = createRandom(3);
    for (let round = 0; round < 60; round++) {
      const bytes = Buffer.from(good);
      for (let i = 0; i < 4; i++) bytes[table + Math.floor(uniform() * good.readUInt32BE(at + 12))] = Math.floor(uniform() * 256);
      const { book } = await bookOf(bytes);
      const { pixels } = await drawn({ ...settings, sizePx: 60, text: 'ABC' }, 8, book);
      expect(pixels.length).toBeGreaterThan(0);
    }
  });
});

describe('a sign', () => {
  const square = (size: number): PaintStep => ({ do: 'clip', path: [{ type: 'M', values: [0, 0] }, { type: 'L', values: [size, 0] }, { type: 'L', values: [size, size] }, { type: 'L', values: [0, size] }, { type: 'Z', values: [] }] });
  const filled: PaintStep = { do: 'fill', paint: { kind: 'solid', colour: [1, 0, 0, 0.001] } };
  const region = { x: 0, y: 0, width: 4, height: 4 };

  test('reaches as far as its curves do', () => {
    const round: PaintStep = { do: 'clip', path: [{ type: 'M', values: [0, 0] }, { type: 'Q', values: [1, 2, 2, 0] }, { type: 'Z', values: [] }] };
    const [left, bottom, right, top] = boundsOfSteps([{ do: 'turn', matrix: [0.5, 0, 0, 0.5, 0, 0] }, round])!;
    expect([left, bottom, right]).toEqual([0, 0, 1]);
    expect(top).toBeGreaterThanOrEqual(0.5);
    expect(boundsOfSteps([filled])).toBeUndefined();
  });

  test('is painted within all its clips, each for as long as it holds', () => {
    const solid: PaintStep = { do: 'fill', paint: { kind: 'solid', colour: [1, 0, 0, 1] } };
    const alphaOf = (steps: readonly PaintStep[]): number => paintSign(steps, [1, 0, 0, 1, 0, 0], region, [0, 0, 0, 1]).data.filter((_, i) => i % 4 === 3).reduce((all, value) => all + value, 0);
    expect(alphaOf([square(3), square(2), solid])).toBeCloseTo(4, 6);
    expect(alphaOf([square(3), square(2), { do: 'clip-back' }, solid])).toBeCloseTo(9, 6);
    expect(alphaOf([square(1.5), solid])).toBeCloseTo(2.25, 6);
  });

  test('that asks for too much or ends in disorder is painted as far as it goes', () => {
    const steps: PaintStep[] = [{ do: 'clip-back' }, { do: 'turn-back' }, { do: 'merge', mode: 5 }];
    for (let i = 0; i < 5000; i++) steps.push({ do: 'group' }, filled);
    expect(paintSign(steps, [1, 0, 0, 1, 0, 0], region, [0, 0, 0, 1]).data[3]).toBeLessThan(0.1);
    const many = Array.from({ length: 20_000 }, () => filled);
    expect(paintSign(many, [1, 0, 0, 1, 0, 0], region, [0, 0, 0, 1]).data[3]).toBeCloseTo(1 - 0.999 ** 1001, 2);
  });
});

describe('a paint', () => {
  const at = (paint: Paint, x: number, y: number): number[] => {
    const out = new Float64Array(4);
    shaderOf(paint, [0, 1, 0, 1])(x, y, out);
    return [...out].map((value) => Math.round(value * 100) / 100);
  };
  const stops = [{ at: 0, colour: [1, 0, 0, 1] as const }, { at: 1, colour: [0, 0, 1, 1] as const }];
  const linear = (extend: 'pad' | 'repeat' | 'reflect'): Paint => ({ kind: 'linear', values: [0, 0, 10, 0, 0, 5], stops, extend });

  test('of one colour is that, or the text’s', () => {
    expect(at({ kind: 'solid', colour: [1, 0.5, 0, 0.5] }, 0, 0)).toEqual([0.5, 0.25, 0, 0.5]);
    expect(at({ kind: 'solid', colour: { text: 0.5 } }, 0, 0)).toEqual([0, 0.5, 0, 0.5]);
  });

  test('along a line goes on, begins anew or turns back beyond its ends', () => {
    expect([0, 5, 10].map((x) => at(linear('pad'), x, 3))).toEqual([[1, 0, 0, 1], [0.5, 0, 0.5, 1], [0, 0, 1, 1]]);
    expect([at(linear('pad'), -9, 0), at(linear('pad'), 99, 0)]).toEqual([[1, 0, 0, 1], [0, 0, 1, 1]]);
    expect(at(linear('repeat'), 12.5, 0)).toEqual(at(linear('pad'), 2.5, 0));
    expect(at(linear('reflect'), 12.5, 0)).toEqual(at(linear('pad'), 7.5, 0));
    expect(at({ kind: 'linear', values: [0, 0, 10, 0, 5, 5], stops, extend: 'pad' }, 5, 5)).toEqual([1, 0, 0, 1]); // On the line to the third point.
  });

  test('between circles and around a centre', () => {
    const round: Paint = { kind: 'radial', values: [0, 0, 0, 0, 0, 10], stops, extend: 'pad' };
    expect([at(round, 0, 0), at(round, 3, 4), at(round, 0, 20)]).toEqual([[1, 0, 0, 1], [0.5, 0, 0.5, 1], [0, 0, 1, 1]]);
    const cone: Paint = { kind: 'radial', values: [0, 0, 1, 10, 0, 1], stops, extend: 'pad' };
    expect(at(cone, 5, 9)).toEqual([0, 0, 0, 0]); // Outside the band both circles leave.
    const sweep: Paint = { kind: 'sweep', values: [0, 0, 0, Math.PI], stops, extend: 'pad' };
    expect([at(sweep, 1, 0), at(sweep, 0, 1), at(sweep, -1, 0.0001)]).toEqual([[1, 0, 0, 1], [0.5, 0, 0.5, 1], [0, 0, 1, 1]]);
  });
});

test('surfaces are merged as their modes say', () => {
  const merged = (source: number[], beneath: number[], mode: number): number[] => {
    const [into, from] = [createSurface({ x: 0, y: 0, width: 1, height: 1 }), createSurface({ x: 0, y: 0, width: 1, height: 1 })];
    into.data.set(beneath);
    from.data.set(source);
    mergeSurfaces(into, from, mode);
    return [...into.data].map((value) => Math.round(value * 100) / 100);
  };
  const [red, half] = [[1, 0, 0, 1], [0, 0.25, 0, 0.5]];
  expect(merged(half, red, 3)).toEqual([0.5, 0.25, 0, 1]); // Over.
  expect(merged(red, half, 5)).toEqual([0.5, 0, 0, 0.5]); // In.
  expect(merged(half, red, 8)).toEqual([0.5, 0, 0, 0.5]); // The destination, out.
  expect(merged(half, red, 12)).toEqual([1, 0.25, 0, 1]); // Plus.
  expect(merged([0.5, 0.5, 0.5, 1], [0.5, 1, 0, 1], 23)).toEqual([0.25, 0.5, 0, 1]); // Multiply.
  expect(merged(red, half, 99)).toEqual(red); // Unknown: over.
});

// What a painting's light and dark and its colours ask of pictures in its style.
import { expect, it } from 'vitest';
import { chromaNames } from '../../../../src-main/engine/losses/chroma.ts';
import type { Picture } from '../../../../src-main/engine/training/augment.ts';
import { targetChroma, targetTone } from '../../../../src-main/engine/training/colour-targets.ts';

type Rgb = readonly [number, number, number];

/** 16 × 16 px, the left half of one colour, the right of another, each in [0,255]. */
function halves(left: Rgb, right: Rgb): Picture {
  const data = new Uint8Array(Array.from({ length: 256 }, (_, at) => [...(at % 16 < 8 ? left : right)]).flat());
  return { width: 16, height: 16, channels: 3, depth: 8, data } as Picture;
}

it('asks for a tone between the painting’s and a lively photograph’s, within limits at both ends', () => {
  const [flat, stark, even] = [halves([120, 120, 120], [124, 124, 124]), halves([0, 0, 0], [255, 255, 255]), halves([77, 77, 77], [179, 179, 179])];
  expect(targetTone([flat])).toBeCloseTo(0.16, 3);
  expect(targetTone([stark])).toBeCloseTo(0.27, 3);
  expect(targetTone([even])).toBeCloseTo((0.2 + 0.24) / 2, 2);
});

const pairOf = (paintings: readonly Picture[], name: keyof typeof chromaNames): number[] => [...(targetChroma(paintings)[chromaNames[name]].data as Float32Array)];

it('asks for the painting’s own spread of chroma about its palette, and never for none, since a loss divides by it', () => {
  const [blueness, redness] = pairOf([halves([204, 51, 51], [51, 51, 204])], 'power');
  expect(Math.sqrt(blueness)).toBeCloseTo(0.3 * (0.9278 + 0.2126), 2);
  expect(Math.sqrt(redness)).toBeCloseTo(0.3 * (0.7874 + 0.0722), 2);
  const drawing = [halves([10, 10, 10], [240, 240, 240])];
  expect(Math.min(...pairOf(drawing, 'power'), ...pairOf(drawing, 'deviation'))).toBeGreaterThan(0);
});

it('counts as palette what goes with light and dark, and as deviation only what lies beside it', () => {
  const nightAndStraw = [halves([25, 38, 102], [230, 217, 128])];
  const [blueness] = pairOf(nightAndStraw, 'deviation');
  expect(blueness).toBeLessThan(0.15 * Math.sqrt(pairOf(nightAndStraw, 'power')[0]));
  expect(pairOf(nightAndStraw, 'floor')[0]).toBeGreaterThan(0.1);
});

it('takes all paintings of a set together', () => {
  const [grey, colourful] = [halves([50, 50, 50], [200, 200, 200]), halves([204, 51, 51], [51, 51, 204])];
  const [alone] = pairOf([colourful], 'power');
  const [both] = pairOf([grey, colourful], 'power');
  expect(both).toBeLessThan(0.7 * alone);
  expect(both).toBeGreaterThan(0.3 * alone);
});

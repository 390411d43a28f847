// The teacher's first look at a painting: what lies round it is found to the pixel, and a bare painting is left alone.
import { describe, expect, it } from 'vitest';
import type { Region } from '../../../../../src-main/contract/image.ts';
import { surveyPainting } from '../../../../../src-main/engine/image/survey/survey-painting.ts';
import { noiseAt } from '../../../../support/pictures.ts';
import { filledPicture, paintedPicture, surrounded, written, type Surround } from '../../../../support/painted-picture.ts';

const seeds = [1, 2, 3];
const grain = (x: number, y: number): number => 8 * (noiseAt(x, y, 9) - 0.5);
const even = (depth: number, rgb: readonly [number, number, number]): Surround => ({
  top: depth, bottom: depth, left: depth, right: depth,
  colour: ({ x, y }) => [rgb[0] + grain(x, y), rgb[1] + grain(x, y), rgb[2] + grain(x, y)],
});
/** Five mouldings, lit from above. */
const moulded = (depth: number): Surround => ({
  ...even(depth, [0, 0, 0]),
  colour: ({ x, y, depth: at, side }) => {
    const light = [0.6, 0.9, 1.1, 0.8, 0.5, 0.5][Math.floor(5 * at)]! * [1.2, 0.7, 1.1, 0.85][side]!;
    return [120 * light + grain(x, y), 80 * light + grain(x, y), 45 * light + grain(x, y)];
  },
});
const wall = (depth: number): Surround => ({
  ...even(depth, [0, 0, 0]),
  colour: ({ x, y }) => [205 - x / 9 - y / 12 + grain(x, y), 195 - x / 9 - y / 12 + grain(x, y), 180 - x / 9 - y / 12 + grain(x, y)],
});

function worstSide(crop: Region | undefined, place: Region, long: number): number {
  if (!crop) return Infinity;
  const ends = (region: Region): number[] => [region.x, region.y, region.x + region.width, region.y + region.height];
  return Math.max(...ends(crop).map((end, i) => Math.abs(end - ends(place)[i]!))) / long;
}

describe('a painting', () => {
  it.each(seeds)('with nothing round it has nothing to say against it (%i)', (seed) => {
    expect(surveyPainting(paintedPicture(400, 300, seed))).toEqual({ findings: [] });
  });

  it.each([
    ['a white rim', even(16, [244, 242, 238])],
    ['a dark frame', even(30, [28, 22, 18])],
    ['a wide mat', even(45, [226, 220, 205])],
    ['a moulded frame', moulded(40)],
    ['a wall that is lit unevenly', wall(40)],
  ] as const)('is found within %s', (_, around) => {
    for (const seed of seeds) {
      const { picture, place } = surrounded(paintedPicture(400, 300, seed), around);
      const { findings, crop } = surveyPainting(picture);
      expect(findings).toEqual(['framed']);
      expect(worstSide(crop, place, picture.width)).toBeLessThan(0.02);
    }
  });

  it('is found within a mat, within a frame, on a wall', () => {
    const mat = surrounded(paintedPicture(400, 300, 2), even(24, [235, 231, 220]));
    const frame = surrounded(mat.picture, moulded(20));
    const all = surrounded(frame.picture, wall(24));
    const place = { ...mat.place, x: 68, y: 68 };
    expect(worstSide(surveyPainting(all.picture).crop, place, all.picture.width)).toBeLessThan(0.02);
  });

  it('is found above a caption', () => {
    const { picture, place } = surrounded(paintedPicture(400, 300, 3), { ...even(20, [246, 245, 242]), bottom: 52 });
    const captioned = written(picture, { x: 140, y: picture.height - 30, width: 160, height: 9 });
    expect(worstSide(surveyPainting(captioned).crop, place, picture.width)).toBeLessThan(0.02);
  });

  it('keeps a strip of even sky, and a dark ground that only its figure touches', () => {
    const sky = paintedPicture(400, 300, 1);
    const skyed = filledPicture(400, 300, (x, y) => (y < 60 + 0.1 * x ? [200, 215, 235] : [sky.data[3 * (400 * y + x)]!, sky.data[3 * (400 * y + x) + 1]!, sky.data[3 * (400 * y + x) + 2]!]));
    const figure = filledPicture(300, 400, (x, y) => (((x - 150) / 80) ** 2 + ((y - 230) / 150) ** 2 < 1 ? [190 - y / 4, 150 + grain(x, y), 110] : [12, 12, 16]));
    for (const picture of [skyed, figure]) expect(surveyPainting(picture).findings).not.toContain('framed');
  });

  it('may be signed in a calm corner, and is proposed without it', () => {
    const calm = filledPicture(500, 400, (x, y) => (y > 320 ? [180 + grain(x, y), 160 + grain(x, y), 120 + grain(x, y)] : [90 + x / 8 + 4 * grain(x, y), 120 - y / 8, 150 - x / 6]));
    expect(surveyPainting(calm).findings).toEqual([]);
    const { findings, crop } = surveyPainting(written(calm, { x: 420, y: 372, width: 66, height: 14 }));
    expect(findings).toEqual(['mark-bottom-right']);
    expect(crop).toMatchObject({ x: 0, y: 0 });
    expect(crop!.y + crop!.height).toBeLessThanOrEqual(374);
  });

  it('that is a small part of its picture gets no proposal', () => {
    const { crop } = surveyPainting(surrounded(paintedPicture(90, 60, 1), even(150, [240, 240, 240])).picture);
    expect(crop).toBeUndefined();
  });

  it('of one texture is told from one with a composition', () => {
    const weave = filledPicture(400, 300, (x, y) => [150 + 60 * Math.sin(x / 2) * Math.sin(y / 2) + 6 * grain(x, y), 120 + 40 * Math.sin(x / 2), 90 + 5 * grain(x, y)]);
    expect(surveyPainting(weave).findings).toContain('one-texture');
  });

  it('that is blurred is told', () => {
    expect(surveyPainting(blurred(paintedPicture(400, 300, 1), 4)).findings).toEqual(['blurred']);
  });

  it('is cropped in px of the file it came from', () => {
    const { picture, place } = surrounded(paintedPicture(400, 300, 1), even(40, [240, 238, 230]));
    const { crop } = surveyPainting(picture, { width: 4 * picture.width, height: 4 * picture.height });
    const large = { x: 4 * place.x, y: 4 * place.y, width: 4 * place.width, height: 4 * place.height };
    expect(worstSide(crop, large, 4 * picture.width)).toBeLessThan(0.02);
  });
});

/** Twice a box of 2·radius+1. */
function blurred(picture: ReturnType<typeof paintedPicture>, radius: number): ReturnType<typeof paintedPicture> {
  const { width, height } = picture;
  let { data } = picture;
  for (const step of [3, 3 * width, 3, 3 * width]) {
    const from = data;
    data = Uint8Array.from(from, (_, i) => {
      let [sum, count] = [0, 0];
      for (let k = -radius; k <= radius; k++) {
        const value = from[i + k * step];
        if (value !== undefined) [sum, count] = [sum + value, count + 1];
      }
      return sum / count;
    });
  }
  return { ...picture, width, height, data };
}

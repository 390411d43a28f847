// Masses of a picture: how light its parts are, and which way marks turn along their borders.
import { describe, expect, it } from 'vitest';
import { massesOf, massReader } from '../../../../src-main/engine/image/masses.ts';
import type { Tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import { pictureOf } from '../../../support/pictures.ts';

const grey = (value: number): [number, number, number] => [value, value, value];
/** Dark above a line through the middle that rises by this angle in rad, light below it. */
const halves = (width: number, height: number, angle: number): Tensor =>
  pictureOf(width, height, (x, y) => grey((y - height / 2) * Math.cos(angle) > (x - width / 2) * Math.sin(angle) ? 0.8 : 0.2));
/** Angles as axes: the least turn between them. */
const turn = (one: number, other: number): number => Math.abs(((((one - other) % Math.PI) + 1.5 * Math.PI) % Math.PI) - Math.PI / 2);

describe('masses', () => {
  it('are as light as the parts of the picture are, at whatever size they are read', () => {
    const masses = massesOf(halves(600, 400, 0));
    expect(masses.shape).toEqual([1, 1, 85, 128]);
    for (const frame of [{ width: 600, height: 400 }, { width: 1500, height: 1000 }]) {
      const { lumaAt } = massReader(masses, frame);
      expect(lumaAt(frame.width / 2, frame.height / 4)).toBeCloseTo(0.2, 5);
      expect(lumaAt(frame.width / 2, (3 * frame.height) / 4)).toBeCloseTo(0.8, 5);
      expect(lumaAt(-9, 5 * frame.height)).toBeCloseTo(0.8, 5); // past the edges as at them
    }
  });

  it('are found of a picture of one pixel, and of one smaller than their map', () => {
    expect(massesOf(pictureOf(1, 1, () => grey(0.4))).data[0]).toBeCloseTo(0.4, 6);
    expect(massesOf(halves(40, 20, 0)).shape).toEqual([1, 1, 20, 40]);
  });

  it.each([0, 0.6, 1.2, -0.9])('turn a mark along a border at %f rad, whichever way it lay', (angle) => {
    const { alongForms } = massReader(massesOf(halves(400, 400, angle)), { width: 400, height: 400 });
    for (const lay of [0, 0.8, 1.5, 2.4]) expect(turn(alongForms(lay, 200, 200), angle)).toBeLessThan(0.12);
  });

  it('leave a mark as it lay where nothing stands out', () => {
    const { alongForms } = massReader(massesOf(halves(400, 400, 0.5)), { width: 400, height: 400 });
    for (const lay of [0.3, 1.4, -0.7]) expect(turn(alongForms(lay, 40, 380), lay)).toBeLessThan(1e-6);
  });
});

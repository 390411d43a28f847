// Looking at compared pictures: view, meters in words, what can be compared.
import { expect, test } from 'vitest';
import { meterNames, meterNumber, meterShare, meterWords } from '../../../../src-renderer/compare/compare-meters.ts';
import { followsDocument, sourceKey } from '../../../../src-renderer/compare/compare-sources.ts';
import { fitView, keptInSight, panBy, pictureAt, zoomAt } from '../../../../src-renderer/compare/compare-view.ts';
import { compare } from '../../../../src-renderer/locales/en/compare.ts';

const screen = { width: 1000, height: 600 };
const picture = { width: 400, height: 300 };

test('a picture that fits stands in the middle, whole', () => {
  const view = fitView(screen, picture);
  const [from, to] = [pictureAt(view, { x: 0, y: 0 }), pictureAt(view, { x: 1000, y: 600 })];
  expect(from.x).toBeLessThan(0);
  expect(from.y).toBeLessThan(0);
  expect(to.x - picture.width).toBeCloseTo(-from.x, 9);
  expect(to.y - picture.height).toBeCloseTo(-from.y, 9);
});

test('a picture that is moved away stays in sight by an edge, a small one wholly', () => {
  const view = fitView(screen, picture);
  expect(keptInSight(panBy(view, 30, -20), screen, picture)).toEqual(panBy(view, 30, -20));
  expect(keptInSight(panBy(view, 5000, 0), screen, picture).x).toBe(1000 - 64);
  expect(keptInSight(panBy(view, -5000, 0), screen, picture).x).toBeCloseTo(64 - 400 * view.scale, 9);
  expect(keptInSight({ scale: 0.1, x: -90, y: 900 }, screen, picture)).toEqual({ scale: 0.1, x: 0, y: 570 });
});

test('zooming keeps what lies beneath the cursor', () => {
  let view = fitView(screen, picture);
  const cursor = { x: 137, y: 411 };
  const beneath = pictureAt(view, cursor);
  for (const factor of [2, 3, 0.1, 1e6, 1e-9]) {
    view = zoomAt(view, factor, cursor);
    expect(pictureAt(view, cursor).x).toBeCloseTo(beneath.x, 6);
    expect(pictureAt(view, cursor).y).toBeCloseTo(beneath.y, 6);
  }
  expect(view.scale).toBeGreaterThan(0);
});

test('panning moves the picture with the hand', () => {
  const view = panBy({ scale: 2, x: 10, y: 20 }, 30, -5);
  expect(pictureAt(view, { x: 40, y: 15 })).toEqual({ x: 0, y: 0 });
});

test('every value of a meter has words, from the best to the worst', () => {
  for (const name of meterNames) {
    const values = name === 'colourShift' ? [0, 5, 15, 80] : [1, 0.7, 0.45, 0];
    const said = values.map((value) => meterWords(name, value));
    expect(new Set(said).size, name).toBeGreaterThan(2);
    for (const words of said) expect(compare.words).toHaveProperty(words ?? 'nothing');
    expect(meterWords(name, undefined)).toBeUndefined();
  }
  expect(meterShare('colourShift', 400)).toBe(1);
  expect(meterNumber('contentKept', 0.824)).toBe('82 %');
});

test('sources are told apart, and only those of the present picture follow it', () => {
  const sources = [{ kind: 'present' }, { kind: 'without', layer: 'a' }, { kind: 'only', layer: 'a' }, { kind: 'state', entry: 'a' }, { kind: 'picture', picture: 'a', title: 'a' }] as const;
  expect(new Set(sources.map(sourceKey)).size).toBe(sources.length);
  expect(sources.map(followsDocument)).toEqual([true, true, true, false, false]);
});

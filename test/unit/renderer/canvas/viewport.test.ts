// The ways between document and screen: there and back, zooming to the cursor, turning, fitting.
import { expect, test } from 'vitest';
import { fitted, nextZoom, panned, rotatedTo, toDocument, toScreen, visibleRegion, zoomedTo, type View } from '../../../../src-renderer/canvas/viewport.ts';
import { toTwoFingers } from '../../../../src-renderer/canvas/two-fingers.ts';

const screen = { width: 800, height: 600 };
const view: View = { x: 300, y: 200, zoom: 1.7, rotation: 0.6 };
const at = { x: 123, y: 456 };

test('a point of the document goes to the screen and back', () => {
  const back = toDocument(view, screen, toScreen(view, screen, at));
  expect(back.x).toBeCloseTo(at.x, 9);
  expect(back.y).toBeCloseTo(at.y, 9);
});

test('zooming and turning leave the point beneath the cursor where it is', () => {
  const beneath = toDocument(view, screen, at);
  for (const next of [zoomedTo(view, screen, 5, at), rotatedTo(view, screen, 2, at)]) {
    expect(toScreen(next, screen, beneath).x).toBeCloseTo(at.x, 6);
    expect(toScreen(next, screen, beneath).y).toBeCloseTo(at.y, 6);
  }
});

test('zoom stays within its bounds and a full turn is none', () => {
  expect(zoomedTo(view, screen, 1e6, at).zoom).toBe(64);
  expect(zoomedTo(view, screen, 0, at).zoom).toBe(1 / 128);
  expect(rotatedTo(view, screen, 2 * Math.PI, at).rotation).toBe(0);
});

test('panning moves the picture with the hand, turned or not', () => {
  const before = toScreen(view, screen, { x: 0, y: 0 });
  const after = toScreen(panned(view, 10, -4), screen, { x: 0, y: 0 });
  expect(after.x - before.x).toBeCloseTo(10, 6);
  expect(after.y - before.y).toBeCloseTo(-4, 6);
});

test('keys walk the steps of zoom and stop at their ends', () => {
  expect(nextZoom(1, 1)).toBe(1.5);
  expect(nextZoom(1.2, -1)).toBe(1);
  expect(nextZoom(64, 1)).toBe(64);
});

test('a fitted document is in the middle, whole, and above 1:1 only where it is tiny', () => {
  const large = fitted({ width: 4000, height: 1000 }, screen, 20);
  expect(large.zoom).toBeCloseTo(760 / 4000, 9);
  expect(toScreen(large, screen, { x: 0, y: 500 }).x).toBeCloseTo(20, 6);
  expect(fitted({ width: 200, height: 150 }, screen, 20).zoom).toBe(1);
  expect(fitted({ width: 128, height: 64 }, screen, 20).zoom).toBe(5);
  expect(fitted({ width: 12, height: 9 }, screen, 20).zoom).toBe(32);
  expect(fitted({ width: 100, height: 100 }, { width: 90, height: 90 }, 20).zoom).toBe(0.5);
});

test('the visible region of a turned view holds all four corners', () => {
  const region = visibleRegion(view, screen);
  for (const corner of [{ x: 0, y: 0 }, { x: 800, y: 600 }]) {
    const { x, y } = toDocument(view, screen, corner);
    expect(x).toBeGreaterThanOrEqual(region.x);
    expect(y).toBeLessThanOrEqual(region.y + region.height);
  }
});

test('two fingers hold what lies beneath them; small turns are not meant', () => {
  const upright = { ...view, rotation: 0 };
  const fingers = toTwoFingers(upright, screen, [{ x: 100, y: 100 }, { x: 300, y: 100 }]);
  const held = toDocument(upright, screen, { x: 200, y: 100 });
  const spread = fingers.viewFor([{ x: 50, y: 120 }, { x: 450, y: 125 }]);
  expect(spread.zoom).toBeCloseTo(1.7 * 2, 2);
  expect(spread.rotation).toBe(0);
  expect(toScreen(spread, screen, held).x).toBeCloseTo(250, 6);
  expect(fingers.viewFor([{ x: 200, y: 0 }, { x: 200, y: 200 }]).rotation).toBeCloseTo(Math.PI / 2, 6);
});

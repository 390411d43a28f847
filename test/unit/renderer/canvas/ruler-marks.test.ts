// Marks of a ruler: far enough apart, where they belong, in px and mm, however the view is zoomed and turned.
import { expect, test } from 'vitest';
import { labelStep, rulerAxes, rulerMarks, type RulerMark } from '../../../../src-renderer/canvas/ruler-marks.ts';
import { toDocument, toScreen, type Point, type View } from '../../../../src-renderer/canvas/viewport.ts';

const screen = { width: 900, height: 700 };
const degrees = Math.PI / 180;
const labelled = (marks: readonly RulerMark[]): RulerMark[] => marks.filter(({ label }) => label !== undefined);

function rulers(view: View, ratio = 1) {
  const { across, down } = rulerAxes(view, screen, ratio);
  return { across: labelled(rulerMarks(across, screen.width / ratio, 1)), down: labelled(rulerMarks(down, screen.height / ratio, 1)) };
}

test('labels stand apart by 1, 2, 5 or 10 units', () => {
  expect([0.1, 0.5, 1, 5, 30, 60].map(labelStep)).toEqual([1000, 200, 100, 20, 2, 1]);
});

test('a mark stands where its number is', () => {
  const marks = labelled(rulerMarks({ start: -50, scale: 2 }, 800, 1));
  expect(marks.find(({ label }) => label === 0)?.at).toBe(100);
  expect(marks.find(({ label }) => label === 100)?.at).toBe(300);
});

test('millimetres follow from the dpi', () => {
  const marks = rulerMarks({ start: 0, scale: 1 }, 500, 300 / 25.4);
  expect(marks.find(({ label }) => label === 10)?.at).toBe(Math.round((10 * 300) / 25.4));
});

test.each([[0, 1], [0, 0.3], [90, 1], [180, 2.5], [270, 0.7]])('turned by %d° at zoom %d every number is the document’s own x or y', (turn, zoom) => {
  const view: View = { x: 310, y: 145, zoom, rotation: turn * degrees };
  const { across, down } = rulers(view, 2);
  expect(Math.min(across.length, down.length)).toBeGreaterThan(2);
  const own = ({ x, y }: Point, isAcross: boolean): number => (isAcross === (turn % 180 === 0) ? x : y);
  for (const { at, label } of across) expect(Math.abs(own(toDocument(view, screen, { x: at * 2, y: 0 }), true) - label!)).toBeLessThanOrEqual(1 / zoom + 1e-6);
  for (const { at, label } of down) expect(Math.abs(own(toDocument(view, screen, { x: 0, y: at * 2 }), false) - label!)).toBeLessThanOrEqual(1 / zoom + 1e-6);
});

test.each([17, 44, 46, 130, 200, 310])('turned by %d° they measure along the window from the document’s corner', (turn) => {
  const view: View = { x: 310, y: 145, zoom: 1.6, rotation: turn * degrees };
  const corner = toScreen(view, screen, { x: 0, y: 0 });
  const { across, down } = rulers(view);
  for (const [marks, from] of [[across, corner.x], [down, corner.y]] as const) {
    expect(marks.length).toBeGreaterThan(4);
    for (const { at, label } of marks) expect(Math.abs(Math.abs(at - from) - Math.abs(label!) * 1.6)).toBeLessThanOrEqual(0.51);
    expect(marks.every(({ at }, i) => i === 0 || at > marks[i - 1]!.at)).toBe(true);
    expect(new Set(marks.map(({ label }) => label)).size).toBe(marks.length);
  }
});

test('numbers grow towards the document’s far side, on whichever axis lies nearer', () => {
  const grows = (turn: number): number[] => Object.values(rulers({ x: 0, y: 0, zoom: 1, rotation: turn * degrees })).map(([first, second]) => Math.sign(second!.label! - first!.label!));
  expect([0, 30, 60, 90, 120, 150, 180, 240, 300, 330].map(grows)).toEqual([[1, 1], [1, 1], [-1, 1], [-1, 1], [-1, 1], [-1, -1], [-1, -1], [1, -1], [1, -1], [1, 1]]);
});

// Tools that paint, as gestures: where they paint, what they say when they cannot.
import { expect, test } from 'vitest';
import type { Layer } from '../../../../../src-main/contract/document.ts';
import { noKeys, type ToolId } from '../../../../../src-renderer/canvas/tool.ts';
import { toolOf } from '../../../../../src-renderer/canvas/tools/index.ts';
import { dragThrough, penAt, scriptedStage } from '../../../../support/scripted-stage.ts';

const paint = { layer: 'paint', part: 'pixels' };

function started(id: ToolId) {
  const stage = scriptedStage();
  return { stage, session: toolOf(id).start(stage) };
}

test('a brush stroke begins, follows every point of the pen, and lifts', () => {
  const { stage, session } = started('brush');
  dragThrough(session, [[1, 2], [3, 4], [5, 6]]);
  expect(stage.done).toEqual([['stroke', 'paint', paint, 'canvas.paint'], ['points', [[1, 2]]], ['points', [[3, 4]]], ['points', [[5, 6]]], ['lift']]);
});

test('Escape abandons the stroke, and what the pen does until it is lifted is nothing', () => {
  const { stage, session } = started('eraser');
  session.press(penAt(0, 0), noKeys);
  session.abandon();
  session.drag([penAt(5, 5)], noKeys);
  session.release(penAt(5, 5), noKeys);
  expect(stage.done.map(([what]) => what)).toEqual(['stroke', 'points', 'abandon']);
});

test('another tool chosen while the pen is down ends the stroke', () => {
  const { stage, session } = started('brush');
  session.press(penAt(0, 0), noKeys);
  session.leave?.();
  expect(stage.done.at(-1)).toEqual(['lift']);
});

test('with shift a straight line leads from where the last stroke ended', () => {
  const { stage, session } = started('brush');
  dragThrough(session, [[0, 0], [10, 0]]);
  session.press(penAt(10, 40), { ...noKeys, shift: true });
  const [, points] = stage.done.at(-1) as [string, [number, number][]];
  expect(points[0]).toEqual([10, 0]);
  expect(points.at(-1)).toEqual([10, 40]);
  expect(points.length).toBeGreaterThan(5);
});

test.each([
  ['locked', { locked: true }],
  ['hidden', { visible: false }],
])('a %s layer is not painted on, and that is said', (hint, changes) => {
  const { stage, session } = started('brush');
  stage.layers['paint'] = { ...stage.layers['paint'], ...changes } as Layer;
  dragThrough(session, [[0, 0], [9, 9]]);
  expect(stage.done).toEqual([['hint', hint]]);
});

test('a layer without paint of its own gets a layer of paint beside it for the brush, none for the eraser, and is painted on its mask', () => {
  const { stage, session } = started('brush');
  const { pixels: _, ...envelope } = stage.layers['paint'] as Extract<Layer, { kind: 'raster' }>;
  stage.layers['paint'] = { ...envelope, kind: 'fill', fill: { type: 'solid', colour: [1, 1, 1, 1] } };
  dragThrough(toolOf('eraser').start(stage), [[0, 0]]);
  expect(stage.done).toEqual([['hint', 'notPaintable']]);
  dragThrough(session, [[0, 0]]);
  expect(stage.done.slice(1, 3)).toEqual([['addPaintLayer'], ['stroke', 'paint', { layer: 'added', part: 'pixels' }, 'canvas.paint']]);
  stage.masks = true;
  stage.done.length = 0;
  dragThrough(session, [[0, 0]]);
  expect(stage.done[0]).toEqual(['stroke', 'paint', { layer: 'paint', part: 'mask' }, 'canvas.paintMask']);
});

test('what cannot become see-through is painted, smudged and filled, and not erased, unless its mask is', () => {
  const { stage, session } = started('eraser');
  stage.layers['paint'] = { ...stage.layers['paint'], alphaLocked: true } as Layer;
  dragThrough(session, [[0, 0]]);
  expect(stage.done).toEqual([['hint', 'alphaLocked']]);
  for (const id of ['brush', 'smudge'] as const) dragThrough(toolOf(id).start(stage), [[0, 0]]);
  expect(stage.done.filter(([what]) => what === 'stroke').map(([, effect]) => effect)).toEqual(['paint', 'smudge']);
  stage.masks = true;
  dragThrough(session, [[0, 0]]);
  expect(stage.done.at(-3)).toEqual(['stroke', 'erase', { layer: 'paint', part: 'mask' }, 'canvas.paintMask']);
});

test('the finger smudges paint or a mask, and says what to do where there is no paint', () => {
  const { stage, session } = started('smudge');
  dragThrough(session, [[0, 0]]);
  expect(stage.done[0]).toEqual(['stroke', 'smudge', paint, 'canvas.smudge']);
  stage.masks = true;
  dragThrough(session, [[0, 0]]);
  expect(stage.done.at(-3)).toEqual(['stroke', 'smudge', { layer: 'paint', part: 'mask' }, 'canvas.smudgeMask']);
  stage.masks = false;
  const { pixels: _, ...envelope } = stage.layers['paint'] as Extract<Layer, { kind: 'raster' }>;
  stage.layers['paint'] = { ...envelope, kind: 'fill', fill: { type: 'solid', colour: [1, 1, 1, 1] } };
  dragThrough(session, [[0, 0]]);
  expect(stage.done.at(-1)).toEqual(['hint', 'nothingToSmudge']);
});

test('the style brush paints the glaze or one of its styles, in or out', () => {
  const { stage, session } = started('style-brush');
  dragThrough(session, [[0, 0]]);
  expect(stage.done).toEqual([['hint', 'needsGlaze']]);
  const { pixels: _, ...envelope } = stage.layers['paint'] as Extract<Layer, { kind: 'raster' }>;
  const styles = [{ style: 'a', weight: 1 }, { style: 'b', weight: 1 }];
  stage.layers['paint'] = { ...envelope, kind: 'glaze', statisticsLocked: false, settings: { styles, strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 0 } };
  dragThrough(session, [[0, 0]]);
  expect(stage.done[1]).toEqual(['stroke', 'paint', { layer: 'paint', part: 'mask' }, 'canvas.styleIn']);
  stage.optionsNow = { ...stage.optionsNow, styleBrush: { on: 1, erases: true } };
  dragThrough(session, [[0, 0]]);
  expect(stage.done.at(-3)).toEqual(['stroke', 'erase', { layer: 'paint', part: { style: 1 } }, 'canvas.styleOut']);
});

test('the way of a brush for one style is tinted while the pen is down, since its paint comes later', () => {
  const { stage, session } = started('style-brush');
  const { pixels: _, ...envelope } = stage.layers['paint'] as Extract<Layer, { kind: 'raster' }>;
  const styles = [{ style: 'a', weight: 1 }, { style: 'b', weight: 1 }];
  stage.layers['paint'] = { ...envelope, kind: 'glaze', statisticsLocked: false, settings: { styles, strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 0 } };
  session.press(penAt(1, 2), noKeys);
  expect(stage.shapes).toEqual([]); // The whole glaze is seen to come and go.
  session.release(penAt(1, 2), noKeys);
  stage.optionsNow = { ...stage.optionsNow, styleBrush: { on: 1, erases: true } };
  session.press(penAt(1, 2), noKeys);
  session.drag([penAt(3, 4)], noKeys);
  expect(stage.shapes).toMatchObject([{ kind: 'swath', takes: true, points: [{ x: 1, y: 2 }, { x: 3, y: 4 }] }]);
  session.release(penAt(3, 4), noKeys);
  expect(stage.shapes).toEqual([]);
  session.press(penAt(1, 2), noKeys);
  session.abandon();
  expect(stage.shapes).toEqual([]);
});

test('the eyedropper gives the colour it finds to the brush', async () => {
  const { stage, session } = started('eyedropper');
  stage.answers['pick'] = [0.5, 0.25, 0, 1];
  session.press(penAt(7, 8), noKeys);
  await Promise.resolve();
  expect(stage.done).toEqual([['pick', { at: { x: 7, y: 8 }, radius: 1 }], ['colour', [0.5, 0.25, 0, 1]]]);
});

test('the bucket fills from where it is pressed', () => {
  const { stage, session } = started('fill');
  session.press(penAt(7, 8), noKeys);
  expect(stage.done[0]).toEqual(['flood', expect.objectContaining({ target: paint, at: { x: 7, y: 8 }, contiguous: true, colour: [1, 0, 0, 1] })]);
});

test('a gradient runs along the drag, with shift on eighths of a turn; a click is none', () => {
  const { stage, session } = started('gradient');
  dragThrough(session, [[10, 10], [60, 12]], { shift: true });
  const [, asked] = stage.done[0] as [string, { from: object; to: { x: number; y: number } }];
  expect(asked.from).toEqual({ x: 10, y: 10 });
  expect(asked.to.y).toBeCloseTo(10, 9);
  dragThrough(session, [[10, 10], [10.5, 10]]);
  expect(stage.done).toHaveLength(1);
  expect(stage.shapes).toEqual([]);
});

test('the hand moves the view by what the pen has moved', () => {
  const { stage, session } = started('hand');
  dragThrough(session, [[10, 10], [25, 6]]);
  expect(stage.done).toEqual([['pan', 15, -4]]);
});

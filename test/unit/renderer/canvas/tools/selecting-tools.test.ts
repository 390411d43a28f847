// Tools that select, as gestures: figures, modes, clicks.
import { expect, test } from 'vitest';
import { noKeys, type ToolId } from '../../../../../src-renderer/canvas/tool.ts';
import { toolOf } from '../../../../../src-renderer/canvas/tools/index.ts';
import { dragThrough, penAt, scriptedStage } from '../../../../support/scripted-stage.ts';

function started(id: ToolId) {
  const stage = scriptedStage();
  return { stage, session: toolOf(id).start(stage) };
}

test('a dragged rectangle stands on whole px, whichever way it was dragged', () => {
  const { stage, session } = started('select-rectangle');
  dragThrough(session, [[50.2, 40.4], [30, 20], [10.4, 8.6]]);
  expect(stage.done).toEqual([['select', { shape: { kind: 'rectangle', region: { x: 10, y: 9, width: 40, height: 32 } }, mode: 'replace', feather: 0 }]]);
  expect(stage.shapes).toEqual([]);
});

test.each([
  [{ shift: true }, 'add'],
  [{ alt: true }, 'subtract'],
  [{ shift: true, alt: true }, 'intersect'],
])('keys %o at the press mean %s', (keys, mode) => {
  const { stage, session } = started('select-ellipse');
  dragThrough(session, [[0, 0], [30, 20]], keys);
  expect(stage.done[0]).toEqual(['select', expect.objectContaining({ mode })]);
});

test('shift pressed later makes a square', () => {
  const { stage, session } = started('select-rectangle');
  session.press(penAt(0, 0), noKeys);
  session.drag([penAt(30, 10)], { ...noKeys, shift: true });
  session.release(penAt(30, 10), { ...noKeys, shift: true });
  expect(stage.done[0]).toEqual(['select', expect.objectContaining({ shape: { kind: 'rectangle', region: { x: 0, y: 0, width: 30, height: 30 } } })]);
});

test('a click selects nothing, but leaves alone what is added to', () => {
  const { stage, session } = started('lasso');
  dragThrough(session, [[5, 5], [6, 5]], { shift: true });
  expect(stage.done).toEqual([]);
  dragThrough(session, [[5, 5], [6, 5]]);
  expect(stage.done).toEqual([['select', { shape: { kind: 'none' }, mode: 'replace', feather: 0 }]]);
});

test('the lasso selects what its line goes around; Escape drops it', () => {
  const { stage, session } = started('lasso');
  dragThrough(session, [[0, 0], [30, 0], [30, 30]]);
  expect(stage.done[0]).toEqual(['select', expect.objectContaining({ shape: { kind: 'lasso', points: [{ x: 0, y: 0 }, { x: 30, y: 0 }, { x: 30, y: 30 }] } })]);
  session.press(penAt(0, 0), noKeys);
  session.drag([penAt(50, 50)], noKeys);
  expect(stage.shapes).toHaveLength(1);
  session.abandon();
  session.release(penAt(50, 50), noKeys);
  expect(stage.done).toHaveLength(1);
  expect(stage.shapes).toEqual([]);
});

test('the wand looks at the layer, or at the whole picture', () => {
  const { stage, session } = started('wand');
  session.press(penAt(3, 4), noKeys);
  expect(stage.done[0]).toEqual(['select', expect.objectContaining({ layer: 'paint', shape: { kind: 'wand', at: { x: 3, y: 4 }, tolerance: 0.1, contiguous: true } })]);
  stage.optionsNow = { ...stage.optionsNow, wholePicture: true };
  session.press(penAt(3, 4), noKeys);
  expect(stage.done[1]?.[1]).not.toHaveProperty('layer');
});

// The text tool: clicks, drags and what they open.
import { expect, test, vi } from 'vitest';
import { text } from '../../../../../src-renderer/canvas/tools/text/text.ts';
import { dragThrough, scriptedStage, type ScriptedStage } from '../../../../support/scripted-stage.ts';

const words = { id: 'words', name: 'V', visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false, kind: 'text' as const, text: 'V', font: 'Inter', sizePx: 20, colour: [0, 0, 0, 1] as [number, number, number, number], align: 'left' as const, lineHeight: 1, at: [0, 0] as [number, number], pixels: { x: 0, y: 0, depth: 8 as const, tiles: {} } };

function withText(): ScriptedStage {
  const stage = scriptedStage();
  stage.layers['words'] = words;
  stage.layers['root'] = { ...stage.layers['root']!, kind: 'group', children: ['paint', 'words'] };
  return stage;
}
const opened = (stage: ScriptedStage) => stage.done.filter(([what]) => what === 'writeText' || what === 'editText');

test('a click on nothing opens new text there, on whole px', async () => {
  const stage = scriptedStage();
  dragThrough(text.start(stage), [[33.4, 80.6]]);
  await vi.waitFor(() => expect(opened(stage)).toEqual([['writeText', { x: 33, y: 81 }]]));
});

test('a click on text opens it; one beside it does not', async () => {
  const stage = withText();
  dragThrough(text.start(stage), [[50, 40]]);
  await vi.waitFor(() => expect(opened(stage)).toEqual([['editText', 'words']]));
  dragThrough(text.start(stage), [[200, 40]]);
  await vi.waitFor(() => expect(opened(stage)).toHaveLength(2));
  expect(opened(stage)[1]?.[0]).toBe('writeText');
});

test('locked text is not opened', async () => {
  const stage = withText();
  stage.layers['words'] = { ...words, locked: true };
  dragThrough(text.start(stage), [[50, 40]]);
  await vi.waitFor(() => expect(opened(stage)[0]?.[0]).toBe('writeText'));
});

test('a drag gives the box of the lines', () => {
  const stage = scriptedStage();
  dragThrough(text.start(stage), [[100, 50], [60, 90], [20, 120]]);
  expect(opened(stage)).toEqual([['writeText', { x: 20, y: 50, width: 80, height: 70 }]]);
  expect(stage.shapes).toEqual([]);
});

test('Enter opens the active text, another tool ends it', () => {
  const stage = withText();
  stage.chosenIds = ['words'];
  const session = text.start(stage);
  expect(session.key?.('Enter', { shift: false, alt: false, ctrl: false })).toBe(true);
  expect(session.key?.('a', { shift: false, alt: false, ctrl: false })).toBe(false);
  session.leave?.();
  expect(stage.done).toEqual([['editText', 'words'], ['finishText']]);
});

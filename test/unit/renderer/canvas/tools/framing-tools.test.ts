// Moving, transforming and cropping, as gestures.
import { expect, test } from 'vitest';
import { noKeys } from '../../../../../src-renderer/canvas/tool.ts';
import { toolOf } from '../../../../../src-renderer/canvas/tools/index.ts';
import { dragThrough, penAt, scriptedStage } from '../../../../support/scripted-stage.ts';

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

async function moving() {
  const stage = scriptedStage();
  const session = toolOf('move').start(stage);
  await rest();
  stage.done.length = 0;
  return { stage, session };
}

test('dragging the layer moves it by whole px, at once and without new pixels', async () => {
  const { stage, session } = await moving();
  dragThrough(session, [[50, 40], [57.4, 44.6]]);
  await rest();
  expect(stage.commits).toHaveLength(1);
  expect(stage.commits[0]).toMatchObject({ key: 'canvas.move', changes: [{ path: ['layers', 'paint', 'pixels', 'x'], after: 7 }, { path: ['layers', 'paint', 'pixels', 'y'], after: 5 }] });
  expect(stage.done.some(([what]) => what === 'transform')).toBe(false);
  expect(stage.done.filter(([what]) => what === 'preview').at(-1)).toEqual(['preview', ['paint'], null]);
});

test('arrows move by one px, with shift by ten', async () => {
  const { stage, session } = await moving();
  expect(session.key?.('ArrowRight', noKeys)).toBe(true);
  await rest();
  expect(session.key?.('ArrowUp', { ...noKeys, shift: true })).toBe(true);
  await rest();
  expect(stage.commits.map(({ changes }) => changes.map(({ after }) => after))).toEqual([[1], [-10]]);
});

test('an arrow or a number that follows at once, before the layer has been measured anew, counts', async () => {
  const { stage, session } = await moving();
  expect(session.key?.('ArrowRight', noKeys)).toBe(true);
  expect(session.key?.('ArrowRight', noKeys)).toBe(true);
  session.setFrame?.({ angle: 90 });
  await rest();
  expect(stage.commits.map(({ changes }) => changes.map(({ after }) => after))).toHaveLength(2);
  expect(stage.frame).toMatchObject({ angle: 90, pending: true });
  expect(stage.done.filter(([what]) => what === 'preview').at(-1)?.[2]).not.toBeNull();
});

test('scaling waits for Enter, and Escape leaves the layer as it was', async () => {
  const { stage, session } = await moving();
  dragThrough(session, [[110, 70], [210, 120]]);
  await rest();
  expect(stage.frame).toMatchObject({ pending: true, width: 200, height: 100 });
  expect(stage.commits).toEqual([]);
  expect(session.key?.('Escape', noKeys)).toBe(true);
  expect(stage.frame).toMatchObject({ pending: false, width: 100 });
  dragThrough(session, [[110, 70], [210, 120]]);
  session.key?.('Enter', noKeys);
  await rest();
  expect(stage.done.find(([what]) => what === 'transform')).toEqual(['transform', { layers: ['paint'], matrix: [2, 0, 0, 2, -10, -20], label: { key: 'canvas.transform' } }]);
});

test('placed pictures are resampled from their file', async () => {
  const { stage, session } = await moving();
  const { pixels, ...envelope } = stage.layers['paint'] as Extract<(typeof stage.layers)[string], { kind: 'raster' }>;
  stage.layers['paint'] = { ...envelope, kind: 'image', source: 'ab', sourceName: '', sourceSize: { width: 50, height: 40 }, transform: [2, 0, 0, 2, 0, 0], pixels };
  session.refresh?.();
  await rest();
  expect(stage.frame).toMatchObject({ width: 100, height: 80 });
  session.flip?.('across');
  await rest();
  expect(stage.done.find(([what]) => what === 'transformSources')).toEqual(['transformSources', ['paint'], [-1, 0, 0, 1, 100, 0]]);
});

test('what is selected is moved by the worker, since its pixels change', async () => {
  const { stage, session } = await moving();
  stage.selected = { has: true, bounds: { x: 20, y: 30, width: 10, height: 10 }, outline: [] };
  session.refresh?.();
  await rest();
  dragThrough(session, [[25, 35], [30, 35]]);
  await rest();
  expect(stage.commits).toEqual([]);
  expect(stage.done.find(([what]) => what === 'transform')).toMatchObject(['transform', { matrix: [1, 0, 0, 1, 5, 0], label: { key: 'canvas.move' } }]);
});

const ways: readonly (readonly [string, (session: Awaited<ReturnType<typeof moving>>['session']) => void])[] = [
  ['dragged', (session) => dragThrough(session, [[15, 25], [20, 25]])],
  ['moved by an arrow', (session) => void session.key?.('ArrowRight', noKeys)],
  ['flipped', (session) => session.flip?.('across')],
  ['placed by a number', (session) => session.setFrame?.({ x: 90 })],
];

test.each(ways)('where transparency is locked a selected part is not %s, and a sentence says why', async (_, act) => {
  const { stage, session } = await moving();
  stage.layers['paint'] = { ...stage.layers['paint'], alphaLocked: true } as (typeof stage.layers)[string];
  act(session);
  await rest();
  expect(stage.done.filter(([what]) => what === 'hint')).toEqual([]); // the whole layer takes its transparency with it
  session.abandon();
  stage.done.length = 0;
  stage.commits.length = 0;
  stage.selected = { has: true, bounds: { x: 10, y: 20, width: 30, height: 30 }, outline: [] };
  session.refresh?.();
  await rest();
  act(session);
  session.key?.('Enter', noKeys);
  await rest();
  expect(stage.done).toContainEqual(['hint', 'alphaLockedPart']);
  expect(stage.commits).toEqual([]);
  expect(stage.done.some(([what]) => what === 'transform')).toBe(false);
});

test('arrows do not move what is locked either', async () => {
  const { stage, session } = await moving();
  stage.layers['paint'] = { ...stage.layers['paint'], locked: true } as (typeof stage.layers)[string];
  session.key?.('ArrowRight', noKeys);
  await rest();
  expect(stage.done).toContainEqual(['hint', 'locked']);
  expect(stage.commits).toEqual([]);
});

test('a locked layer is not moved', async () => {
  const { stage, session } = await moving();
  stage.layers['paint'] = { ...stage.layers['paint']!, locked: true };
  dragThrough(session, [[50, 40], [60, 50]]);
  expect(stage.done).toEqual([['hint', 'locked']]);
});

test('a crop is dragged, shown, and made on Enter', () => {
  const stage = scriptedStage();
  const session = toolOf('crop').start(stage);
  expect(session.key?.('Enter', noKeys)).toBe(false);
  dragThrough(session, [[40, 30], [240, 130]]);
  expect(stage.frame).toMatchObject({ x: 40, y: 30, width: 200, height: 100, pending: true });
  expect(session.key?.('Enter', noKeys)).toBe(true);
  expect(stage.commits[0]?.key).toBe('canvas.crop');
  expect(stage.commits[0]?.changes[0]).toEqual({ path: ['width'], before: 400, after: 200 });
});

test('a crop keeps its proportions where they are chosen, and its handles move one side', () => {
  const stage = scriptedStage();
  const session = toolOf('crop').start(stage);
  stage.optionsNow = { ...stage.optionsNow, cropRatio: 1 };
  dragThrough(session, [[0, 100], [200, 180]]);
  expect(stage.frame).toMatchObject({ width: 80, height: 80 });
  stage.optionsNow = { ...stage.optionsNow, cropRatio: 'free' };
  session.abandon();
  session.press(penAt(400, 150), noKeys);
  session.drag([penAt(320, 150)], noKeys);
  session.release(penAt(320, 150), noKeys);
  expect(stage.frame).toMatchObject({ x: 0, width: 320, height: 300 });
});

test('a crop takes the proportions as soon as they are chosen, and a number takes the other side along', () => {
  const stage = scriptedStage();
  const session = toolOf('crop').start(stage);
  stage.optionsNow = { ...stage.optionsNow, cropRatio: 1 };
  session.setFrame?.({});
  expect(stage.frame).toMatchObject({ x: 50, y: 0, width: 300, height: 300, pending: true });
  session.setFrame?.({ width: 120 });
  expect(stage.frame).toMatchObject({ x: 50, y: 0, width: 120, height: 120 });
  session.setFrame?.({ height: 90 });
  session.setFrame?.({ x: 10 });
  expect(stage.frame).toMatchObject({ x: 10, y: 0, width: 90, height: 90 });
  stage.optionsNow = { ...stage.optionsNow, cropRatio: 'free' };
  session.setFrame?.({});
  session.setFrame?.({ width: 200 });
  expect(stage.frame).toMatchObject({ x: 10, width: 200, height: 90 });
});

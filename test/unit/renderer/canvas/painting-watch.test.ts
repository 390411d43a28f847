// Paint that is no step yet is known of: from the press of the pen until the worker has told its step.
import { expect, test } from 'vitest';
import { watchPainting } from '../../../../src-renderer/canvas/painting-watch.ts';
import type { CanvasWorker } from '../../../../src-renderer/canvas/worker-client.ts';
import type { StrokeStart } from '../../../../src-renderer/canvas/worker/protocol.ts';

const start = { target: { layer: 'p', part: 'pixels' } } as StrokeStart;

function watched() {
  const counts: number[] = [];
  const answers: { method: string; resolve(answer?: unknown): void; reject(thrown: unknown): void }[] = [];
  const worker = {
    send: () => undefined,
    ask: (method: string) => new Promise((resolve, reject) => void answers.push({ method, resolve, reject })),
    close: () => undefined,
  } as unknown as CanvasWorker;
  return { worker: watchPainting(worker, (count) => counts.push(count)), counts, answers };
}

const turn = (): Promise<void> => new Promise((done) => setTimeout(done));

test('a stroke counts from the press until the worker has answered that it is told', async () => {
  const { worker, counts, answers } = watched();
  worker.send({ kind: 'stroke', start });
  worker.send({ kind: 'points', points: [] });
  expect(counts).toEqual([1]);
  worker.send({ kind: 'lift' });
  expect(Math.min(...counts)).toBe(1); // Not for a moment is it taken for saved.
  worker.send({ kind: 'stroke', start });
  answers[0]?.resolve(null);
  await turn();
  expect(counts.at(-1)).toBe(1);
  worker.send({ kind: 'lift' });
  answers[1]?.resolve(null);
  await turn();
  expect([counts.at(-1), answers.map(({ method }) => method)]).toEqual([0, ['settle', 'settle']]);
});

test('an abandoned stroke leaves nothing, nor does another document', () => {
  const { worker, counts, answers } = watched();
  worker.send({ kind: 'stroke', start });
  worker.send({ kind: 'abandon' });
  worker.send({ kind: 'stroke', start });
  worker.send({ kind: 'open', record: null, state: 'first' });
  worker.send({ kind: 'abandon' });
  expect([counts, answers]).toEqual([[1, 0, 1, 0], []]);
});

test('a fill counts until its step has come; one that fails no longer than that', async () => {
  const { worker, counts, answers } = watched();
  const filled = worker.ask('fill', { target: start.target, colour: null, label: { key: 'canvas.clear' } });
  answers[0]?.resolve(null);
  await filled;
  expect(counts.at(-1)).toBe(1);
  answers[1]?.reject(new Error('gone'));
  await turn();
  expect(counts.at(-1)).toBe(0);
  const flooded = worker.ask('flood', {} as never);
  answers[2]?.reject(new Error('unreadable'));
  await expect(flooded).rejects.toThrow('unreadable');
  expect([counts.at(-1), answers.length]).toEqual([0, 3]);
});

test('what only looks at pixels counts for nothing', () => {
  const { worker, counts } = watched();
  void worker.ask('stats', null);
  expect(counts).toEqual([]);
});

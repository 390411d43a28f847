// What a style missed over many crops, kept per style.
import { expect, it } from 'vitest';
import { createRunningStyle } from '../../../../src-main/engine/training/style-memory.ts';

const slots = [{ name: 'gram.a@1', shape: [1, 1] }] as const;

/** One step of a style as the graph does it: the mean of what was missed before and is missed now. */
function step(running: ReturnType<typeof createRunningStyle>, style: number, miss: number): void {
  const feeds = running.feeds(style);
  const [past, share] = [feeds['memory.gram.a@1']!.data[0]!, feeds['memory.share']!.data[0]!];
  running.into()['next.memory.gram.a@1']!.data[0] = (1 - share) * past + share * miss;
  running.advance(style);
}

const meanOf = (running: ReturnType<typeof createRunningStyle>, style: number): number => running.feeds(style)['memory.gram.a@1']!.data[0]!;

it('is the plain mean of the first crops, and forgets from then on', () => {
  const running = createRunningStyle(slots, { styles: 1, crops: 4 }, {});
  [2, 4, 6, 8].forEach((miss) => step(running, 0, miss));
  expect(meanOf(running, 0)).toBeCloseTo(5, 6);
  for (let i = 0; i < 40; i++) step(running, 0, 1);
  expect(meanOf(running, 0)).toBeCloseTo(1, 3);
});

it('keeps styles apart, and goes on from its own vectors', () => {
  const running = createRunningStyle(slots, { styles: 2, crops: 4 }, {});
  step(running, 0, 3);
  step(running, 1, -5);
  expect([meanOf(running, 0), meanOf(running, 1)]).toEqual([3, -5]);
  const again = createRunningStyle(slots, { styles: 2, crops: 4 }, running.vectors());
  step(again, 0, 5);
  expect(meanOf(again, 0)).toBeCloseTo(4, 6);
  expect(meanOf(running, 0)).toBe(3);
});

it('holds nothing where nothing is remembered', () => {
  const running = createRunningStyle([], { styles: 3, crops: 1 }, {});
  running.advance(0);
  expect([running.feeds(0), running.into(), running.vectors()]).toEqual([{}, {}, {}]);
});

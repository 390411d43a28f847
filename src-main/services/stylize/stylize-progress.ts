// Tells how far a painting is and how long it will still take; stops it where it was cancelled.
import { performance } from 'node:perf_hooks';
import { StudioError } from '../../contract/fault.ts';
import type { Extent } from '../../contract/image.ts';
import type { JobWatch } from '../../contract/job.ts';
import { abandonable } from '../../engine/image/abandon.ts';
import type { TilePlan } from '../../engine/tiling/plan.ts';
import { nextTurn } from '../../engine/image/next-turn.ts';

/** Encoding and finishing take about as long as decoding, times this. */
const tailPerDecode = 2;

export interface PaintProgress {
  /** Throws job.cancelled where the artist has stopped the work, one that has just arrived included. */
  breathe(): Promise<void>;
  /** A stage without steps of its own begins. */
  begin(stage: 'decode' | 'measure' | 'encode'): void;
  beginPainting(plans: readonly TilePlan[]): void;
  tileDone(window: Extent): void;
  /** The action's result, or job.cancelled at once: the image library cannot be interrupted. */
  race<T>(start: () => Promise<T>): Promise<T>;
  /** Settles when everything given to race has ended. */
  settled(): Promise<unknown>;
}

/** Progress of one picture over a watch. */
export function paintProgress(watch: JobWatch): PaintProgress {
  const { signal } = watch;
  const started = performance.now();
  let paintStarted = started;
  const work = { tiles: 0, totalTiles: 0, px: 0, totalPx: 0 };
  const running: Promise<unknown>[] = [];
  const requireGoing = (): void => {
    if (signal.aborted) throw new StudioError('job.cancelled');
  };
  const report = (): void => {
    const perPx = (performance.now() - paintStarted) / 1000 / work.px;
    const tail = (tailPerDecode * (paintStarted - started)) / 1000;
    const secondsLeft = work.tiles < Math.min(2, work.totalTiles) ? undefined : perPx * (work.totalPx - work.px) + tail;
    watch.progress({ stage: 'paint', done: work.tiles, total: work.totalTiles, ...(secondsLeft === undefined ? {} : { secondsLeft }) });
  };
  return {
    breathe: () => nextTurn(signal),
    begin(stage) {
      requireGoing();
      watch.progress({ stage, done: 0, total: 1 });
    },
    beginPainting(plans) {
      paintStarted = performance.now();
      for (const { tiles, window } of plans) {
        work.totalTiles += tiles.length;
        work.totalPx += tiles.length * window.width * window.height;
      }
      report();
    },
    tileDone(window) {
      work.tiles += 1;
      work.px += window.width * window.height;
      report();
    },
    async race(start) {
      return abandonable(signal, () => {
        const action = start();
        running.push(action.catch(() => undefined));
        return action;
      });
    },
    settled: () => Promise.all(running),
  };
}

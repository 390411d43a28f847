// Memory goes back to the system when a process has nothing to do: V8 collects by what is allocated, and at rest nothing is.
import { performance, type EventLoopUtilization } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** So often a process looks at itself, ms. */
const lookEveryMs = 1500;
/** Part of that time in which a process at rest may be at work, 0..1. */
const restingShare = 0.1;
/** A collection stops the process for 10 to 50 ms: it must be worth it. */
const worthBytes = 8e6;
/** Collections in a row, one a look: buffers are given back the time after. */
const rounds = 3;
/** And so many where rooms for new objects still stand empty: V8 gives them back once its mean over the last collections says that few are made. */
const mostRounds = 10;

export interface CollectionWatch {
  /** `busyShare`: 0..1, since the look before; `held` in bytes, and what of it is `empty`. True where a collection is due. */
  isDue(busyShare: number, held: number, empty: number): boolean;
  /** What is held after it, in bytes. */
  collected(held: number): void;
}

/** Decides look by look. */
export function collectionWatch(): CollectionWatch {
  let least = 0;
  let done = mostRounds;
  return {
    isDue(busyShare, held, empty) {
      if (busyShare > restingShare) return false;
      least = Math.min(least, held);
      if (held - least >= worthBytes) done = 0;
      return done < rounds || (done < mostRounds && empty >= worthBytes);
    },
    collected(held) {
      least = held;
      done++;
    },
  };
}

/** Collects what nobody holds; made once, since a flag of V8 stands from then on. */
export function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** Bytes that V8 has of the system, its heap, empty rooms included, and buffers beside it; and those of the empty rooms. */
function heapBytes(): { readonly held: number; readonly empty: number } {
  const { heapTotal, heapUsed, external } = process.memoryUsage();
  return { held: heapTotal + external, empty: heapTotal - heapUsed };
}

/** From now on, until the process ends; does not keep it from ending. For plain Node: Electron's own V8 takes no flags once it runs. */
export function giveMemoryBackAtRest(): void {
  if (process.versions['electron']) return;
  const [watch, collect] = [collectionWatch(), collector()];
  let before: EventLoopUtilization = performance.eventLoopUtilization();
  const look = (): void => {
    const { utilization } = performance.eventLoopUtilization(before);
    const { held, empty } = heapBytes();
    if (watch.isDue(utilization, held, empty)) {
      collect();
      watch.collected(heapBytes().held);
    }
    before = performance.eventLoopUtilization(); // The collection itself is no work.
  };
  setInterval(look, lookEveryMs).unref();
}

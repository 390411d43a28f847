// A teaching in a process of its own, as the studio starts one: one thread, giving way to the engine. Tells how fast it goes.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { quietPlatform } from '../src-main/services/teach/quiet-platform.ts';
import { teachRequest } from '../src-main/services/teach/teach-request.ts';
import { teach } from '../src-main/services/teach/teach.ts';
import type { Platform } from '../src-main/services/platform.ts';

export interface BesideTraining {
  /** Steps per second over the next seconds, with nothing else to do. */
  stepsPerSecond(seconds: number): Promise<number>;
  /** Counts until it is called again: steps per second in between. */
  lap(): number;
  stop(): Promise<void>;
}

/** Answers once the training makes steps. Throws what teach throws. */
export async function besideTraining(painting: string, platform: Platform): Promise<BesideTraining> {
  const out = join(platform.folders.home, 'beside');
  mkdirSync(out, { recursive: true });
  const request = await teachRequest({ paintings: [painting], name: 'beside', seconds: 3600, threads: 1, out }, platform.folders, process.env);
  const stop = new AbortController();
  let [steps, since, sinceStep] = [0, performance.now(), 0];
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const ended = teach(request, { addToLibrary: false }, quietPlatform(platform), {
    signal: stop.signal,
    progress: () => undefined,
    warn: () => undefined,
    preview: () => undefined,
    metrics: ({ step }) => {
      steps = step;
      if (step > 20) begin();
    },
  });
  await Promise.race([begun, ended]);
  const lap = (): number => {
    const rate = ((steps - sinceStep) * 1000) / (performance.now() - since);
    [since, sinceStep] = [performance.now(), steps];
    return rate;
  };
  return {
    lap,
    async stepsPerSecond(seconds) {
      lap();
      await wait(seconds * 1000);
      return lap();
    },
    async stop() {
      stop.abort();
      await ended.catch(() => undefined);
    },
  };
}

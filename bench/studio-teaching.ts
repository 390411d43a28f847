// A teaching of the studio's own beside a benchmark that drives its page.
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { StudioWire } from '../test/support/studio-wire.ts';

export interface Teaching {
  /** Steps per second since it was last asked. */
  rate(): Promise<number>;
  stop(): Promise<void>;
}

/** A teaching of the studio's own, once it makes steps. */
export async function startTeaching(wire: StudioWire, painting: string): Promise<Teaching> {
  const { run } = await wire.ask('teach.start', { name: 'beside', paintings: [{ file: { path: resolve(painting) } }], seconds: 3600 });
  const now = async () => (await wire.ask('teach.list')).find((each) => each.run === run);
  const stepsNow = async (): Promise<number> => {
    const state = await now();
    if (state?.fault) throw new Error(`The teaching failed: ${JSON.stringify(state.fault)}`);
    return state?.metrics?.step ?? 0;
  };
  while ((await stepsNow()) < 20) await wait(200);
  let [steps, since] = [await stepsNow(), performance.now()];
  return {
    rate: async () => {
      const [made, at] = [await stepsNow(), performance.now()];
      const rate = ((made - steps) * 1000) / (at - since);
      [steps, since] = [made, at];
      return rate;
    },
    stop: async () => void (await wire.ask('teach.stop', { run, keep: false })),
  };
}

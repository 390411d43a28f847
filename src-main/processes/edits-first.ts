// What the artist edits goes first: while it is made, models start no further run.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Session, SessionFactory } from '../engine/runtime/session.ts';

export interface EditsFirst {
  /** Makes an edit; models wait for it between their runs, each run for so long at most. */
  edit<T>(make: () => Promise<T>): Promise<T>;
  /** Sessions of another factory that give way. */
  readonly sessions: SessionFactory;
}

/** An edit that takes longer, such as turning a large picture, slows paint and does not stop it. */
const mostWaitMs = 2000;

export function editsFirst(sessions: SessionFactory, waitMs = mostWaitMs): EditsFirst {
  let going = 0;
  /** Who waits until none goes on. */
  const waiting: (() => void)[] = [];

  async function turn(): Promise<void> {
    await nextTurn(); // What has been asked for meanwhile is heard.
    if (going === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  const giveWay = (session: Session): Session => ({
    provider: session.provider,
    inputs: session.inputs,
    outputs: session.outputs,
    run: async (feeds, into) => {
      await turn();
      return session.run(feeds, into);
    },
    release: () => session.release(),
  });

  return {
    async edit(make) {
      going++;
      try {
        return await make();
      } finally {
        going--;
        if (going === 0) waiting.splice(0).forEach((go) => go());
      }
    },
    sessions: {
      open: async (model, options) => {
        await turn();
        return giveWay(await sessions.open(model, options));
      },
      liveSessions: () => sessions.liveSessions(),
    },
  };
}

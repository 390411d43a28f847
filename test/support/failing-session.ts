// Sessions that fail when a test says so: a refusing driver, a full memory, numbers that are none.
import { StudioError } from '../../src-main/contract/fault.ts';
import type { Feeds, Session, SessionFactory } from '../../src-main/engine/runtime/session.ts';

/** A factory whose acts can be counted. */
export interface CountedSessions extends SessionFactory {
  /** Openings and runs so far. */
  acts(): number;
}

/** The n-th act (opening or run, from 1) fails; 0 lets every act succeed. */
export function failingSessions(real: SessionFactory, n: number): CountedSessions {
  let acts = 0;
  const act = (code: 'session.rejected' | 'session.failed'): void => {
    acts += 1;
    if (acts === n) throw new StudioError(code, { provider: 'cpu', reason: `act ${n} fails` });
  };
  return {
    async open(model, options) {
      act('session.rejected');
      return withRun(await real.open(model, options), async (run, feeds, into) => {
        act('session.failed');
        return run(feeds, into);
      });
    },
    liveSessions: () => real.liveSessions(),
    acts: () => acts,
  };
}

/**
 * Sessions whose reported losses a test changes after the fact, by run (from 1). With `idle` nothing is computed at all: the
 * outputs keep what they held, and only the script speaks.
 */
export function scriptedSessions(real: SessionFactory, script: (losses: Float32Array, run: number, feeds: Feeds) => void, idle = false): SessionFactory {
  let runs = 0;
  return {
    async open(model, options) {
      return withRun(await real.open(model, options), async (run, feeds, into) => {
        const losses = into?.losses?.data;
        const outputs = idle && losses ? {} : await run(feeds, into);
        if (losses instanceof Float32Array) script(losses, (runs += 1), feeds);
        return outputs;
      });
    },
    liveSessions: () => real.liveSessions(),
  };
}

type Run = (run: Session['run'], feeds: Feeds, into: Feeds | undefined) => ReturnType<Session['run']>;

function withRun(session: Session, run: Run): Session {
  const { provider, inputs, outputs } = session;
  return { provider, inputs, outputs, run: (feeds, into) => run((...words) => session.run(...words), feeds, into), release: () => session.release() };
}

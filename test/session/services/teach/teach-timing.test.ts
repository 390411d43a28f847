import { afterEach, expect, test, vi } from 'vitest';
import type { TeachRequest } from '../../../../src-main/contract/teaching.ts';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import type { Session, SessionFactory } from '../../../../src-main/engine/runtime/session.ts';
import { quickestPace, type Pace } from '../../../../src-main/services/teach/teach-timing.ts';
import { smallRecipe, smallSetup } from '../../../support/small-teaching.ts';

const request: TeachRequest = { paintings: [], name: 'Strokes', features: '', base: 'none', depth: 'refine', seed: 1, resume: false, out: '.' };

let clockMs = 0;
afterEach(() => vi.restoreAllMocks());

/** Real sessions whose runs take, by the clock, a time that depends on their pace. */
function delayed(real: SessionFactory, delayMs: (pace: Pace) => number): SessionFactory {
  return {
    liveSessions: () => real.liveSessions(),
    async open(model, options): Promise<Session> {
      const session = await real.open(model, options);
      const run: Session['run'] = (...words) => {
        clockMs += delayMs({ threads: options.threads ?? 1, spinning: options.spinning ?? false });
        return session.run(...words);
      };
      return { provider: session.provider, inputs: session.inputs, outputs: session.outputs, run, release: () => session.release() };
    },
  };
}

async function chosen(delayMs: (pace: Pace) => number, most: number): Promise<Pace> {
  const real = createOrtSessions();
  const setup = await smallSetup(real, smallRecipe([]));
  vi.spyOn(performance, 'now').mockImplementation(() => clockMs);
  const pace = await quickestPace({ request, setup: { ...setup, sessions: delayed(real, delayMs) }, signal: new AbortController().signal }, most);
  expect(real.liveSessions()).toBe(0);
  return pace;
}

test('a teaching takes all threads where its steps are quicker with them', async () => {
  expect(await chosen(({ threads, spinning }) => (threads > 1 && !spinning ? 0 : 120), 2)).toEqual({ threads: 2, spinning: false });
});

test('threads wait busily only where that is quicker still', async () => {
  expect(await chosen(({ spinning }) => (spinning ? 0 : 120), 2)).toEqual({ threads: 2, spinning: true });
});

test('a teaching takes one thread where more bring nothing', async () => {
  expect(await chosen(({ threads }) => (threads > 1 ? 120 : 0), 2)).toEqual({ threads: 1, spinning: false });
  expect(await chosen(() => 0, 1)).toEqual({ threads: 1, spinning: false });
});

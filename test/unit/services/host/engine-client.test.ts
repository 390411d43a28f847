// What the owner of an engine says of it when it breaks, stays silent or is lost.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EngineCall } from '../../../../src-main/contract/engine-api.ts';
import { createEngineClient } from '../../../../src-main/services/host/engine-client.ts';
import type { ProcessExit, ProcessLink } from '../../../../src-main/services/platform.ts';

/** An engine whose part the test plays. */
class ScriptedEngine implements ProcessLink {
  readonly pid = 1;
  readonly heard: EngineCall[] = [];
  say: (message: unknown) => void = () => undefined;
  end: (exit: ProcessExit) => void = () => undefined;

  send(message: unknown): void {
    this.heard.push(message as EngineCall);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.say = listener;
  }

  onExit(listener: (exit: ProcessExit) => void): void {
    this.end = listener;
  }

  kill(): void {
    this.end({ code: null, signal: 'SIGKILL' });
  }
}

let engines: ScriptedEngine[];
const start = (): ProcessLink => {
  engines.push(new ScriptedEngine());
  return engines.at(-1) as ScriptedEngine;
};

beforeEach(() => {
  engines = [];
  vi.useFakeTimers();
});

afterEach(() => vi.useRealTimers());

test('an engine that answers with a fault is silent', async () => {
  const state = createEngineClient(start).state();
  engines[0]?.say({ kind: 'reply', id: engines[0].heard[0]?.id, result: { ok: false, fault: { code: 'session.rejected', details: {} } } });
  expect(await state).toBe('silent');
});

test('an engine that ends before it answers is silent, and another is started for the next question', async () => {
  const engine = createEngineClient(start);
  const state = engine.state();
  engines[0]?.end({ code: 134, signal: null });
  expect(await state).toBe('silent');
  const next = engine.state();
  engines[1]?.say({ kind: 'reply', id: engines[1].heard[0]?.id, result: { ok: true, value: { runtime: 'test' } } });
  expect(await next).toBe('answering');
});

test('an engine that says nothing for ten seconds is silent', async () => {
  const state = createEngineClient(start).state();
  engines[0]?.say('something else');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await state).toBe('silent');
  expect(vi.getTimerCount()).toBe(0);
});

test('no engine is started before it is asked for, and closing then does nothing', () => {
  createEngineClient(start).close();
  expect(engines).toEqual([]);
});

// The real engine process, run from its sources: answers, and comes back after it was killed.
import { afterEach, expect, test } from 'vitest';
import { createEngineClient } from '../../../src-main/services/host/engine-client.ts';
import { nodePlatform } from '../../../src-main/services/node-platform.ts';
import type { ProcessLink } from '../../../src-main/services/platform.ts';

const started: ProcessLink[] = [];

function startEngine(): ProcessLink {
  const link = nodePlatform().startProcess('engine');
  started.push(link);
  return link;
}

afterEach(() => started.splice(0).forEach((link) => link.kill()));

test('the engine answers once its runtime has opened a model, and is started only once', async () => {
  const engine = createEngineClient(startEngine);
  expect(await Promise.all([engine.state(), engine.state()])).toEqual(['answering', 'answering']);
  expect(started).toHaveLength(1);
});

test('an engine that was killed is started anew when it is next asked', async () => {
  const engine = createEngineClient(startEngine);
  await engine.state();
  const ended = new Promise((resolve) => started[0]?.onExit(resolve));
  process.kill(started[0]?.pid ?? 0, 'SIGKILL');
  await ended;
  expect(await engine.state()).toBe('answering');
  expect(started).toHaveLength(2);
});

// What happens when the engine process is lost again and again.
import { beforeEach, expect, test } from 'vitest';
import type { EngineEvent } from '../../../../src-main/contract/engine-api.ts';
import type { EngineClient } from '../../../../src-main/services/host/engine-client.ts';
import { steadyEngine } from '../../../../src-main/services/host/steady-engine.ts';

let clockMs: number;
let asked: unknown[];
let lose: () => void;
let tell: (event: EngineEvent) => void;
let engine: EngineClient;

beforeEach(() => {
  clockMs = 0;
  asked = [];
  const lost = new Set<() => void>();
  const listeners = new Set<(event: EngineEvent) => void>();
  lose = () => lost.forEach((listener) => listener());
  tell = (event) => listeners.forEach((listener) => listener(event));
  const client: EngineClient = {
    ask: (_method, params) => Promise.resolve(asked.push(params) as never),
    onEvent: (listener) => (listeners.add(listener), () => undefined),
    onLost: (listener) => (lost.add(listener), () => undefined),
    state: () => Promise.resolve('answering'),
    close: () => undefined,
  };
  engine = steadyEngine(client, () => clockMs);
});

const sample = (device: string) => engine.ask('style.sample', { mix: [], out: 'x', folders: { home: '', styles: '', work: '', resources: '' }, device });
const deviceAsked = (): unknown => (asked.at(-1) as { device: string }).device;

test('one loss changes nothing', async () => {
  tell({ kind: 'device', provider: 'webgpu' });
  lose();
  await sample('auto');
  expect(deviceAsked()).toBe('auto');
});

test('two losses in a minute on a GPU bring the work to the CPU, and that is told', async () => {
  const told: EngineEvent[] = [];
  engine.onEvent((event) => told.push(event));
  tell({ kind: 'device', provider: 'webgpu' });
  lose();
  clockMs = 30_000;
  lose();
  await sample('auto');
  await engine.ask('status', null);
  tell({ kind: 'device', provider: 'cpu' });
  expect(asked).toEqual([expect.objectContaining({ device: 'cpu' }), null]);
  expect(told.at(-1)).toEqual({ kind: 'device', provider: 'cpu', wished: 'webgpu' });
});

test('losses far apart, or on the CPU, change nothing', async () => {
  tell({ kind: 'device', provider: 'webgpu' });
  lose();
  clockMs = 61_000;
  lose();
  await sample('webgpu');
  expect(deviceAsked()).toBe('webgpu');
  tell({ kind: 'device', provider: 'cpu' });
  lose();
  await sample('auto');
  expect(deviceAsked()).toBe('auto');
});

test('an engine that falls over at every start is left alone for a while, and then tried again', async () => {
  for (let i = 0; i < 5; i++) lose();
  await expect(sample('auto')).rejects.toMatchObject({ code: 'engine.lost' });
  expect(await engine.state()).toBe('silent');
  clockMs = 20_001;
  await sample('auto');
  expect(asked).toHaveLength(1);
});

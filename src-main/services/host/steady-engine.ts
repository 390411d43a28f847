// An engine that keeps crashing: after two losses in a minute it works on the CPU, after five it is left alone for a while.
import type { EngineEvent, EngineMethod, EngineParams } from '../../contract/engine-api.ts';
import { StudioError } from '../../contract/fault.ts';
import type { EngineClient } from './engine-client.ts';

const windowMs = 60_000;
/** A driver that fails takes the process with it: the CPU has none. */
const lossesToCpu = 2;
const lossesToPause = 5;
const pauseMs = 20_000;

/** Wraps an engine; `now` in ms. Whoever listens for losses must do so here, so that these are counted first. */
export function steadyEngine(engine: EngineClient, now: () => number = () => performance.now()): EngineClient {
  let losses: number[] = [];
  let provider: string | undefined;
  /** What painted before the CPU took over. */
  let fallenFrom: string | undefined;

  engine.onLost(() => {
    losses = [...losses.filter((at) => now() - at < windowMs), now()];
    if (losses.length >= lossesToCpu && provider !== undefined && provider !== 'cpu') fallenFrom ??= provider;
  });
  const isPaused = (): boolean => {
    const last = losses.at(-1);
    return losses.length >= lossesToPause && last !== undefined && now() - last < pauseMs;
  };
  const told = (event: EngineEvent): EngineEvent => {
    if (event.kind !== 'device') return event;
    if (fallenFrom === undefined) provider = event.provider;
    return fallenFrom === undefined ? event : { ...event, wished: fallenFrom };
  };

  engine.onEvent(told);
  return {
    ...engine,
    ask: (method, params, options) => {
      if (isPaused()) return Promise.reject(new StudioError('engine.lost'));
      return engine.ask(method, fallenFrom === undefined ? params : onCpu(params), options);
    },
    onEvent: (listener) => engine.onEvent((event) => listener(told(event))),
    state: () => (isPaused() ? Promise.resolve('silent') : engine.state()),
  };
}

function onCpu<P extends EngineParams<EngineMethod>>(params: P): P {
  return typeof params === 'object' && params !== null && 'device' in params ? { ...params, device: 'cpu' } : params;
}

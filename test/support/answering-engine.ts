// An engine client that says it is there and can do nothing else.
import { StudioError } from '../../src-main/contract/fault.ts';
import type { EngineClient } from '../../src-main/services/host/engine-client.ts';

export function answeringEngine(): EngineClient {
  return {
    ask: () => Promise.reject(new StudioError('engine.lost')),
    onEvent: () => () => undefined,
    onLost: () => () => undefined,
    state: () => Promise.resolve('answering'),
    close: () => undefined,
  };
}

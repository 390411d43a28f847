// The studio as the page sees it: the contract's requests over whichever line the host offers.
import { StudioError } from '../../src-main/contract/fault.ts';
import type { StudioAnswers, StudioMethod, StudioParams } from '../../src-main/contract/studio-api.ts';
import { createBridgeTransport } from './bridge-transport.ts';
import { createSocketTransport } from './socket-transport.ts';
import type { Transport } from './transport.ts';

/** The line of this window: Electron's bridge where there is one, else the socket of the address bar. */
export function openTransport({ velatura, location }: Window): Transport {
  if (velatura) return createBridgeTransport(velatura);
  return createSocketTransport(`ws://${location.host}/studio`, location.hash.slice(1));
}

export interface StudioClient {
  /** Throws StudioError with the host's fault, or host.lost where it is gone. */
  ask<M extends StudioMethod>(method: M, ...params: undefined extends StudioParams<M> ? [] : [StudioParams<M>]): Promise<StudioAnswers[M]>;
}

export function createStudioClient(transport: Transport): StudioClient {
  let lastId = 0;
  return {
    ask: async (method, ...[params]) => {
      const { result } = await transport.call({ id: ++lastId, method, ...(params === undefined ? {} : { params }) });
      if (!result.ok) throw new StudioError(result.fault.code, result.fault.details);
      return result.value as StudioAnswers[typeof method];
    },
  };
}

// The studio as the page sees it: the contract's requests over whichever line the host offers.
import type { StudioApi, StudioMethod } from '../../src-main/contract/studio-api.ts';
import { createBridgeTransport } from './bridge-transport.ts';
import { createSocketTransport } from './socket-transport.ts';
import type { Transport } from './transport.ts';

/** The line of this window: Electron's bridge where there is one, else the socket of the address bar. */
export function openTransport({ velatura, location }: Window): Transport {
  if (velatura) return createBridgeTransport(velatura);
  return createSocketTransport(`ws://${location.host}/studio`, location.hash.slice(1));
}

/** The contract's requests; each rejects with the fault's code where the host answers with one. */
export function createStudioClient(transport: Transport): StudioApi {
  let lastId = 0;
  const ask = async <M extends StudioMethod>(method: M): Promise<Awaited<ReturnType<StudioApi[M]>>> => {
    const { result } = await transport.call({ id: ++lastId, method });
    if (!result.ok) throw new Error(result.fault.code);
    return result.value as Awaited<ReturnType<StudioApi[M]>>;
  };
  return { status: () => ask('status') };
}

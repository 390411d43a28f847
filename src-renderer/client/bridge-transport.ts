// The line to Electron's main process, through the preload script.
import type { StudioBridge } from '../../src-main/contract/studio-api.ts';
import type { Transport } from './transport.ts';

export function createBridgeTransport(bridge: StudioBridge): Transport {
  return {
    call: (call) => bridge.call(call),
    onState: (listener) => listener('connected'),
  };
}

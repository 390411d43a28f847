// The line to Electron's main process, through the preload script.
import type { StudioBridge } from '../../src-main/contract/studio-bridge.ts';
import type { Transport } from './transport.ts';

export function createBridgeTransport(bridge: StudioBridge): Transport {
  return {
    call: (call) => bridge.call(call),
    onEvent: (listener) => bridge.onEvent(listener),
    onState: (listener) => listener('connected'),
    headers: {}, // Only the studio's own windows can speak its scheme.
  };
}

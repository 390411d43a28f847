// How questions reach the host, whichever it is: a line that carries calls and tells its state.
import type { StudioCall, StudioReply } from '../../src-main/contract/studio-api.ts';

/** `refused`: the host does not take this page's token; asking again is of no use. */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'refused';

export interface Transport {
  /** Rejects where the line is not connected or breaks before the answer. */
  call(call: StudioCall): Promise<StudioReply>;
  /** Called at once and at every change. */
  onState(listener: (state: ConnectionState) => void): void;
}

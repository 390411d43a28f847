// How questions reach the host, whichever it is: a line that carries calls and events and tells its state.
import type { StudioCall, StudioEvent, StudioReply } from '../../src-main/contract/studio-api.ts';

/** `refused`: the host does not take this page's token; asking again is of no use. */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'refused';

export interface Transport {
  /** Rejects where the line is not connected or breaks before the answer. */
  call(call: StudioCall): Promise<StudioReply>;
  onEvent(listener: (event: StudioEvent) => void): void;
  /** Called at once and at every change. */
  onState(listener: (state: ConnectionState) => void): void;
  /** Headers that the host's own addresses (/assets, /pictures, /uploads, /exports) ask for. */
  readonly headers: Readonly<Record<string, string>>;
}

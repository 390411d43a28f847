// What a language must be able to say.
import type { FaultCode } from '../fault.ts';
import type { WarningKey } from './warning.ts';

/** What is wrong, and what the artist can do about it. */
export interface Message {
  readonly sentence: string;
  readonly remedy: string;
}

/** Everything one language must say: forgetting a code does not compile. */
export interface MessageTable {
  readonly faults: Readonly<Record<FaultCode, Message>>;
  readonly warnings: Readonly<Record<WarningKey, string>>;
}

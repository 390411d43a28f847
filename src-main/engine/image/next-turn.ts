// A pause in long work that computes: what waits is heard, a cancel among it.
import { setImmediate as nextEvents } from 'node:timers/promises';
import { StudioError } from '../../contract/fault.ts';

/** Throws job.cancelled where the work was stopped. */
export async function nextTurn(signal?: AbortSignal): Promise<void> {
  await nextEvents();
  if (signal?.aborted) throw new StudioError('job.cancelled');
}

// What the page tells the host of its document, in order; after a refusal nothing more is told.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { faultOf, type Fault } from '../../src-main/contract/fault.ts';
import type { StudioAnswers, StudioMethod, StudioParams } from '../../src-main/contract/studio-api.ts';
import type { StudioClient } from '../client/studio-client.ts';

export interface Telling {
  /** Why the host did not take a change; the document must be opened again. */
  readonly fault: ShallowRef<Fault | undefined>;
  /** Changes on their way to the disk. */
  readonly pending: Ref<number>;
  /** Told after all that was told before; the promise never rejects. */
  tell<M extends StudioMethod>(method: M, params: StudioParams<M>, then?: (answer: StudioAnswers[M]) => void): Promise<void>;
  /** Resolves when all that was told so far is answered. */
  settled(): Promise<void>;
}

export function createTelling(studio: StudioClient): Telling {
  const fault = shallowRef<Fault>();
  const pending = ref(0);
  let line: Promise<void> = Promise.resolve();

  function tell<M extends StudioMethod>(method: M, params: StudioParams<M>, then?: (answer: StudioAnswers[M]) => void): Promise<void> {
    const ask = studio.ask as (method: M, params: StudioParams<M>) => Promise<StudioAnswers[M]>;
    pending.value++;
    line = line.then(async () => {
      try {
        if (fault.value) return;
        const answer = await ask(method, params);
        then?.(answer);
      } catch (thrown) {
        fault.value = faultOf(thrown);
      } finally {
        pending.value--;
      }
    });
    return line;
  }

  return { fault, pending, tell, settled: () => line };
}

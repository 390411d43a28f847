// How an answer crosses a process: a value, or a fault as data.
import { faultOf, type Fault } from './fault.ts';

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

/** Runs an action and answers with data whatever happens. */
export async function resultOf<T>(action: () => Promise<T> | T): Promise<Result<T>> {
  try {
    return { ok: true, value: await action() };
  } catch (thrown) {
    return { ok: false, fault: faultOf(thrown) };
  }
}

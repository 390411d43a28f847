// Work of the image library, which nothing can interrupt: stopped, it is abandoned, and what comes of it later is thrown away.
import { StudioError } from '../../contract/fault.ts';

/** What was abandoned under a signal and has not ended yet. */
const left = new WeakMap<AbortSignal, Promise<unknown>[]>();

/** The action's result, or job.cancelled at once where the signal is given before: its own threads and memory are free when it has ended. */
export async function abandonable<T>(signal: AbortSignal | undefined, start: () => Promise<T>): Promise<T> {
  if (!signal) return start();
  if (signal.aborted) throw new StudioError('job.cancelled');
  const action = start();
  let stop: () => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => {
      left.set(signal, [...(left.get(signal) ?? []), action.catch(() => undefined)]);
      reject(new StudioError('job.cancelled'));
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([action, stopped]).finally(() => signal.removeEventListener('abort', stop));
}

/** Settles once nothing that was abandoned under the signal goes on any more: then its files can be removed on every system. */
export async function abandonedEnded(signal: AbortSignal | undefined): Promise<void> {
  await Promise.all((signal && left.get(signal)) ?? []);
}

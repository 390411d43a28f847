// The gate every request goes through: held for as long as something needs the artist's folder to itself, or shut for good.
import { StudioError, type FaultCode } from '../../contract/fault.ts';
import type { StudioApi, StudioMethod } from '../../contract/studio-api.ts';

/** What was let through has so long to end. */
const patienceMs = 30_000;

export interface RequestGate {
  /** Runs an action while no request does; those that come meanwhile wait. Throws home.busy where the ones before do not end. */
  alone(action: () => Promise<void>): Promise<void>;
  /** From now on requests are refused with this. */
  shut(code: FaultCode): void;
  /** The same requests, through the gate, but for those that always pass. */
  guard(api: StudioApi, free: readonly StudioMethod[]): StudioApi;
}

export function createRequestGate(): RequestGate {
  const running = new Set<Promise<unknown>>();
  let held: Promise<void> | undefined;
  let refusal: FaultCode | undefined;

  const pass = async <T>(action: () => Promise<T>): Promise<T> => {
    while (held) await held;
    if (refusal) throw new StudioError(refusal);
    const run = action();
    running.add(run);
    try {
      return await run;
    } finally {
      running.delete(run);
    }
  };
  const requireQuiet = async (): Promise<void> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new StudioError('home.busy')), patienceMs)));
    await Promise.race([Promise.allSettled(running), late]).finally(() => clearTimeout(timer));
  };
  return {
    async alone(action) {
      if (held) throw new StudioError('home.busy');
      let letGo: () => void = () => undefined;
      held = new Promise((resolve) => (letGo = resolve));
      try {
        await requireQuiet();
        await action();
      } finally {
        held = undefined;
        letGo();
      }
    },
    shut: (code) => void (refusal = code),
    guard: (api, free) => {
      const passes: ReadonlySet<string> = new Set(free);
      const guarded = Object.entries(api).map(([method, handler]) => {
        const run = handler as (params: unknown, page?: string) => Promise<unknown>;
        return [method, passes.has(method) ? run : (params: unknown, page?: string) => pass(() => run(params, page))];
      });
      return Object.fromEntries(guarded) as unknown as StudioApi;
    },
  };
}

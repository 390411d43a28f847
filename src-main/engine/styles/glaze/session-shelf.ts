// Sessions by window size, only the latest few: each holds the memory its activations need.
import type { Session } from '../../runtime/session.ts';

export interface SessionShelf {
  /** Runs an action with the session of this key, opened where it is not on the shelf. Throws what both throw. */
  use<T>(key: string, open: () => Promise<Session>, action: (session: Session) => Promise<T>): Promise<T>;
  /** Releases everything, after what still runs has ended. */
  clear(): Promise<void>;
}

interface Place {
  readonly session: Promise<Session>;
  /** Settles when nothing runs on the session any more; never rejects. */
  idle: Promise<void>;
}

/** A shelf of at most `most` sessions; the one that was used longest ago makes room. */
export function sessionShelf(most: number): SessionShelf {
  const places = new Map<string, Place>();
  const put = (key: string, place: Place): Place => {
    places.delete(key);
    places.set(key, place); // a map keeps the order of insertion
    return place;
  };
  const release = async ({ session, idle }: Place): Promise<void> => {
    await idle;
    await session.then((opened) => opened.release(), () => undefined); // a refused model leaves nothing to close
  };
  const makeRoom = async (): Promise<void> => {
    const leaving = [...places].slice(0, Math.max(0, places.size - most + 1));
    for (const [key] of leaving) places.delete(key);
    for (const [, place] of leaving) await release(place);
  };
  return {
    async use(key, open, action) {
      const known = places.get(key);
      const place = put(key, known ?? { session: makeRoom().then(open), idle: Promise.resolve() });
      const run = place.session.then(action);
      place.idle = Promise.allSettled([place.idle, run]).then(() => undefined); // or results would be held
      place.session.catch(() => places.get(key) === place && places.delete(key));
      return run;
    },
    async clear() {
      const leaving = [...places.values()];
      places.clear();
      for (const place of leaving) await release(place);
    },
  };
}

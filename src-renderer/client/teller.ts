// Which of several pages of one browser tells of what all of them hear: the one last used.
import { keep, readKept } from './page-storage.ts';

/** Its value names the page; written wherever the artist does something. */
const lastUsedKey = 'velatura.lastUsedPage';
/** A lock that a page holds for as long as it is there. */
const lockOf = 'velatura.page.';
const uses = ['focus', 'pointerdown', 'keydown'] as const;

type Given = Pick<Window, 'addEventListener' | 'localStorage'> & { readonly document: Pick<Document, 'hasFocus'>; readonly navigator: { readonly locks?: Pick<LockManager, 'request' | 'query'> } };

export interface Teller {
  /** Whether it is for this page to tell; of all pages that are there one is answered so. */
  isMine(): Promise<boolean>;
}

/** A page of Electron, or of a browser without locks, is the only one. */
export function createTeller(given: Given, page: string = crypto.randomUUID()): Teller {
  const { addEventListener, document, navigator } = given; // its storage throws already when it is named, where site data are blocked
  const { locks } = navigator;
  if (!locks) return { isMine: () => Promise.resolve(true) };
  const use = (): void => keep('local', lastUsedKey, page, given); // without storage the first by name tells
  for (const kind of uses) addEventListener(kind, use, { capture: true, passive: true });
  if (document.hasFocus()) use();
  void locks.request(lockOf + page, () => new Promise(() => undefined)).catch(() => undefined); // Let go by the browser when the page goes.

  return {
    async isMine() {
      const { held = [] } = await locks.query().catch(() => ({ held: [] as LockInfo[] }));
      const there = [page, ...held.flatMap(({ name = '' }) => (name.startsWith(lockOf) ? [name.slice(lockOf.length)] : []))].sort();
      const last = readKept('local', lastUsedKey, given);
      return (last !== undefined && there.includes(last) ? last : there[0]) === page;
    },
  };
}

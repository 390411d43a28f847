// What a page keeps for itself in its browser: nothing where the browser keeps nothing.

/** 'local' is every window's of this browser, 'session' this window's alone. */
type Kind = 'local' | 'session';

type Keeping = Partial<Pick<Window, 'localStorage' | 'sessionStorage'>>;

/** Undefined where nothing was kept, or the browser keeps nothing. */
export function readKept(kind: Kind, key: string, page: Keeping = window): string | undefined {
  try {
    return storageOf(kind, page).getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Undefined takes it away. */
export function keep(kind: Kind, key: string, value: string | undefined, page: Keeping = window): void {
  try {
    if (value === undefined) storageOf(kind, page).removeItem(key);
    else storageOf(kind, page).setItem(key, value);
  } catch {
    // A browser that keeps nothing is asked to keep what can be done without.
  }
}

/** Where site data are blocked, naming the storage throws already. */
function storageOf(kind: Kind, page: Keeping): Storage {
  const storage = kind === 'local' ? page.localStorage : page.sessionStorage;
  if (!storage) throw new Error('this page has none');
  return storage;
}

// Of several pages of one browser one tells: the one last used that is still there.
import { expect, test } from 'vitest';
import { createTeller } from '../../../../src-renderer/client/teller.ts';

type Given = Parameters<typeof createTeller>[0];

/** A browser whose pages share storage and locks. */
function browser() {
  const [stored, held] = [new Map<string, string>(), new Set<string>()];
  const localStorage = { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value) };
  const locks = {
    request: (name: string, hold: () => Promise<unknown>) => (held.add(name), hold()),
    query: () => Promise.resolve({ held: [...held, 'another program’s'].map((name) => ({ name })), pending: [] }),
  };
  return {
    open(name: string, { hasFocus = false, storage = localStorage as unknown } = {}) {
      const listeners: (() => void)[] = [];
      const addEventListener = (_kind: string, listener: () => void): void => void listeners.push(listener);
      const teller = createTeller({ addEventListener, localStorage: storage, document: { hasFocus: () => hasFocus }, navigator: { locks } } as unknown as Given, name);
      return { isMine: teller.isMine, use: () => listeners[0]?.(), close: () => void held.delete(`velatura.page.${name}`) };
    },
  };
}

const whoTells = async (...pages: readonly { isMine(): Promise<boolean> }[]): Promise<boolean[]> => Promise.all(pages.map((page) => page.isMine()));

test('the page last used tells, and no other; when it is gone, another does', async () => {
  const { open } = browser();
  const [a, b, c] = [open('a'), open('b', { hasFocus: true }), open('c')];
  expect(await whoTells(a, b, c)).toEqual([false, true, false]);
  c.use();
  expect(await whoTells(a, b, c)).toEqual([false, false, true]);
  c.close();
  expect(await whoTells(a, b)).toEqual([true, false]);
  b.use();
  expect(await whoTells(a, b)).toEqual([false, true]);
});

test('without storage one of them tells all the same', async () => {
  const refused = () => {
    throw new Error('The user agent does not allow it.');
  };
  const storage = { getItem: refused, setItem: refused };
  const { open } = browser();
  const pages = [open('b', { hasFocus: true, storage }), open('a', { storage })];
  expect(await whoTells(...pages)).toEqual([false, true]);
});

test('where there are no locks there is one window, which tells', async () => {
  const teller = createTeller({ addEventListener: () => undefined, document: { hasFocus: () => false }, navigator: {} } as unknown as Given, 'a');
  expect(await teller.isMine()).toBe(true);
});

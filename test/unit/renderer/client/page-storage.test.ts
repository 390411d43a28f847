// What a page keeps in its browser, and a browser that keeps nothing.
import { expect, test } from 'vitest';
import { keep, readKept } from '../../../../src-renderer/client/page-storage.ts';

function storage(): Storage {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) } as unknown as Storage;
}

test('what was kept comes back, each kind by itself, until it is taken away', () => {
  const page = { localStorage: storage(), sessionStorage: storage() };
  keep('local', 'run', '1', page);
  expect([readKept('local', 'run', page), readKept('session', 'run', page)]).toEqual(['1', undefined]);
  keep('local', 'run', undefined, page);
  expect(readKept('local', 'run', page)).toBeUndefined();
});

test('where site data are blocked, naming the storage throws: nothing is kept, and nothing fails', () => {
  const page = {
    get localStorage(): Storage {
      throw new Error('denied');
    },
  };
  keep('local', 'run', '1', page);
  expect(readKept('local', 'run', page)).toBeUndefined();
});

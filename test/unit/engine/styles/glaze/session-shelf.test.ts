// Few sessions are held, none is closed while it runs, and a refused one is asked for again.
import { expect, test } from 'vitest';
import { StudioError } from '../../../../../src-main/contract/fault.ts';
import type { Session } from '../../../../../src-main/engine/runtime/session.ts';
import { sessionShelf } from '../../../../../src-main/engine/styles/glaze/session-shelf.ts';

function factory() {
  const told: string[] = [];
  const open = (name: string) => async (): Promise<Session> => {
    told.push(`open ${name}`);
    return { provider: 'cpu', inputs: [], outputs: [], run: async () => ({}), release: async () => void told.push(`close ${name}`) };
  };
  return { told, open };
}

test('a third size closes the one used longest ago; a known one is not opened again', async () => {
  const { told, open } = factory();
  const shelf = sessionShelf(2);
  for (const name of ['a', 'b', 'a', 'c', 'a']) await shelf.use(name, open(name), async () => undefined);
  expect(told).toEqual(['open a', 'open b', 'close b', 'open c']);
  await shelf.clear();
  expect(told.slice(4).sort()).toEqual(['close a', 'close c']);
});

test('what still runs is waited for before its session is closed', async () => {
  const { told, open } = factory();
  const shelf = sessionShelf(1);
  let finish: () => void = () => undefined;
  const first = shelf.use('a', open('a'), () => new Promise<void>((resolve) => (finish = resolve)).then(() => void told.push('ran a')));
  const second = shelf.use('b', open('b'), async () => void told.push('ran b'));
  await new Promise((resolve) => setTimeout(resolve, 5));
  finish();
  await Promise.all([first, second]);
  expect(told).toEqual(['open a', 'ran a', 'close a', 'open b', 'ran b']);
});

test('a refused model is a fault each time and leaves the shelf usable', async () => {
  const { told, open } = factory();
  const shelf = sessionShelf(1);
  const refuse = (): Promise<Session> => Promise.reject(new StudioError('session.rejected', { provider: 'cpu', reason: 'no' }));
  await expect(shelf.use('a', refuse, async () => undefined)).rejects.toMatchObject({ code: 'session.rejected' });
  await shelf.use('a', open('a'), async () => undefined);
  await shelf.clear();
  expect(told).toEqual(['open a', 'close a']);
});

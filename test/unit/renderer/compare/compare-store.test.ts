// The comparison's sides: a picture lands where its source stands, however long it took.
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import type { CompareSource } from '../../../../src-renderer/compare/compare-sources.ts';
import { sourceKey } from '../../../../src-renderer/compare/compare-sources.ts';
import { useCompare } from '../../../../src-renderer/compare/compare-store.ts';

const made = vi.hoisted(() => [] as { key: string; arrive(): void }[]);

vi.mock('../../../../src-renderer/client/host-store.ts', () => ({
  useHost: () => ({ transport: { onEvent: () => undefined, onState: () => undefined }, studio: { ask: () => Promise.resolve({}) } }),
}));
vi.mock('../../../../src-renderer/compare/compare-pictures.ts', () => ({
  makePicture: (_making: unknown, source: CompareSource) =>
    new Promise((resolve) => made.push({ key: sourceKey(source), arrive: () => resolve({ picture: sourceKey(source), bitmap: { close: () => undefined } }) })),
}));

beforeEach(() => {
  setActivePinia(createPinia());
  made.length = 0;
});

const variant = (picture: string): CompareSource => ({ kind: 'picture', picture, title: picture });
const arrive = (key: string): void => made.filter((each) => each.key === key).forEach((each) => each.arrive());

test('sides that are swapped while a picture is on its way show what they name', async () => {
  const compare = useCompare();
  compare.isShown = true;
  compare.choose('a', variant('one'));
  compare.choose('b', variant('two'));
  arrive('picture:two');
  await vi.waitFor(() => expect(compare.pictures.b?.picture).toBe('picture:two'));
  compare.swap();
  await vi.waitFor(() => expect(made.filter(({ key }) => key === 'picture:one')).toHaveLength(2));
  arrive('picture:one');
  await vi.waitFor(() => expect([compare.pictures.a?.picture, compare.pictures.b?.picture]).toEqual(['picture:two', 'picture:one']));
  expect([compare.isBusy, sourceKey(compare.sources.a), sourceKey(compare.sources.b)]).toEqual([false, 'picture:two', 'picture:one']);
});

// One document in several pages: what one closes stays for the others, and goes when nobody has it any more.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { StudioMethod } from '../../../../src-main/contract/studio-api.ts';
import { nodePlatform } from '../../../../src-main/services/node-platform.ts';
import { answerCall, createStudio, type Studio } from '../../../../src-main/services/host/studio.ts';
import { answeringEngine } from '../../../support/answering-engine.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

let studio: Studio;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  studio = createStudio({ host: 'browser', runtime: 'test', platform: nodePlatform({ environment: { VELATURA_HOME: temporaryFolder() } }), engine: answeringEngine() });
});
afterEach(async () => {
  vi.useRealTimers();
  await studio.close();
});

async function ask(page: string, method: StudioMethod, params?: unknown): Promise<unknown> {
  const { result } = (await answerCall(studio, { id: 1, method, params }, page))!;
  return result.ok ? result.value : result.fault.code;
}

/** A document made by page `a` and opened by the others. */
async function shared(...others: string[]): Promise<string> {
  const { record } = (await ask('a', 'documents.create', { name: 'Lake', width: 8, height: 8 })) as { record: { id: string } };
  for (const page of others) await ask(page, 'documents.open', { document: record.id });
  return record.id;
}

const isOpen = (document: string): boolean => studio.files.assets(document) !== undefined;

it('stays open for the other page, and closes with the last', async () => {
  const document = await shared('b');
  await ask('a', 'documents.close', { document });
  await ask('a', 'documents.close', { document }); // twice from one page is once
  expect(isOpen(document)).toBe(true);
  expect(await ask('b', 'documents.snapshot', { document, entry: 'first', name: 'still here' })).toHaveLength(1);
  await ask('b', 'documents.close', { document });
  expect(isOpen(document)).toBe(false);
});

it('is not removed under another page', async () => {
  const document = await shared('b');
  expect(await ask('a', 'documents.remove', { document })).toBe('document.open-elsewhere');
  await ask('b', 'documents.close', { document });
  expect(await ask('a', 'documents.remove', { document })).toBeNull();
});

it('closes when the page that still had it ends, at once or after a time without a line', async () => {
  const [first, second] = [await shared('b'), await shared('c')];
  const [b, c] = [studio.pages.arrived('b'), studio.pages.arrived('c')];
  for (const document of [first, second]) await ask('a', 'documents.close', { document });
  b(true);
  c(false);
  await vi.waitFor(() => expect([isOpen(first), isOpen(second)]).toEqual([false, true]));
  vi.advanceTimersByTime(100_000);
  const again = studio.pages.arrived('c'); // its line is mended
  vi.advanceTimersByTime(100_000);
  expect(isOpen(second)).toBe(true);
  again(false);
  vi.advanceTimersByTime(130_000);
  await vi.waitFor(() => expect(isOpen(second)).toBe(false));
});

it('stays open where pages end that never closed it, and one that comes back late has it again', async () => {
  const document = await shared();
  studio.pages.arrived('a')(false);
  vi.advanceTimersByTime(130_000);
  expect(isOpen(document)).toBe(true);
  studio.pages.arrived('a');
  await ask('b', 'documents.open', { document });
  await ask('b', 'documents.close', { document });
  expect(isOpen(document)).toBe(true);
});

it('of a page with two lines stays until both are gone', async () => {
  const document = await shared('b');
  const [one, two] = [studio.pages.arrived('b'), studio.pages.arrived('b')];
  await ask('a', 'documents.close', { document });
  one(true);
  expect(isOpen(document)).toBe(true);
  two(true);
  await vi.waitFor(() => expect(isOpen(document)).toBe(false));
});

it('that cannot be opened is held by nobody', async () => {
  expect(await ask('a', 'documents.open', { document: 'none' })).toBe('document.missing');
  expect(await ask('b', 'documents.remove', { document: 'none' })).toBe('document.missing');
});

// The question what is to become of a history beyond the limit: once an opening, again only when it has grown.
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { nextTick } from 'vue';
import type { Settings } from '../../../../src-main/contract/schema.ts';
import type { OpenedDocument } from '../../../../src-main/contract/studio-records.ts';
import { useDocument } from '../../../../src-renderer/document/document-store.ts';
import { useHistoryQuestion } from '../../../../src-renderer/document/use-history-question.ts';
import { useSettings } from '../../../../src-renderer/settings/settings-store.ts';
import { useNotices } from '../../../../src-renderer/shell/notices-store.ts';
import { useShell } from '../../../../src-renderer/shell/shell-store.ts';

const asked = vi.hoisted((): string[] => []);

vi.mock('../../../../src-renderer/client/host-store.ts', () => ({
  useHost: () => ({
    transport: { onEvent: () => undefined, onState: () => undefined },
    studio: { ask: (name: string, params: object) => (asked.push(name), Promise.resolve({ formatVersion: 1, ...params })) },
  }),
}));
vi.mock('../../../../src-renderer/widgets/use-sizes.ts', () => ({ useSizes: () => ({ sizeInWords: (bytes: number) => `${Math.round(bytes / 1e6)} MB` }) }));

const opened = (megabytes: number, readOnly = false): OpenedDocument => {
  const entry = { id: 'step', parent: 'first', label: { key: 'canvas.paint' }, at: '2024-01-01T00:00:00.000Z', changes: [] };
  return { record: { id: 'one', layers: { root: { id: 'root', kind: 'group', children: [] } } } as never, history: { entries: [entry], head: 'step', redo: [], snapshots: [], bytes: megabytes * 1e6 }, notes: [], readOnly };
};
const limit = (historyMB: number | undefined): void => void (useSettings().settings = { formatVersion: 1, ...(historyMB === undefined ? {} : { historyMB }) } as Settings);
const questions = (): (string | undefined)[] => useNotices().list.map((notice) => (notice.kind === 'words' ? `${notice.details?.['size']} of ${notice.details?.['limit']}` : undefined));

async function grow(megabytes: number): Promise<readonly unknown[]> {
  useDocument().bytes = megabytes * 1e6;
  await nextTick();
  return questions();
}

describe('a history beyond the limit', () => {
  beforeEach(() => {
    setActivePinia(createPinia());
    asked.length = 0;
    limit(100);
    useHistoryQuestion();
  });

  test('is asked about when it passes the limit, and once more for every tenth that it has grown', async () => {
    useDocument().show(opened(90));
    expect(await grow(100)).toEqual([]);
    expect(await grow(101)).toEqual(['101 MB of 100 MB']);
    useNotices().closeAll();
    expect(await grow(111)).toEqual([]);
    expect(await grow(112)).toEqual(['112 MB of 100 MB']);
    expect(await grow(124)).toEqual(['124 MB of 100 MB']); // the earlier one is withdrawn
  });

  test('is asked about at every opening, and not where it is only looked at or nothing could be forgotten', () => {
    const document = useDocument();
    document.show(opened(150));
    expect(questions()).toEqual(['150 MB of 100 MB']);
    document.show(undefined);
    expect(questions()).toEqual([]);
    document.show(opened(150));
    expect(questions()).toEqual(['150 MB of 100 MB']);
    document.show(opened(150, true));
    expect(questions()).toEqual([]);
    document.show({ ...opened(150), history: { entries: [], head: 'first', redo: [], snapshots: [], bytes: 150e6 } });
    expect(questions()).toEqual([]);
  });

  test('is no question any more once it fits, by being thinned or by another limit', async () => {
    useDocument().show(opened(150));
    expect(await grow(99)).toEqual([]);
    expect(await grow(105)).toEqual([]); // no tenth more than it was left with
    expect(await grow(109)).toEqual(['109 MB of 100 MB']);
    limit(200);
    await nextTick();
    expect(questions()).toEqual([]);
    limit(64);
    await nextTick();
    expect(questions()).toEqual(['109 MB of 64 MB']);
    limit(undefined);
    await nextTick();
    expect(questions()).toEqual([]);
  });

  test('is only thinned by the artist: the question opens the dialog, and asks the host for nothing', () => {
    useDocument().show(opened(150));
    useNotices().list[0]?.action?.run();
    expect([useShell().dialog, useShell().wish]).toEqual(['thin', 'limit']);
    expect(asked).toEqual([]);
    useShell().open('thin');
    expect(useShell().wish).toBeUndefined();
  });
});

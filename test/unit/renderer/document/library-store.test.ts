// The shelf of documents: what is open stays open until there is something else to show.
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { DocumentRecord } from '../../../../src-main/contract/document.ts';
import { StudioError } from '../../../../src-main/contract/fault.ts';
import type { GivenFile } from '../../../../src-renderer/client/files.ts';
import { useDocument } from '../../../../src-renderer/document/document-store.ts';
import { useLibrary } from '../../../../src-renderer/document/library-store.ts';
import { useNotices } from '../../../../src-renderer/shell/notices-store.ts';

const asked: string[] = [];
const given = (name: string): GivenFile => ({ name, send: () => Promise.resolve({ path: `/${name}` }) });
const history = { entries: [], head: 'begin', redo: [], snapshots: [], bytes: 0 };
const record = (id: string) => ({ id, name: id, width: 8, height: 8, layers: { root: { id: 'root', kind: 'group', children: [] } } }) as unknown as DocumentRecord;

vi.mock('../../../../src-renderer/client/host-store.ts', () => ({
  useHost: () => ({
    transport: { onEvent: () => undefined, onState: () => undefined },
    studio: {
      ask: (name: string, params?: { document?: string; file?: { path: string } }) => {
        asked.push(`${name} ${params?.document ?? ''}`.trim());
        if (params?.file?.path === '/layers.psd') return Promise.resolve({ record: record('psd'), history, readOnly: false, notes: [{ key: 'psd.adjustment-left-out', details: { layer: 'Curves' } }] });
        if (name === 'documents.import') return Promise.reject(new StudioError('picture.corrupt', { file: 'broken.jpg', detail: 'cut off' }));
        return Promise.resolve(name === 'documents.open' ? { record: record(params!.document!), history, readOnly: false, notes: [] } : []);
      },
    },
  }),
}));

describe('the library', () => {
  beforeEach(() => {
    setActivePinia(createPinia());
    asked.length = 0;
  });

  test('keeps the open document where a file cannot be opened, and says why', async () => {
    const [library, document, notices] = [useLibrary(), useDocument(), useNotices()];
    await library.open('first');
    expect(await library.openFile(given('broken.jpg'))).toBe(false);
    expect(document.record?.id).toBe('first');
    expect(asked).not.toContain('documents.close first');
    expect(notices.list).toHaveLength(1);
  });

  test('says what a PSD file could not keep until that is closed', async () => {
    vi.useFakeTimers();
    const [library, notices] = [useLibrary(), useNotices()];
    expect(await library.openFile(given('layers.psd'))).toBe(true);
    vi.advanceTimersByTime(3_600_000);
    vi.useRealTimers();
    expect(notices.list.map((notice) => notice.kind === 'notes' && notice.notes.map(({ key }) => key))).toEqual([['psd.adjustment-left-out']]);
    notices.close(notices.list[0]!.id);
    expect(notices.list).toEqual([]);
  });

  test('says what is still being opened where something else is wished meanwhile', async () => {
    const [library, notices] = [useLibrary(), useNotices()];
    const first = library.open('first', 'first');
    expect(await library.open('first', 'first')).toBe(false); // A second click on the same.
    expect(notices.list).toEqual([]);
    expect(await library.open('second', 'second')).toBe(false);
    expect(notices.list).toMatchObject([{ words: 'shell.start.stillOpening', details: { name: 'first' }, action: { words: 'jobs.show' } }]);
    expect(await first).toBe(true);
  });

  test('closes the open document once another one is there, and never the one it shows', async () => {
    const [library, document] = [useLibrary(), useDocument()];
    await library.open('first');
    await library.open('second');
    await library.open('second');
    expect(document.record?.id).toBe('second');
    expect(asked).toEqual(['documents.open first', 'documents.open second', 'documents.close first', 'documents.open second']);
  });
});

// A linked file that cannot be read is told to the artist, of the open document alone.
import { createPinia, setActivePinia } from 'pinia';
import { expect, test, vi } from 'vitest';
import type { StudioEvent } from '../../../../src-main/contract/studio-api.ts';
import { followLinks } from '../../../../src-renderer/canvas/follow-links.ts';
import { useDocument } from '../../../../src-renderer/document/document-store.ts';
import { useNotices } from '../../../../src-renderer/shell/notices-store.ts';

const listeners: ((event: StudioEvent) => void)[] = [];

vi.mock('../../../../src-renderer/client/host-store.ts', () => ({
  useHost: () => ({ transport: { onEvent: (listener: (event: StudioEvent) => void) => listeners.push(listener), onState: () => undefined }, studio: { ask: () => Promise.resolve(null) } }),
}));

vi.stubGlobal('window', {}); // a page whose browser cannot follow files

test('a linked file that cannot be read is told, and not for another document', () => {
  setActivePinia(createPinia());
  const [document, notices] = [useDocument(), useNotices()];
  document.show({ record: { id: 'mine', layers: { root: { id: 'root', kind: 'group', children: [] } } }, history: { entries: [], head: 'first', redo: [], snapshots: [], bytes: 0 }, readOnly: false, notes: [] } as never);
  followLinks();
  const fault = { code: 'picture.corrupt', details: { file: 'lake.png', reason: 'it is cut off' } } as const;
  for (const id of ['other', 'mine']) listeners.forEach((listener) => listener({ kind: 'linked.failed', document: id, layer: 'a', fault: { ...fault, details: { ...fault.details, file: `${id}.png` } } }));
  expect(notices.list).toMatchObject([{ kind: 'fault', fault: { code: 'picture.corrupt', details: { file: 'mine.png' } } }]);
});

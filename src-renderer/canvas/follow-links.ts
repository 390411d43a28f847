// Linked pictures: a file that was saved anew by another program takes the place of the old one, as a step of history; one that cannot be read is told.
import type { LayerId } from '../../src-main/contract/document.ts';
import type { PlacedPicture } from '../../src-main/contract/studio-api.ts';
import { useHost } from '../client/host-store.ts';
import { useDocument } from '../document/document-store.ts';
import { useFollowed } from '../document/followed-store.ts';
import { editRecord } from '../document/record-edit.ts';
import { useNotices } from '../shell/notices-store.ts';

export function followLinks(): void {
  const host = useHost();
  const documents = useDocument();
  const notices = useNotices();
  host.transport.onEvent((event) => {
    if (event.kind === 'linked.failed' && event.document === documents.record?.id) notices.show({ kind: 'fault', fault: event.fault });
    if (event.kind === 'linked' && event.document === documents.record?.id) take(event.layer, event.placed);
  });
  useFollowed().start(take);

  function take(id: LayerId, placed: PlacedPicture): void {
    const { record } = documents;
    const layer = record?.layers[id];
    if (!record || layer?.kind !== 'image') return;
    const { source, sourceName, sourceSize, transform, pixels, link, page, pages } = placed;
    const edit = editRecord(record);
    for (const [key, value] of Object.entries({ source, sourceName, sourceSize, transform, pixels, link })) {
      if (value !== undefined) edit.set(['layers', layer.id, key], value);
    }
    for (const [key, value] of Object.entries({ page, pages })) if (layer[key] !== value) edit.set(['layers', layer.id, key], value); // The new file may have one only.
    documents.commit({ key: 'canvas.linked', details: { name: sourceName } }, edit.changes());
  }
}

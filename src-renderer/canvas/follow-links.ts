// Linked pictures: a file that was saved anew by another program takes the place of the old one, as a step of history; one that cannot be read is told.
import { useHost } from '../client/host-store.ts';
import { useDocument } from '../document/document-store.ts';
import { editRecord } from '../document/record-edit.ts';
import { useNotices } from '../shell/notices-store.ts';

export function followLinks(): void {
  const host = useHost();
  const documents = useDocument();
  const notices = useNotices();
  host.transport.onEvent((event) => {
    if (event.kind === 'linked.failed' && event.document === documents.record?.id) notices.show({ kind: 'fault', fault: event.fault });
    if (event.kind !== 'linked') return;
    const { record } = documents;
    const layer = record?.layers[event.layer];
    if (!record || record.id !== event.document || layer?.kind !== 'image') return;
    const { source, sourceName, sourceSize, transform, pixels, link, page, pages } = event.placed;
    const edit = editRecord(record);
    for (const [key, value] of Object.entries({ source, sourceName, sourceSize, transform, pixels, link })) {
      if (value !== undefined) edit.set(['layers', layer.id, key], value);
    }
    for (const [key, value] of Object.entries({ page, pages })) if (layer[key] !== value) edit.set(['layers', layer.id, key], value); // The new file may have one only.
    documents.commit({ key: 'canvas.linked', details: { name: sourceName } }, edit.changes());
  });
}

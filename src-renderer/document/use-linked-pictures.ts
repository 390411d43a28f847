// Linked pictures whose files have changed on disk: what the host read anew takes their place, as a step of history.
import { useHost } from '../client/host-store.ts';
import { useDocument } from './document-store.ts';
import { setProp } from './layer-changes.ts';

export function useLinkedPictures(): void {
  const host = useHost();
  const document = useDocument();
  host.transport.onEvent((event) => {
    if (event.kind !== 'linked') return;
    const { record } = document;
    const layer = record?.layers[event.layer];
    if (record?.id !== event.document || layer?.kind !== 'image') return;
    const { source, sourceSize, transform, pixels, link } = event.placed;
    const props = Object.entries({ source, sourceSize, transform, pixels, link });
    document.commit({ key: 'layer.link', details: { name: layer.name } }, props.flatMap(([name, value]) => setProp(record, layer.id, [name], value)));
  });
}

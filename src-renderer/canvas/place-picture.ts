// Pictures placed on the open document as image layers: from files, drops, the clipboard.
import type { LayerOf } from '../../src-main/contract/document.ts';
import type { FileRef, PlacedPicture } from '../../src-main/contract/studio-api.ts';
import { chooseFollowed } from '../client/followed-files.ts';
import { useHost } from '../client/host-store.ts';
import { uploadBytes, uploadFile } from '../client/upload.ts';
import { useDocument } from '../document/document-store.ts';
import { useFollowed } from '../document/followed-store.ts';
import { addAbove, envelope } from '../document/layer-changes.ts';
import { useNotices } from '../shell/notices-store.ts';

/** What a placed picture is as a layer. */
export function imageLayer({ source, sourceName, sourceSize, page, pages, transform, pixels, link }: PlacedPicture): LayerOf<'image'> {
  return { ...envelope(sourceName), kind: 'image', source, sourceName, sourceSize, ...(pages ? { page: page ?? 1, pages } : {}), transform, pixels, ...(link ? { link } : {}) };
}

/** `link`: by the host, from its path. `byPage`: by this page, for which the browser keeps the file. */
interface PlaceOptions {
  readonly link?: boolean;
  readonly byPage?: { readonly handle: FileSystemFileHandle; readonly modifiedMs: number };
}

/** Places a file above the active layer, larger ones fitted into the document. Throws the host's fault. */
export async function placeFile(file: FileRef, { link = false, byPage }: PlaceOptions = {}): Promise<void> {
  const { studio } = useHost();
  const documents = useDocument();
  const { record } = documents;
  if (!record) return;
  const placed = await studio.ask('pictures.place', { document: record.id, file, fit: true, ...(link ? { link } : {}) });
  if (documents.record?.id !== record.id) return;
  const layer = imageLayer(byPage ? { ...placed, link: { path: byPage.handle.name, modifiedMs: byPage.modifiedMs, byPage: true } } : placed);
  if (byPage) await useFollowed().follow(record.id, layer.id, byPage.handle);
  if (documents.record?.id !== record.id) return;
  documents.commit({ key: 'canvas.place', details: { name: placed.sourceName } }, addAbove(documents.record, layer, documents.chosen[0]));
  documents.chosen = [layer.id];
  useNotices().notes(placed.notes);
  if (placed.recipe) useNotices().offer(placed.recipe, layer.id);
}

/** Files dropped or pasted, one layer each. What fails is told; the others are placed. */
export async function placeFiles(files: readonly File[]): Promise<void> {
  const { transport } = useHost();
  for (const file of files) {
    try {
      await placeFile(await uploadFile(transport, file));
    } catch (thrown) {
      useNotices().fault(thrown);
    }
  }
}

/** Files that the artist lets this page read again: placed, and followed when they change. Throws the host's fault. */
export async function placeFollowed(): Promise<void> {
  const { transport } = useHost();
  for (const handle of await chooseFollowed(true)) {
    const file = await handle.getFile();
    await placeFile(await uploadFile(transport, file), { byPage: { handle, modifiedMs: file.lastModified } });
  }
}

/** A picture in memory, encoded. Throws the host's fault. */
export async function placeBlob(blob: Blob, name: string): Promise<void> {
  await placeFile(await uploadBytes(useHost().transport, blob, name));
}

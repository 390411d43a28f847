// Pictures placed on the open document as image layers: from files, drops, the clipboard.
import type { DocumentRecord, LayerOf } from '../../src-main/contract/document.ts';
import { StudioError } from '../../src-main/contract/fault.ts';
import type { FileRef, PlacedPicture } from '../../src-main/contract/studio-api.ts';
import { givenFile, type GivenFile } from '../client/files.ts';
import { chooseFollowed } from '../client/followed-files.ts';
import { useHost } from '../client/host-store.ts';
import type { Transport } from '../client/transport.ts';
import { uploadBytes, uploadFile } from '../client/upload.ts';
import { useDocument } from '../document/document-store.ts';
import { useFollowed } from '../document/followed-store.ts';
import { addAbove, envelope } from '../document/layer-changes.ts';
import { useLibrary } from '../document/library-store.ts';
import { useSentFiles } from '../jobs/sent-files-store.ts';
import { useNotices } from '../shell/notices-store.ts';
import { useShell } from '../shell/shell-store.ts';

/** What a placed picture is as a layer. */
export function imageLayer({ source, sourceName, sourceSize, page, pages, transform, pixels, link }: PlacedPicture): LayerOf<'image'> {
  return { ...envelope(sourceName), kind: 'image', source, sourceName, sourceSize, ...(pages ? { page: page ?? 1, pages } : {}), transform, pixels, ...(link ? { link } : {}) };
}

/** `link`: by the host, from its path. `byPage`: by this page, for which the browser keeps the file, as it was when it was last sent. */
interface PlaceOptions {
  readonly link?: boolean;
  readonly byPage?: { readonly handle: FileSystemFileHandle; readonly modifiedMs: () => number };
}

/** Where files are placed, whatever is opened meanwhile. */
type Target = Pick<DocumentRecord, 'id' | 'name'>;

/** Places a file above the active layer, larger ones fitted into the document; what fails is told, and stands among the jobs to be tried again. */
export async function placeGiven(file: GivenFile, options: PlaceOptions = {}, record: Target | undefined = useDocument().record): Promise<void> {
  if (record) await placeOn(record, file, options).catch(() => undefined); // The list of jobs has it.
}

/** `id`: of one that could not be placed before. Throws the host's fault, picture.not-placed where the document was closed meanwhile. */
async function placeOn(record: Target, file: GivenFile, options: PlaceOptions, id?: string): Promise<void> {
  const { studio, transport } = useHost();
  const documents = useDocument();
  const { link = false, byPage } = options;
  const again = async (failed: string): Promise<void> => {
    if (documents.record?.id !== record.id && !(await useLibrary().open(record.id, record.name))) return;
    useShell().toCanvas();
    await placeOn(record, file, options, failed);
  };
  const act = async (asked: string): Promise<PlacedPicture & { readonly layer: string }> => {
    const placed = await studio.ask('pictures.place', { document: record.id, file: await file.send(transport), fit: true, asked, ...(link ? { link } : {}) });
    const layer = imageLayer(byPage ? { ...placed, link: { path: byPage.handle.name, modifiedMs: byPage.modifiedMs(), byPage: true } } : placed);
    if (byPage) await useFollowed().follow(record.id, layer.id, byPage.handle);
    if (documents.record?.id !== record.id) throw new StudioError('picture.not-placed', { file: file.name, document: record.name });
    documents.commit({ key: 'canvas.place', details: { name: placed.sourceName } }, addAbove(documents.record, layer, documents.chosen[0]));
    documents.chosen = [layer.id];
    return { ...placed, layer: layer.id };
  };
  const placed = await useSentFiles().attempt(file.name, again, act, id);
  useNotices().notes(placed.notes);
  if (placed.recipe) useNotices().offer(placed.recipe, placed.layer);
}

/** Files dropped or pasted, one layer each. What fails is told; the others are placed. */
export async function placeFiles(files: readonly File[]): Promise<void> {
  const { record } = useDocument();
  for (const file of files) await placeGiven(givenFile(file), {}, record);
}

/** Files that the artist lets this page read again: placed, and followed when they change. Throws the browser's fault for files that are none. */
export async function placeFollowed(): Promise<void> {
  const { record } = useDocument();
  for (const handle of await chooseFollowed(true)) {
    let modifiedMs = 0;
    const send = async (transport: Transport): Promise<FileRef> => {
      const file = await handle.getFile();
      modifiedMs = file.lastModified;
      return uploadFile(transport, file);
    };
    await placeGiven({ name: handle.name, send }, { byPage: { handle, modifiedMs: () => modifiedMs } }, record);
  }
}

/** A picture in memory, encoded. */
export async function placeBlob(blob: Blob, name: string): Promise<void> {
  await placeGiven({ name, send: (transport) => uploadBytes(transport, blob, name) });
}

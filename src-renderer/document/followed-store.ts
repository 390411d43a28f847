// Linked pictures that this page follows, where the browser may read files again: looked at while the page is in sight.
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { LayerId, LayerOf, Matrix } from '../../src-main/contract/document.ts';
import { faultOf, type FaultCode } from '../../src-main/contract/fault.ts';
import { hasUndoneLink } from '../../src-main/contract/history-tree.ts';
import type { PlacedPicture } from '../../src-main/contract/studio-api.ts';
import { askAgain, canFollowFiles, chooseFollowed, followedFile, keepFollowed, stateOf, type FileState } from '../client/followed-files.ts';
import { useHost } from '../client/host-store.ts';
import { uploadFile } from '../client/upload.ts';
import { useNotices } from '../shell/notices-store.ts';
import { useDocument } from './document-store.ts';

/** How often files are looked at. */
const lookEveryMs = 2000;
/** Faults that say nothing of the file: it is tried again. */
const notOfTheFile: ReadonlySet<FaultCode> = new Set(['host.lost', 'engine.lost', 'job.cancelled', 'document.missing']);

export const useFollowed = defineStore('followed', () => {
  const { studio, transport } = useHost();
  const documents = useDocument();
  const notices = useNotices();
  /** Of the open document's layers; absent: not known yet. */
  const states = shallowRef<ReadonlyMap<LayerId, FileState>>(new Map());
  const handles = new Map<string, FileSystemFileHandle>();
  /** State of a file that was read, or could not be, by document and layer: it is not read again. What was taken and undone the history knows, after a reload too. */
  const seen = new Map<string, number>();
  let take: ((layer: LayerId, placed: PlacedPicture) => void) | undefined;
  let isLooking = false;

  const keyOf = (document: string, layer: LayerId): string => `${document}/${layer}`;

  function linkedLayers(): LayerOf<'image'>[] {
    const { record, readOnly } = documents;
    if (!record || readOnly) return [];
    return Object.values(record.layers).filter((layer) => layer.kind === 'image' && layer.link?.byPage) as LayerOf<'image'>[];
  }

  function setState(layer: LayerId, state: FileState): void {
    if (states.value.get(layer) !== state) states.value = new Map([...states.value, [layer, state]]);
  }

  async function handleOf(key: string): Promise<FileSystemFileHandle | undefined> {
    const handle = handles.get(key) ?? (await followedFile(key).catch(() => undefined)); // a browser that keeps nothing has lost it
    if (handle) handles.set(key, handle);
    return handle;
  }

  /** From now on its file is followed. A browser that keeps nothing follows it until the page is loaded anew. */
  async function follow(document: string, layer: LayerId, handle: FileSystemFileHandle): Promise<void> {
    handles.set(keyOf(document, layer), handle);
    setState(layer, 'here');
    await keepFollowed(keyOf(document, layer), handle).catch(() => undefined);
  }

  async function lookAt(document: string, { id, link, transform, page, source }: LayerOf<'image'>): Promise<void> {
    const key = keyOf(document, id);
    const handle = await handleOf(key);
    const state = await stateOf(handle);
    setState(id, state);
    if (!handle || state !== 'here') return;
    const file = await handle.getFile().catch(() => undefined); // gone, or being written: the next look may find it
    if (!file || file.size === 0 || file.lastModified === link?.modifiedMs || file.lastModified === seen.get(key)) return;
    if (hasUndoneLink(documents.entries, documents.head, id, file.lastModified)) return;
    seen.set(key, file.lastModified);
    const placed = await place(document, file, { transform, ...(page === undefined ? {} : { page }) }).catch((thrown: unknown) => {
      if (notOfTheFile.has(faultOf(thrown).code)) seen.delete(key);
      else notices.fault(thrown);
    });
    const now = documents.record?.id === document ? documents.record.layers[id] : undefined;
    const isTaken = now?.kind !== 'image' || now.link?.modifiedMs === file.lastModified; // another page may have been first
    if (!placed || isTaken || placed.source === source) return;
    take?.(id, { ...placed, sourceName: file.name, link: { path: file.name, modifiedMs: file.lastModified, byPage: true } });
  }

  async function place(document: string, file: File, stands: { readonly transform: Matrix; readonly page?: number }): Promise<PlacedPicture> {
    return studio.ask('pictures.place', { document, file: await uploadFile(transport, file), fit: false, ...stands });
  }

  async function look(): Promise<void> {
    const document = documents.record?.id;
    if (document === undefined || isLooking || window.document.visibilityState !== 'visible') return;
    isLooking = true;
    try {
      for (const layer of linkedLayers()) await lookAt(document, layer).catch((thrown: unknown) => notices.fault(thrown));
    } finally {
      isLooking = false;
    }
  }

  /** The artist lets the browser read the file again, or chooses it again where this browser never had it. */
  async function followAgain(layer: LayerId): Promise<void> {
    const document = documents.record?.id;
    if (document === undefined) return;
    try {
      const handle = await handleOf(keyOf(document, layer));
      if (handle) setState(layer, await askAgain(handle));
      else for (const chosen of await chooseFollowed(false)) await follow(document, layer, chosen);
      await look();
    } catch (thrown) {
      notices.fault(thrown);
    }
  }

  /** `taken`: what was read anew becomes the layer's. */
  function start(taken: (layer: LayerId, placed: PlacedPicture) => void): void {
    take = taken;
    if (!canFollowFiles()) return;
    setInterval(() => void look(), lookEveryMs);
    window.document.addEventListener('visibilitychange', () => void look());
  }

  return { states, follow, followAgain, start };
});

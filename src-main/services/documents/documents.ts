// The artist's documents: which there are, and the ones that are open, for every service that follows them.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Change } from '../../contract/changes.ts';
import type { DocumentId, DocumentRecord } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import { diskFault, errorCodeOf } from '../disk.ts';
import { readCard, thumbnailOf, type DocumentSummary } from './document-cards.ts';
import { createFolder, removeFolder, sweepUnfinished } from './document-folder.ts';
import { openDocument, type OpenDocument } from './open-document.ts';
import type { PaintShelf } from './paint-shelf.ts';

export type DocumentListener = (document: OpenDocument) => void;
export type ChangesListener = (document: OpenDocument, changes: readonly Change[], before: DocumentRecord, after: DocumentRecord) => void;

export interface Documents {
  /** Newest first; those that cannot be read are left out and logged. Throws disk.*. */
  list(): Promise<DocumentSummary[]>;
  /** Makes a document and opens it; `make` may write assets (asset-files) into the folder it is given, and answers the record. */
  create(id: DocumentId, make: (assets: string) => Promise<DocumentRecord>): Promise<OpenDocument>;
  /** Throws document.missing | document.corrupt | document.newer | disk.*. */
  open(id: DocumentId): Promise<OpenDocument>;
  /** One that is open. Throws document.missing. */
  get(id: DocumentId): OpenDocument;
  find(id: DocumentId): OpenDocument | undefined;
  close(id: DocumentId): Promise<void>;
  /** Throws document.read-only where another program holds it | disk.*. */
  remove(id: DocumentId): Promise<void>;
  /** Called after every change of a record, however it came about. Each answers how to stop. */
  onChange(listener: ChangesListener): () => void;
  onOpen(listener: DocumentListener): () => void;
  onClose(listener: DocumentListener): () => void;
  /** Everything written to the open ones is safe on the disk. Throws disk.*. */
  syncAll(): Promise<void>;
  closeAll(): Promise<void>;
}

export interface DocumentsOptions {
  readonly home: string;
  /** Names this program in locks. */
  readonly who: string;
  /** For derived paint of all of them. */
  readonly paint?: PaintShelf;
  log(message: string): void;
}

export function createDocuments({ home, who, paint, log }: DocumentsOptions): Documents {
  const parent = join(home, 'documents');
  const folderOf = (id: DocumentId): string => join(parent, id);
  const opened = new Map<DocumentId, Promise<OpenDocument>>();
  const ready = new Map<DocumentId, OpenDocument>();
  /** On their way to the disk: until then they hold their locks. */
  const closing = new Map<DocumentId, Promise<void>>();
  const [changed, open, closed] = [new Set<ChangesListener>(), new Set<DocumentListener>(), new Set<DocumentListener>()];
  const subscribe = <T>(listeners: Set<T>, listener: T) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };

  const openNow = async (id: DocumentId): Promise<OpenDocument> => {
    await closing.get(id)?.catch(() => undefined);
    const document = await openDocument(folderOf(id), id, {
      who,
      ...(paint ? { paint } : {}),
      onChange: (...change) => changed.forEach((listener) => listener(...change)),
      onTrouble: (thrown) => log(`document ${id}: ${String(thrown)}`),
    });
    ready.set(id, document);
    open.forEach((listener) => listener(document));
    return document;
  };
  const documents: Documents = {
    async list() {
      await sweepUnfinished(parent);
      const names = await readdir(parent).catch((thrown: unknown) => {
        if (errorCodeOf(thrown) === 'ENOENT') return [];
        throw diskFault(thrown, parent);
      });
      const cards = await Promise.all(names.filter((name) => /^[\w-]{1,64}$/.test(name)).map((id) => cardOf(id)));
      return cards.filter((card) => card !== undefined).sort((a, b) => b.changedAt.localeCompare(a.changedAt));
    },
    async create(id, make) {
      await createFolder(folderOf(id), make);
      return documents.open(id);
    },
    open(id) {
      const known = opened.get(id);
      if (known) return known;
      const opening = openNow(id);
      opened.set(id, opening);
      opening.catch(() => opened.delete(id));
      return opening;
    },
    get(id) {
      const document = ready.get(id);
      if (!document) throw new StudioError('document.missing', { document: id });
      return document;
    },
    find: (id) => ready.get(id),
    async close(id) {
      if (!ready.has(id)) await opened.get(id)?.catch(() => undefined);
      const document = ready.get(id);
      if (!document) return closing.get(id);
      closed.forEach((listener) => listener(document));
      opened.delete(id);
      ready.delete(id);
      const ended = document.close().finally(() => closing.delete(id));
      closing.set(id, ended);
      await ended;
    },
    async remove(id) {
      const document = await documents.open(id).catch((thrown: unknown) => {
        // What cannot be read can still be removed.
        if (thrown instanceof StudioError && (thrown.code === 'document.corrupt' || thrown.code === 'document.newer')) return undefined;
        throw thrown;
      });
      if (document?.readOnly && !document.isNewer) throw new StudioError('document.read-only', { document: document.record().name });
      await documents.close(id);
      await removeFolder(folderOf(id));
    },
    onChange: (listener) => subscribe(changed, listener),
    onOpen: (listener) => subscribe(open, listener),
    onClose: (listener) => subscribe(closed, listener),
    async syncAll() {
      for (const document of ready.values()) await document.sync();
    },
    async closeAll() {
      for (const id of new Set([...opened.keys(), ...closing.keys()])) await documents.close(id).catch((thrown: unknown) => log(`document ${id}: ${String(thrown)}`));
    },
  };

  const cardOf = async (id: DocumentId): Promise<DocumentSummary | undefined> => {
    const document = ready.get(id);
    try {
      return document ? openCard(document) : await readCard(folderOf(id), id);
    } catch (thrown) {
      log(`document ${id}: ${String(thrown)}`);
      return undefined;
    }
  };
  return documents;
}

function openCard(document: OpenDocument): DocumentSummary {
  const { name, width, height } = document.record();
  const thumbnail = thumbnailOf(document.state());
  return { id: document.id, name, width, height, changedAt: document.changedAt().toISOString(), bytes: document.bytes(), recovered: false, ...(thumbnail === undefined ? {} : { thumbnail }) };
}

// One document while it is open: its record, its history, its pixels, and the order in which they reach the disk.
import { join } from 'node:path';
import type { Change } from '../../contract/changes.ts';
import type { DocumentId, DocumentRecord } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { EntryId, HistoryState } from '../../contract/history.ts';
import type { Note } from '../../contract/studio-api.ts';
import { openAssetStore, type AssetStore } from './asset-store.ts';
import { checkChanged, mentionedIn, neededBy } from './document-check.ts';
import { assetsName, ensureJournal, lockName, readDocument, requireDocument, rewrite, sweepFolder, type ReadDocument } from './document-folder.ts';
import { linesOf, recordAt, stateAfter, type DocumentState, type JournalLine } from './document-history.ts';
import { openJournal, type JournalFile } from './document-journal.ts';
import { keepWhatHolds, wasLeftOpen } from './document-recovery.ts';
import type { PaintShelf } from './paint-shelf.ts';
import { withLockFile } from '../lock-file.ts';

/** What was committed is safe on the disk at most a second later. */
const syncAfterMs = 400;
/** A journal with so many more lines than its history needs is written anew when it is opened. */
const spareLines = 400;

export interface OpenDocument {
  readonly id: DocumentId;
  readonly folder: string;
  readonly assets: AssetStore;
  readonly readOnly: boolean;
  /** Made by a newer program. */
  readonly isNewer: boolean;
  /** Of the opening: what was recovered. */
  readonly notes: readonly Note[];
  record(): DocumentRecord;
  state(): DocumentState;
  history(): HistoryState;
  bytes(): number;
  changedAt(): Date;
  /** The record at any state of the history. Throws document.conflict. */
  recordAt(entry: EntryId): DocumentRecord;
  /** Takes one line into the history. Throws document.conflict | document.step-too-large | document.history-too-long | document.read-only | asset.missing | disk.*; nothing is changed then. */
  write(line: JournalLine): Promise<void>;
  /** Replaces the history by what `thin` makes of it, and forgets pixels that nothing names any more. Throws document.step-too-large | document.read-only | disk.*. */
  replace(thin: (state: DocumentState) => DocumentState): Promise<void>;
  /** Everything written so far is safe on the disk. Throws disk.*. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Names this program in the lock. */
  readonly who: string;
  /** For derived paint. */
  readonly paint?: PaintShelf;
  onChange(document: OpenDocument, changes: readonly Change[], before: DocumentRecord, after: DocumentRecord): void;
  /** What failed while nobody was waiting for it. */
  onTrouble(thrown: unknown): void;
}

/** Opens the document of a folder; one that another program holds is only looked at. Throws document.missing | corrupt | newer, disk.*. */
export async function openDocument(folder: string, id: DocumentId, options: OpenOptions): Promise<OpenDocument> {
  await requireDocument(folder, id);
  const wasLeft = await wasLeftOpen(folder);
  const release = await holdLock(folder, options.who);
  try {
    const read = await readDocument(folder, id);
    const assets = await openAssetStore(join(folder, assetsName), options.paint);
    if (read.isNewer || !release) {
      await release?.();
      return createOpen({ id, folder, assets, read, options, notes: [] });
    }
    const kept = await keepWhatHolds(folder, read, assets, wasLeft);
    const isTorn = kept.validBytes < read.journalBytes;
    const notes: Note[] = wasLeft || isTorn ? [{ key: isTorn ? 'document.recovered-torn' : 'document.recovered' }] : [];
    const ready = await prepareJournal(folder, kept);
    await assets.sweep(mentioned(kept.state), 0);
    return createOpen({ id, folder, assets, options, notes, release, ...ready });
  } catch (thrown) {
    await release?.();
    throw thrown;
  }
}

/** Undefined where another program holds it. */
function holdLock(folder: string, who: string): Promise<(() => Promise<void>) | undefined> {
  const busy = (): StudioError => new StudioError('document.read-only', { document: who });
  return new Promise((resolve, reject) => {
    const untilReleased = (): Promise<void> =>
      new Promise((letGo) => {
        resolve(() => {
          letGo();
          return held;
        });
      });
    const held = withLockFile(join(folder, lockName), { who, patienceMs: 0, busy }, untilReleased);
    held.catch((thrown: unknown) => {
      if (thrown instanceof StudioError && (thrown.code === 'document.read-only' || thrown.code === 'disk.read-only')) resolve(undefined);
      else reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
    });
  });
}

async function prepareJournal(folder: string, read: ReadDocument): Promise<{ read: ReadDocument; file: JournalFile }> {
  await ensureJournal(folder, read.journal);
  const lines = linesOf(read.state);
  const fresh = read.lines.length > lines.length + spareLines ? await rewrite(folder, read.journal, read.state.base, lines).catch(tooLarge) : undefined;
  const journal = fresh?.journal ?? read.journal;
  await sweepFolder(folder, journal);
  const file = fresh?.file ?? (await openJournal(join(folder, journal), read.validBytes));
  return { read: { ...read, journal, baseBytes: fresh?.baseBytes ?? read.baseBytes }, file };
}

/** A journal that cannot be written anew stays as it is. */
function tooLarge(thrown: unknown): undefined {
  if (!(thrown instanceof StudioError) || thrown.code !== 'document.step-too-large') throw thrown;
}

function mentioned({ base, entries, firstThumbnail }: DocumentState): Set<string> {
  const found = mentionedIn(base);
  for (const entry of entries.values()) mentionedIn(entry, found);
  return mentionedIn(firstThumbnail, found);
}

interface Parts {
  readonly id: DocumentId;
  readonly folder: string;
  readonly assets: AssetStore;
  readonly read: ReadDocument;
  readonly options: OpenOptions;
  readonly notes: readonly Note[];
  /** Absent: only looked at. */
  readonly file?: JournalFile;
  readonly release?: () => Promise<void>;
}

function createOpen({ id, folder, assets, read, options, notes, file: opened, release }: Parts): OpenDocument {
  let [state, file, journal, baseBytes] = [read.state, opened, read.journal, read.baseBytes];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let trouble: unknown;
  let changedAt = read.changedAt;
  const inLine = createLine();

  const writable = (): JournalFile => {
    if (!file) throw new StudioError('document.read-only', { document: state.record.name });
    return file;
  };
  /** Pixels before the lines that name them. */
  const syncNow = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (!file) return;
    await assets.sync();
    await file.sync();
    trouble = undefined;
  };
  const syncSoon = (): void => {
    timer ??= setTimeout(() => {
      inLine(syncNow).catch((thrown: unknown) => {
        trouble = thrown;
        options.onTrouble(thrown);
      });
    }, syncAfterMs);
  };
  const write = async (line: JournalLine): Promise<void> => {
    const journalFile = writable();
    if (trouble !== undefined) await syncNow(); // what could not be made safe before is not added to
    const before = state.record;
    const { state: after, changes } = stateAfter(state, line);
    if (line.kind === 'entry' || line.kind === 'amend') {
      checkChanged(after.record, changes);
      for (const asset of neededBy(changes)) requireAsset(assets, asset);
    }
    if (line.kind === 'thumbnail') requireAsset(assets, line.thumbnail);
    await journalFile.append(line);
    [state, changedAt] = [after, new Date()];
    syncSoon();
    if (changes.length > 0) options.onChange(self, changes, before, after.record);
  };
  const replace = async (thin: (state: DocumentState) => DocumentState): Promise<void> => {
    const old = writable();
    const next = thin(state);
    await syncNow();
    const fresh = await rewrite(folder, journal, next.base, linesOf(next));
    [file, state, journal, baseBytes] = [fresh.file, { ...next, record: state.record }, fresh.journal, fresh.baseBytes];
    await old.close();
    await assets.sweep(mentioned(state), 60_000);
  };
  const bytes = (): number => assets.bytes() + (file?.bytes() ?? read.journalBytes) + baseBytes;

  const self: OpenDocument = {
    id,
    folder,
    assets,
    notes,
    readOnly: opened === undefined,
    isNewer: read.isNewer,
    record: () => state.record,
    state: () => state,
    bytes,
    changedAt: () => changedAt,
    history: () => ({ entries: [...state.entries.values()], head: state.head, redo: state.redo, snapshots: state.snapshots, bytes: bytes(), ...(state.firstThumbnail === undefined ? {} : { firstThumbnail: state.firstThumbnail }) }),
    recordAt: (entry) => recordAt(state, entry),
    write: (line) => inLine(() => write(line)),
    replace: (thin) => inLine(() => replace(thin)),
    sync: () => inLine(syncNow),
    close: () =>
      inLine(async () => {
        try {
          await syncNow();
        } finally {
          clearTimeout(timer);
          assets.forgetPaint();
          await file?.close();
          file = undefined;
          await release?.();
        }
      }),
  };
  return self;
}

function requireAsset(assets: AssetStore, id: string): void {
  if (!assets.has(id)) throw new StudioError('asset.missing', { asset: id.slice(0, 12) });
}

/** Runs actions one after another, whatever becomes of those before. */
function createLine(): <T>(action: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (action) => {
    const next = last.then(action, action);
    last = next.catch(() => undefined);
    return next;
  };
}

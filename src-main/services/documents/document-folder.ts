// The folder of a document: base.json (the record its journal starts from), the journal it names, assets, a lock.
import { randomUUID } from 'node:crypto';
import { access, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { documentVersion, type DocumentRecord } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import { diskFault, errorCodeOf, makeFolder, writeSafely } from '../disk.ts';
import { checkRecord } from './document-check.ts';
import { replay, type DocumentState, type JournalLine } from './document-history.ts';
import { journalBytes, openJournal, readJournal, type JournalFile } from './document-journal.ts';

export const assetsName = 'assets';
export const lockName = 'lock';
const baseName = 'base.json';
const firstJournalName = 'journal.jsonl';
/** In the name of a folder that is no document yet, or no more. */
const unfinished = '.new-';
/** Another program may be at it. */
const unfinishedForMs = 3_600_000;

const baseSchema = v.looseObject({
  formatVersion: v.literal(1),
  journal: v.pipe(v.string(), v.regex(/^journal[\w-]{0,60}\.jsonl$/, 'is no journal')),
  record: v.looseObject({ formatVersion: v.number() }),
});

export interface ReadDocument {
  readonly state: DocumentState;
  readonly journal: string;
  /** Bytes of the journal that hold; anything behind them is not part of the document. */
  readonly validBytes: number;
  readonly journalBytes: number;
  /** Lines that hold, and the byte behind each. */
  readonly lines: readonly JournalLine[];
  readonly ends: readonly number[];
  readonly baseBytes: number;
  readonly changedAt: Date;
  /** Made by a newer program. */
  readonly isNewer: boolean;
}

/** Makes a folder with a document in it, or none at all; `make` may write assets and answers the record. Throws disk.* and what `make` throws. */
export async function createFolder(folder: string, make: (assets: string) => Promise<DocumentRecord>): Promise<void> {
  const beside = `${folder}${unfinished}${randomUUID().slice(0, 8)}`;
  try {
    await makeFolder(join(beside, assetsName));
    const record = checkRecord(await make(join(beside, assetsName)));
    await writeSafely(join(beside, firstJournalName), new Uint8Array());
    await writeBase(beside, firstJournalName, record);
    await rename(beside, folder);
  } catch (thrown) {
    await rm(beside, { recursive: true, force: true }).catch(() => undefined);
    throw diskFault(thrown, folder);
  }
}

/** Removes a document's folder; a crash leaves it whole or out of sight. Throws disk.*. */
export async function removeFolder(folder: string): Promise<void> {
  const aside = `${folder}${unfinished}${randomUUID().slice(0, 8)}`;
  await rename(folder, aside).catch((thrown: unknown) => {
    throw diskFault(thrown, folder);
  });
  await rm(aside, { recursive: true, force: true }).catch(() => undefined);
}

/** Removes folders of documents that were never finished, or not wholly removed. */
export async function sweepUnfinished(parent: string): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    if (!name.includes(unfinished)) continue;
    const found = await stat(join(parent, name)).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > unfinishedForMs) await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function writeBase(folder: string, journal: string, record: DocumentRecord): Promise<number> {
  const bytes = new TextEncoder().encode(JSON.stringify({ formatVersion: 1, journal, record }));
  await writeSafely(join(folder, baseName), bytes);
  return bytes.byteLength;
}

/** The document of a folder, as far as its journal holds. Throws document.missing | document.corrupt | document.newer | disk.*. */
export async function readDocument(folder: string, id: string): Promise<ReadDocument> {
  const baseText = await readFile(join(folder, baseName)).catch((thrown: unknown) => {
    throw errorCodeOf(thrown) === 'ENOENT' ? new StudioError('document.missing', { document: id }) : diskFault(thrown, baseName);
  });
  const base = v.safeParse(baseSchema, parsed(baseText.toString('utf8')));
  if (!base.success) throw new StudioError('document.corrupt', { document: id, reason: 'base.json is not what it should be' });
  const { journal, record: stored } = base.output;
  const isNewer = stored.formatVersion > documentVersion;
  const record = knownRecord(stored, id, isNewer);
  const journalText = await readFile(join(folder, journal)).catch((thrown: unknown) => {
    if (errorCodeOf(thrown) === 'ENOENT') return Buffer.alloc(0);
    if (errorCodeOf(thrown) === 'ERR_FS_FILE_TOO_LARGE') throw new StudioError('document.corrupt', { document: id, reason: `${journal} is longer than 2 GB` });
    throw diskFault(thrown, journal);
  });
  const changed = await stat(join(folder, journal)).catch(() => undefined);
  const { lines, bytes } = readJournal(journalText);
  const { state, lines: kept } = replay(record, lines.map(({ value }) => value));
  const ends = lines.slice(0, kept.length).map(({ end }) => end);
  return { state, journal, validBytes: ends.at(-1) ?? 0, journalBytes: bytes, lines: kept, ends, baseBytes: baseText.byteLength, changedAt: changed?.mtime ?? new Date(0), isNewer };
}

/** A lock must not be laid where there is no document. Throws document.missing. */
export async function requireDocument(folder: string, id: string): Promise<void> {
  await access(join(folder, baseName)).catch((thrown: unknown) => {
    throw errorCodeOf(thrown) === 'ENOENT' ? new StudioError('document.missing', { document: id }) : diskFault(thrown, baseName);
  });
}

/** A newer program's record is shown as far as this one can read it. */
function knownRecord(stored: unknown, id: string, isNewer: boolean): DocumentRecord {
  if (!isNewer) return checkRecord(stored);
  try {
    return checkRecord({ ...(stored as object), formatVersion: documentVersion });
  } catch {
    throw new StudioError('document.newer', { document: id });
  }
}

function parsed(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
}

/** Keeps what a journal holds beyond its valid lines in a file of its own. Throws disk.*. */
export async function putAside(folder: string, { journal, validBytes }: ReadDocument): Promise<void> {
  const bytes = await readFile(join(folder, journal));
  const name = `lost-${new Date().toISOString().replaceAll(':', '')}.jsonl`;
  await writeSafely(join(folder, name), bytes.subarray(validBytes));
}

export interface Rewritten {
  readonly journal: string;
  /** The new journal, open for what follows. */
  readonly file: JournalFile;
  readonly baseBytes: number;
}

/** Writes base and journal anew: the new journal first, then the base that names it, then the old one goes. Throws document.step-too-large | disk.*; the old ones hold then. */
export async function rewrite(folder: string, old: string, record: DocumentRecord, lines: readonly JournalLine[]): Promise<Rewritten> {
  const journal = `journal-${randomUUID().slice(0, 8)}.jsonl`;
  const bytes = journalBytes(lines);
  await writeSafely(join(folder, journal), bytes);
  const file = await openJournal(join(folder, journal), bytes.byteLength);
  let baseBytes = 0;
  try {
    baseBytes = await writeBase(folder, journal, record);
  } catch (thrown) {
    // The rename may have happened before what failed: then the new journal is the one that counts.
    if ((await namedJournal(folder)) !== journal) {
      await file.close().catch(() => undefined);
      await rm(join(folder, journal), { force: true }).catch(() => undefined);
      throw thrown;
    }
    return { journal, file, baseBytes };
  }
  await rm(join(folder, old), { force: true }).catch(() => undefined);
  return { journal, file, baseBytes };
}

async function namedJournal(folder: string): Promise<string | undefined> {
  const words = await readFile(join(folder, baseName), 'utf8').catch(() => '');
  const checked = v.safeParse(baseSchema, parsed(words));
  return checked.success ? checked.output.journal : undefined;
}

/** Removes what a crash left half done: journals that the base does not name, files never renamed. */
export async function sweepFolder(folder: string, journal: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const isLeft = (name.startsWith('journal') && name.endsWith('.jsonl') && name !== journal) || (name.startsWith('.') && name.endsWith('.tmp'));
    if (isLeft) await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}

/** An empty journal where a crash left none. */
export async function ensureJournal(folder: string, journal: string): Promise<void> {
  await writeFile(join(folder, journal), '', { flag: 'a' }).catch((thrown: unknown) => {
    throw diskFault(thrown, journal);
  });
}

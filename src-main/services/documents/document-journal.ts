// The journal of a document on disk: lines appended, synced within a second, read again whatever the crash left of them.
import { open } from 'node:fs/promises';
import { StudioError } from '../../contract/fault.ts';
import { diskFault } from '../disk.ts';
import { writePart } from '../file-parts.ts';
import type { JournalLine } from './document-history.ts';
import { encodeLine, longestLineBytes } from './journal-pieces.ts';

/** A page takes a history as one string, and V8 makes none of 512 MB: more is not written, or the document would not open again. */
const mostJournalBytes = 384 * 2 ** 20;

export interface JournalFile {
  bytes(): number;
  /** Answers when the line is written; nothing of it counts where it fails. Throws document.step-too-large | document.history-too-long | disk.*. */
  append(line: JournalLine): Promise<void>;
  /** Throws disk.*. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a journal for appending after its first `validBytes`; what stands behind them is cut off. Throws disk.*. */
export async function openJournal(path: string, validBytes: number, mostBytes = mostJournalBytes): Promise<JournalFile> {
  const guarded = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (thrown) {
      throw diskFault(thrown, path);
    }
  };
  const file = await guarded(() => open(path, 'r+'));
  try {
    await guarded(() => file.truncate(validBytes));
  } catch (thrown) {
    await file.close();
    throw thrown;
  }
  let [length, isTorn, isUnsynced] = [validBytes, false, true];
  return {
    bytes: () => length,
    append: (line) =>
      guarded(async () => {
        const bytes = encodeLine(line);
        if (length + bytes.byteLength > mostBytes) throw new StudioError('document.history-too-long', { limit: `${mostBytes >> 20} MB` });
        if (isTorn) await file.truncate(length);
        isTorn = true;
        await writePart(file, bytes, length);
        [length, isTorn, isUnsynced] = [length + bytes.byteLength, false, true];
      }),
    sync: () =>
      guarded(async () => {
        if (!isUnsynced) return;
        isUnsynced = false;
        await file.datasync().catch((thrown: unknown) => {
          isUnsynced = true;
          throw thrown;
        });
      }),
    close: () => guarded(() => file.close()),
  };
}

export interface JournalText {
  /** Values of the lines, in order, up to the first that cannot be read; `end` is the byte behind each. */
  readonly lines: readonly { readonly value: unknown; readonly end: number }[];
  readonly bytes: number;
}

/** Lines of a journal's bytes. The last one may have been torn anywhere; a torn one is no longer JSON, or lacks only its end of line. */
export function readJournal(bytes: Buffer): JournalText {
  const lines: { value: unknown; end: number }[] = [];
  for (let start = 0; start < bytes.byteLength; ) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.byteLength : newline;
    if (end - start > longestLineBytes) break;
    const value = parsed(bytes.toString('utf8', start, end));
    // Without its end of line it is written again, lest the next one joins it.
    if (typeof value !== 'object' || value === null || newline < 0) break;
    lines.push({ value, end: end + 1 });
    start = end + 1;
  }
  return { lines, bytes: bytes.byteLength };
}

function parsed(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
}

/** Bytes of a whole journal. Throws document.step-too-large. */
export function journalBytes(lines: readonly JournalLine[]): Buffer {
  return Buffer.concat(lines.map((line) => encodeLine(line)));
}

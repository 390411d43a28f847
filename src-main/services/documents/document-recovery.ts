// What can be believed of a document's journal after the program ended while it was open.
import { join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import type { AssetStore } from './asset-store.ts';
import { neededBy } from './document-check.ts';
import { lockName, putAside, type ReadDocument } from './document-folder.ts';
import { replay, type JournalLine } from './document-history.ts';
import { isAbandoned } from '../lock-file.ts';

/** Pixels that the last lines before a crash name are read, not only looked for. */
const doubtfulLines = 30;

/** Whether a document was open when its program ended. */
export function wasLeftOpen(folder: string): Promise<boolean> {
  return isAbandoned(join(folder, lockName));
}

/** The document up to the first line whose pixels are missing; lines that do not hold are put aside. Throws disk.*. */
export async function keepWhatHolds(folder: string, read: ReadDocument, assets: AssetStore, wasLeft: boolean): Promise<ReadDocument> {
  const count = await soundLines(read.lines, assets, wasLeft);
  const kept = count === read.lines.length ? read : upTo(read, count);
  if (kept.validBytes < read.journalBytes) await putAside(folder, kept);
  return kept;
}

/** Its first lines; of a step in several lines all or none. */
function upTo(read: ReadDocument, count: number): ReadDocument {
  const { state, lines } = replay(read.state.begun, read.lines.slice(0, count));
  return { ...read, state, lines, ends: read.ends.slice(0, lines.length), validBytes: read.ends[lines.length - 1] ?? 0 };
}

async function soundLines(lines: readonly JournalLine[], assets: AssetStore, wasLeft: boolean): Promise<number> {
  const doubtfulFrom = wasLeft ? lines.length - doubtfulLines : lines.length;
  for (const [i, line] of lines.entries()) {
    if (line.kind !== 'entry' && line.kind !== 'amend') continue;
    for (const id of neededBy(line.kind === 'entry' ? line.entry.changes : line.changes)) {
      if (!assets.has(id)) return i;
      if (i >= doubtfulFrom && !(await isReadable(assets, id))) return i;
    }
  }
  return lines.length;
}

async function isReadable(assets: AssetStore, id: string): Promise<boolean> {
  try {
    return (await assets.get(id)) !== undefined;
  } catch (thrown) {
    if (thrown instanceof StudioError && thrown.code === 'asset.corrupt') return false;
    throw thrown;
  }
}

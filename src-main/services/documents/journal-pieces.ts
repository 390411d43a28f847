// A line of the journal as bytes: a large step stands in several lines, each short enough to be read again.
import type { Change } from '../../contract/changes.ts';
import { StudioError } from '../../contract/fault.ts';
import type { JournalLine } from './document-history.ts';

/** No longer line is written, and none is read. Twice of it are a string that V8 can make. */
export const longestLineBytes = 256 * 2 ** 20;

export interface PieceLimits {
  /** Changes are shared out among lines of about so many bytes. */
  readonly pieceBytes: number;
  /** Fewer than a line may have by its schema. */
  readonly changes: number;
  readonly longestBytes: number;
}

const standard: PieceLimits = { pieceBytes: 8 * 2 ** 20, changes: 50_000, longestBytes: longestLineBytes };

/** Bytes of a line, its ends of line included. Throws document.step-too-large where one value alone is too long to be read again. */
export function encodeLine(line: JournalLine, limits: Partial<PieceLimits> = {}): Buffer {
  const known = { ...standard, ...limits };
  return Buffer.concat(piecesOf(line, known).map((piece) => encoded(piece, known.longestBytes)));
}

/** Only the last of the pieces lacks `more`: without it none of them counts. */
function piecesOf(line: JournalLine, limits: PieceLimits): JournalLine[] {
  if (line.kind !== 'entry' && line.kind !== 'amend') return [line];
  const [first = [], ...rest] = shared(line.kind === 'entry' ? line.entry.changes : line.changes, limits);
  if (rest.length === 0) return [line];
  const entry = line.kind === 'entry' ? line.entry.id : line.entry;
  const begun: JournalLine = line.kind === 'entry' ? { kind: 'entry', entry: { ...line.entry, changes: first }, more: true } : { kind: 'amend', entry, changes: first, more: true };
  return [begun, ...rest.map((changes, i): JournalLine => ({ kind: 'amend', entry, changes, ...(i < rest.length - 1 ? { more: true } : {}) }))];
}

/** Changes in their order, as many together as fit. */
function shared(changes: readonly Change[], { pieceBytes, changes: most, longestBytes }: PieceLimits): Change[][] {
  const parts: Change[][] = [];
  let bytes = Infinity;
  for (const change of changes) {
    const size = Buffer.byteLength(written(change, longestBytes)) + 1;
    if (bytes + size > pieceBytes || (parts.at(-1)?.length ?? 0) >= most) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)!.push(change);
    bytes += size;
  }
  return parts;
}

function encoded(line: JournalLine, longestBytes: number): Buffer {
  const bytes = Buffer.from(`${written(line, longestBytes)}\n`);
  if (bytes.byteLength > longestBytes) throw tooLarge(longestBytes);
  return bytes;
}

function written(value: unknown, longestBytes: number): string {
  try {
    return JSON.stringify(value);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw tooLarge(longestBytes); // longer than any string
    throw thrown;
  }
}

function tooLarge(longestBytes: number): StudioError {
  return new StudioError('document.step-too-large', { limit: `${longestBytes >> 20} MB` });
}

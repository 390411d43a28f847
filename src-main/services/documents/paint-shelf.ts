// Derived paint of all open documents: the latest used in memory, and in a file what memory has no room for.
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetId } from '../../contract/document.ts';
import { diskFault } from '../disk.ts';
import { partOf, writePart } from '../file-parts.ts';
import { assetIdOf } from './asset-files.ts';

export interface PaintShelf {
  /** Bytes that memory may hold. */
  budgetBytes: number;
  /** Names it; it is held once more, until `drop`. */
  put(bytes: Uint8Array): AssetId;
  /** Throws disk.* where the file cannot be read. */
  get(id: AssetId): Promise<Uint8Array | undefined>;
  /** Held once less; what nobody holds stays while there is room, for whoever is on the way to it. */
  drop(id: AssetId): void;
  /** Bytes in memory. */
  held(): number;
  /** Settles when nothing is on its way to the file. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface PaintShelfOptions {
  readonly budgetBytes?: number;
  /** Makes a folder for the file; without one, what there is no room for is gone. */
  readonly scratch?: () => Promise<string>;
  /** The file cannot be written: everything stays in memory. */
  readonly onTrouble?: (thrown: unknown) => void;
}

interface Piece {
  readonly size: number;
  /** Absent while it lies in the file alone. */
  bytes: Uint8Array | undefined;
  holders: number;
  /** Its place in the file, once it was written. */
  at: number | undefined;
  isWriting: boolean;
}

const standardBytes = 256 * 2 ** 20;

export function createPaintShelf({ budgetBytes = standardBytes, scratch, onTrouble = () => undefined }: PaintShelfOptions = {}): PaintShelf {
  const pieces = new Map<AssetId, Piece>();
  /** In memory, the least recently used first: what is held, and what nobody holds any more. */
  const [kept, leaving] = [new Map<AssetId, Piece>(), new Map<AssetId, Piece>()];
  const file = paintFile(scratch);
  let memory = 0;
  let canWrite = scratch !== undefined;
  let line: Promise<void> = Promise.resolve();

  const leave = (from: Map<AssetId, Piece>, id: AssetId, { size }: Piece): void => {
    if (from.delete(id)) memory -= size;
  };
  const use = (id: AssetId, piece: Piece): void => {
    leave(kept, id, piece);
    leave(leaving, id, piece);
    (piece.holders > 0 ? kept : leaving).set(id, piece);
    memory += piece.size;
    trim();
  };
  const write = async (id: AssetId, piece: Piece, bytes: Uint8Array): Promise<void> => {
    try {
      const at = await file.write(bytes);
      piece.isWriting = false;
      if (pieces.get(id) !== piece || piece.holders === 0) return file.free(at, piece.size);
      piece.at = at;
      if (!kept.has(id)) piece.bytes = undefined;
    } catch (thrown) {
      piece.isWriting = false;
      if (canWrite) onTrouble(thrown);
      canWrite = false;
      if (pieces.get(id) === piece) use(id, piece);
    }
  };
  const trim = (): void => {
    for (const [id, piece] of leaving) {
      if (memory <= shelf.budgetBytes) return;
      leave(leaving, id, piece);
      pieces.delete(id);
    }
    for (const [id, piece] of kept) {
      if (memory <= shelf.budgetBytes || (scratch && !canWrite)) return;
      leave(kept, id, piece);
      const { bytes } = piece;
      if (!scratch) pieces.delete(id);
      else if (piece.at !== undefined) piece.bytes = undefined;
      else if (bytes && !piece.isWriting) {
        piece.isWriting = true;
        line = line.then(() => write(id, piece, bytes));
      }
    }
  };
  const forgetPlace = (piece: Piece): void => {
    if (piece.at !== undefined) file.free(piece.at, piece.size);
    piece.at = undefined;
  };

  const shelf: PaintShelf = {
    budgetBytes,
    put(bytes) {
      const id = assetIdOf(bytes);
      const piece = pieces.get(id) ?? { size: bytes.byteLength, bytes, holders: 0, at: undefined, isWriting: false };
      pieces.set(id, piece);
      piece.bytes ??= bytes;
      piece.holders += 1;
      use(id, piece);
      return id;
    },
    async get(id) {
      const piece = pieces.get(id);
      if (!piece) return undefined;
      const { at } = piece;
      const read = piece.bytes ?? (await file.read(at!, piece.size));
      if (pieces.get(id) !== piece) return undefined;
      if (!piece.bytes && piece.at !== at) return shelf.get(id); // what lies there now is another's
      piece.bytes ??= read;
      use(id, piece);
      return piece.bytes ?? read;
    },
    drop(id) {
      const piece = pieces.get(id);
      if (!piece || piece.holders === 0) return;
      piece.holders -= 1;
      if (piece.holders > 0) return;
      forgetPlace(piece);
      if (kept.has(id)) use(id, piece);
      else pieces.delete(id);
    },
    held: () => memory,
    settled: () => line,
    async close() {
      await line;
      await file.close();
    },
  };
  return shelf;
}

interface PaintFile {
  /** Answers where it lies. Throws disk.*. */
  write(bytes: Uint8Array): Promise<number>;
  /** Throws disk.*. */
  read(at: number, size: number): Promise<Uint8Array>;
  free(at: number, size: number): void;
  close(): Promise<void>;
}

/** A file made with the first piece; places of pieces that are gone are used again by others of their size. */
function paintFile(scratch: (() => Promise<string>) | undefined): PaintFile {
  const free = new Map<number, number[]>();
  let opened: Promise<{ readonly path: string; readonly handle: FileHandle }> | undefined;
  let end = 0;
  const openFile = async (): Promise<{ readonly path: string; readonly handle: FileHandle }> => {
    const path = join(await scratch!(), 'paint');
    const handle = await open(path, 'w+').catch((thrown: unknown) => {
      throw diskFault(thrown, path);
    });
    return { path, handle };
  };
  return {
    async write(bytes) {
      const { path, handle } = await (opened ??= openFile());
      const at = free.get(bytes.byteLength)?.pop() ?? end;
      if (at === end) end += bytes.byteLength;
      await writePart(handle, bytes, at).catch((thrown: unknown) => {
        throw diskFault(thrown, path);
      });
      return at;
    },
    async read(at, size) {
      const { path, handle } = await opened!;
      const bytes = await partOf(handle, at, size).catch((thrown: unknown) => {
        throw diskFault(thrown, path);
      });
      if (bytes.byteLength < size) throw diskFault(new Error('the file ends early'), path);
      return new Uint8Array(bytes.buffer, bytes.byteOffset, size);
    },
    free(at, size) {
      const places = free.get(size) ?? [];
      places.push(at);
      free.set(size, places);
    },
    async close() {
      const made = await opened?.catch(() => undefined);
      opened = undefined;
      await made?.handle.close();
      if (made) await rm(made.path, { force: true }).catch(() => undefined); // what is left goes with its folder
    },
  };
}

// Bytes of a file by their place in it, for files that are larger than memory.
import type { FileHandle } from 'node:fs/promises';

const chunkBytes = 2 ** 20;

/** Part by part. Throws RangeError where the file ends early. */
export async function* chunksOf(file: FileHandle, start: number, length: number): AsyncGenerator<Buffer, void> {
  for (let done = 0; done < length; ) {
    const chunk = await partOf(file, start + done, Math.min(chunkBytes, length - done));
    if (chunk.byteLength === 0) throw new RangeError('the file ends early');
    done += chunk.byteLength;
    yield chunk;
  }
}

/** Fewer bytes where the file ends, none outside it. */
export async function partOf(file: FileHandle, start: number, length: number): Promise<Buffer> {
  if (start < 0 || !Number.isSafeInteger(start)) return Buffer.alloc(0);
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(buffer, done, length - done, start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
}

/** All of the bytes from a place on: a disk that is nearly full takes only some of them at once. Throws errors of the disk. */
export async function writePart(file: FileHandle, bytes: Uint8Array, start: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) done += (await file.write(bytes, done, bytes.byteLength - done, start + done)).bytesWritten;
}

// A disk whose n-th writing act fails, as a full or read-only disk would: stands in for node:fs/promises.
import type * as fs from 'node:fs/promises';

type FileSystem = typeof fs;

/** Switched by a test: which act fails (from 1; 0 none) and with which error code; `acts` counts since the last set. */
export const failure = { at: 0, code: 'ENOSPC', acts: 0 };

/** From now on the n-th act fails; 0 lets every act succeed. */
export function failAt(n: number, code = 'ENOSPC'): void {
  Object.assign(failure, { at: n, code, acts: 0 });
}

/** For vi.mock('node:fs/promises', …), called with the original; imported inside the factory, which is hoisted. */
export function failingDisk(real: FileSystem): FileSystem {
  const isTurn = (): boolean => (failure.acts += 1) === failure.at;
  const error = (): Error => Object.assign(new Error(failure.code), { code: failure.code });
  const writeFile: FileSystem['writeFile'] = async (path, data, options) => {
    if (!isTurn()) return real.writeFile(path, data, options);
    // A disk that fills up leaves half a file behind.
    if (data instanceof Uint8Array) await real.writeFile(path, data.subarray(0, data.length >> 1), options);
    throw error();
  };
  const rename: FileSystem['rename'] = async (from, to) => {
    if (isTurn()) throw error();
    return real.rename(from, to);
  };
  const open: FileSystem['open'] = async (...parameters) => {
    const handle = await real.open(...parameters);
    const [sync, datasync, write] = [handle.sync.bind(handle), handle.datasync.bind(handle), handle.write.bind(handle)];
    handle.sync = async () => {
      if (isTurn()) throw error();
      await sync();
    };
    handle.datasync = async () => {
      if (isTurn()) throw error();
      await datasync();
    };
    const halfWrite = async (bytes: Uint8Array, offset = 0, length = bytes.byteLength - offset, position?: number) => {
      if (!isTurn()) return write(bytes, offset, length, position);
      await write(bytes, offset, length >> 1, position);
      throw error();
    };
    handle.write = halfWrite as typeof handle.write;
    return handle;
  };
  return { ...real, writeFile, rename, open };
}

// A disk whose n-th act fails, as a full or read-only disk would.
import { nodeDisk, type Disk } from '../../src-main/services/disk.ts';

/** Fails the n-th call (from 1) with an error code; a failing create leaves half a file behind. */
export function failingDisk(n: number, code: string): Disk & { readonly failed: () => boolean } {
  let calls = 0;
  const fails = () => (calls += 1) === n;
  const error = () => Object.assign(new Error(code), { code });
  return {
    async create(path, bytes) {
      if (fails()) {
        await nodeDisk.create(path, bytes.subarray(0, bytes.length >> 1));
        throw error();
      }
      await nodeDisk.create(path, bytes);
    },
    async rename(from, to) {
      if (fails()) throw error();
      await nodeDisk.rename(from, to);
    },
    async syncFolder(folder) {
      if (fails()) throw error();
      await nodeDisk.syncFolder(folder);
    },
    async remove(path) {
      if (fails()) throw error();
      await nodeDisk.remove(path);
    },
    failed: () => calls >= n,
  };
}

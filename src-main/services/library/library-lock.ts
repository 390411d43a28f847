// One writer of the library at a time, whichever program it is.
import { join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import { withLockFile } from '../lock-file.ts';

const lockName = 'library.lock';

/**
 * Runs an action as the only writer below a folder; waits for another one up to `patienceMs`.
 * Throws library.locked {who, since} | disk.*.
 */
export function withLibraryLock<T>(home: string, who: string, action: () => Promise<T>, patienceMs = 5000): Promise<T> {
  const busy = ({ who: other, since }: { readonly who: string; readonly since: string }): StudioError => new StudioError('library.locked', { who: other, since });
  return withLockFile(join(home, lockName), { who, patienceMs, busy }, action);
}

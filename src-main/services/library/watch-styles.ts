// Hears of styles that another program adds to the library, renames or removes: the command line beside the studio.
import { watch } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../disk.ts';
import type { Folders } from '../platform.ts';

/** A style is written in several steps, and a whole folder may be copied. */
const restMs = 300;

export interface StylesWatch {
  /** From now on; once is enough. */
  start(): Promise<void>;
  close(): void;
}

/** `changed` is called when the folders of styles have rested after a change; where a system cannot watch them, `log` says so. */
export function watchStyles(folders: Folders, changed: () => void, log: (message: string) => void): StylesWatch {
  const closing = new AbortController();
  let rest: ReturnType<typeof setTimeout> | undefined;

  const hear = (file: string | null): void => {
    if (file?.startsWith('.')) return; // A file that is not whole yet.
    clearTimeout(rest);
    rest = setTimeout(changed, restMs);
    rest.unref();
  };
  const listen = async (folder: string, isOurs: boolean): Promise<void> => {
    try {
      if (isOurs) await makeFolder(folder);
      if (closing.signal.aborted) return;
      const watcher = watch(folder, { persistent: false, signal: closing.signal }, (_, file) => hear(file));
      watcher.on('error', (thrown) => log(`styles of ${folder} are not watched any more: ${String(thrown)}`));
    } catch (thrown) {
      log(`styles of ${folder} are not watched: ${String(thrown)}`);
    }
  };
  let listening: Promise<unknown> | undefined;

  return {
    start: async () => {
      listening ??= Promise.all([listen(folders.styles, true), listen(join(folders.resources, 'styles'), false)]);
      await listening;
    },
    close: () => {
      clearTimeout(rest);
      closing.abort();
    },
  };
}

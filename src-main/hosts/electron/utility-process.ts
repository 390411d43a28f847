// Starts a child process the way Electron does it.
import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { ProcessEntry, ProcessLink } from '../../services/platform.ts';

/** Messages are structured clones; buffers are copied. */
export function startUtilityProcess(entry: ProcessEntry): ProcessLink {
  const child = utilityProcess.fork(join(import.meta.dirname, `${entry}.js`), [], { serviceName: `velatura ${entry}` });
  let hasEnded = false;
  child.once('exit', () => (hasEnded = true));
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => {
      if (!hasEnded) child.postMessage(message); // To a child that ended it would take main with it (electron#53923).
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener({ code, signal: null })),
    kill: () => void child.kill(),
  };
}

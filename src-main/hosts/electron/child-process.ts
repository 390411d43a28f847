// Starts a child process as Electron does it; on Linux in plain Node, where the program was started from one.
import { join } from 'node:path';
import { app, utilityProcess } from 'electron';
import { childEnvironment, entryScript, linkTo, nodeFlags } from '../../services/node-platform.ts';
import type { ProcessEntry, ProcessLink } from '../../services/platform.ts';

/** The Node that npm start runs in. In it the native image library works, which it does not inside Electron on Linux. */
const plainNode = process.env['VELATURA_NODE'];

export function startChild(entry: ProcessEntry): ProcessLink {
  if (process.platform !== 'linux' || app.isPackaged || !plainNode) return startUtilityProcess(entry);
  return linkTo(entryScript(entry).script, nodeFlags(entry), { program: plainNode, env: childEnvironment(entry) });
}

/** Messages are structured clones; buffers are copied. */
function startUtilityProcess(entry: ProcessEntry): ProcessLink {
  const child = utilityProcess.fork(join(import.meta.dirname, 'child.js'), [entry], { serviceName: `velatura ${entry}` });
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

// Starts the browser host: prints where the studio is, serves it until Ctrl-C.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { programLabel } from '../../contract/program.ts';
import { createEngineClient } from '../../services/host/engine-client.ts';
import { nodePlatform } from '../../services/node-platform.ts';
import { createStudio, type Studio } from '../../services/host/studio.ts';
import { hasDisplay, openBrowser } from './open-browser.ts';
import { startBrowserHost, type BrowserHost } from './server.ts';

const usage = `Usage: npm start -- [--no-open] [--port N]

  --no-open  do not open a browser, only print the address (or VELATURA_NO_OPEN=1)
  --port N   listen on this port instead of any free one`;

interface Flags {
  readonly port: number;
  readonly opens: boolean;
}

/** The flags, or undefined where they are not understood. */
function readFlags(args: readonly string[]): Flags | undefined {
  try {
    const options = { 'no-open': { type: 'boolean' }, port: { type: 'string', default: '0' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65535) return undefined;
    return { port, opens: !values['no-open'] && !process.env['VELATURA_NO_OPEN'] && hasDisplay() };
  } catch {
    return undefined;
  }
}

function closeOnSignal(host: BrowserHost, studio: Studio): void {
  let closing: Promise<void> | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      closing ??= Promise.all([host.close(), studio.close()]).then(() => console.log('Closed.'));
    });
  }
}

async function start({ port, opens }: Flags): Promise<void> {
  const platform = nodePlatform({ log: (level, message) => console.error(`${level}: ${message}`) });
  // One request that fails in an unforeseen way must not take the artist's session with it.
  process.on('unhandledRejection', (reason) => platform.log('error', String(reason)));
  const engine = createEngineClient(() => platform.startProcess('engine'));
  const studio = createStudio({ host: 'browser', runtime: `Node ${process.versions.node}`, platform, engine });
  const host = await startBrowserHost({ studio, pageFolder: join(import.meta.dirname, '../renderer'), port });
  closeOnSignal(host, studio);
  console.log(`${programLabel} is open at\n\n  ${host.address}\n\nThe address holds a key: keep it to yourself. Ctrl-C closes the studio.`);
  if (opens) openBrowser(host.address);
}

const flags = readFlags(process.argv.slice(2));
if (flags) {
  start(flags).catch((fault: NodeJS.ErrnoException) => {
    const isTaken = fault.code === 'EADDRINUSE';
    console.error(isTaken ? `Port ${flags.port} is in use; choose another with --port.` : `The studio cannot start: ${fault.message}`);
    process.exitCode = 1;
  });
} else {
  console.error(usage);
  process.exitCode = 2;
}

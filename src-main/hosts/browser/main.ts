// Starts the browser host: prints where the studio is, serves it until Ctrl-C.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faultOf, StudioError } from '../../contract/fault.ts';
import { languageOf, messageOf } from '../../contract/messages/message.ts';
import { programLabel } from '../../contract/program.ts';
import { createEngineClient } from '../../services/host/engine-client.ts';
import { errorCodeOf } from '../../services/disk.ts';
import { giveMemoryBackAtRest } from '../../services/idle-memory.ts';
import { nodePlatform } from '../../services/node-platform.ts';
import type { Platform } from '../../services/platform.ts';
import { closingMs, createStudio, type Studio } from '../../services/host/studio.ts';
import { keepAddress, readKeptAddress } from './kept-address.ts';
import { hasDisplay, openBrowser } from './open-browser.ts';
import { startBrowserHost, type BrowserHost, type BrowserHostOptions } from './server.ts';

const usage = `Usage: npm start -- [--no-open] [--port N]

  --no-open  do not open a browser, only print the address (or VELATURA_NO_OPEN=1)
  --port N   listen on this port instead of the one before, or any free one`;

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
      if (closing) return; // npm hands on what the terminal has sent already
      setTimeout(() => process.exit(1), closingMs).unref();
      closing = Promise.all([host.close(), studio.close()]).then(() => console.log('Closed.'));
    });
  }
}

/** At the address of the time before, so that a page that is still open goes on; with a new key where somebody else has that port. */
async function startWhereItWas(options: BrowserHostOptions, port: number, platform: Platform): Promise<BrowserHost> {
  const { home } = platform.folders;
  const kept = await readKeptAddress(home);
  try {
    const host = await startBrowserHost({ ...options, port: port || (kept?.port ?? 0), ...(kept && { token: kept.token }) });
    await keepAddress(home, host).catch((thrown: unknown) => platform.log('warn', `the address is not kept: ${String(thrown)}`));
    return host;
  } catch (thrown) {
    if (port !== 0 || !kept || errorCodeOf(thrown) !== 'EADDRINUSE') throw thrown;
    // Not kept: it may be another studio of the same artist that has it.
    return startBrowserHost(options);
  }
}

async function start({ port, opens }: Flags): Promise<void> {
  const platform = nodePlatform({ log: (level, message) => console.error(`${level}: ${message}`) });
  // One request that fails in an unforeseen way must not take the artist's session with it.
  process.on('unhandledRejection', (reason) => platform.log('error', String(reason)));
  const engine = createEngineClient(() => platform.startProcess('engine'));
  const studio = createStudio({ host: 'browser', runtime: `Node ${process.versions.node}`, platform, engine });
  const host = await startWhereItWas({ studio, pageFolder: join(import.meta.dirname, '../renderer') }, port, platform);
  closeOnSignal(host, studio);
  giveMemoryBackAtRest();
  console.log(`${programLabel} is open at\n\n  ${host.address}\n\nThe address holds a key: keep it to yourself. Ctrl-C closes the studio.`);
  if (opens) openBrowser(host.address);
}

function whyNotStarted(thrown: unknown, { port }: Flags): string {
  if (errorCodeOf(thrown) === 'EADDRINUSE') return `Port ${port} is in use; choose another with --port.`;
  if (!(thrown instanceof StudioError)) return `The studio cannot start: ${String(thrown)}`;
  const { sentence, remedy } = messageOf(faultOf(thrown), languageOf(undefined, process.env));
  return `${sentence}\n${remedy}`;
}

const flags = readFlags(process.argv.slice(2));
if (flags) {
  start(flags).catch((thrown: unknown) => {
    console.error(whyNotStarted(thrown, flags));
    process.exitCode = 1;
  });
} else {
  console.error(usage);
  process.exitCode = 2;
}

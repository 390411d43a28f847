// npm start: opens the studio in Electron, fetching its runtime where it is missing; in a browser where that cannot be.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { electronProgram, fetchElectron } from './electron-runtime.mjs';
import { buildIfStale, root, runScript, runToEnd } from './freshness.mjs';

const args = process.argv.slice(2);
/** A program that ends badly sooner than this has never shown a window. */
const startedMs = 8000;

const mends = {
  fetch: 'It needs the internet once. To try again by hand: node node_modules/electron/install.js — or set ELECTRON_MIRROR to a nearer source.',
  start: 'Its own words stand above. On Ubuntu the sandbox may need: sudo chown root node_modules/electron/dist/chrome-sandbox && sudo chmod 4755 node_modules/electron/dist/chrome-sandbox',
  display: 'With a display (DISPLAY or WAYLAND_DISPLAY set) npm start opens a window of its own.',
};

/** Why Electron is not even tried; undefined where it is. */
function whyNotTried() {
  if (args.includes('--browser')) return { reason: 'Asked for the browser.' };
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return hasDisplay ? undefined : { reason: 'There is no display for Electron’s window.', mend: mends.display };
}

/** Fetches the runtime where it is missing; why it cannot be had, or undefined. */
async function whyNotThere() {
  if (electronProgram()) return undefined;
  if (process.env.VELATURA_NO_DOWNLOAD) return { reason: 'Electron’s runtime is not installed (VELATURA_NO_DOWNLOAD is set).', mend: mends.fetch };
  console.error('Fetching Electron’s runtime, some 120 MB, once …');
  const trouble = await fetchElectron();
  if (!trouble && electronProgram()) return undefined;
  return { reason: `Electron’s runtime cannot be fetched: ${trouble ?? 'the installer left nothing'}.`, mend: mends.fetch };
}

/** Runs the window to its end; why it never came up, or undefined. */
async function whyNotOpened() {
  const began = Date.now();
  // Children of Electron need a plain Node on Linux: there the native image library works, inside Electron it does not.
  const env = { ...process.env, VELATURA_NODE: process.execPath };
  try {
    await runToEnd(spawn(electronProgram(), [root, ...args], { stdio: 'inherit', env }));
  } catch (fault) {
    return { reason: `Electron does not start: ${fault.message}.`, mend: mends.start };
  }
  if (process.exitCode === 0 || Date.now() - began > startedMs) return undefined;
  return { reason: `Electron ended at once (exit code ${process.exitCode}).`, mend: mends.start };
}

async function openInBrowser({ reason, mend }) {
  process.exitCode = 0;
  console.log(`${reason}${mend ? ` ${mend}` : ''}\nServing the studio to a browser instead.\n`);
  const host = [join(root, 'out/main/browser.js'), ...args.filter((arg) => arg !== '--browser')];
  await runToEnd(spawn(process.execPath, host, { stdio: 'inherit' }));
}

await runScript(async () => {
  buildIfStale('out/main/browser.js');
  const why = whyNotTried() ?? (await whyNotThere()) ?? (await whyNotOpened());
  if (why) await openInBrowser(why);
});

// npm start: opens the studio in Electron where its runtime is installed, else in a browser. Downloads nothing.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale, root, runScript, runToEnd } from './freshness.mjs';

const args = process.argv.slice(2);

/** Path of Electron's program, or undefined where only its package is installed. */
function electronProgram() {
  const folder = join(root, 'node_modules/electron');
  const named = join(folder, 'path.txt');
  if (!existsSync(named)) return undefined;
  const program = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), readFileSync(named, 'utf8').trim());
  return existsSync(program) ? program : undefined;
}

/** Why the window opens in a browser and not in Electron; undefined where Electron can show it. */
function whyNotElectron(program) {
  if (args.includes('--browser')) return 'Asked for the browser.';
  if (!program) return 'Electron’s runtime is not installed (to install it, some 120 MB: node node_modules/electron/install.js).';
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return hasDisplay ? undefined : 'There is no display for Electron’s window.';
}

await runScript(async () => {
  buildIfStale('out/main/browser.js');
  const program = electronProgram();
  const reason = whyNotElectron(program);
  if (!reason) return runToEnd(spawn(program, [root, ...args], { stdio: 'inherit' }));
  console.log(`${reason} Serving the studio to a browser instead.\n`);
  const host = [join(root, 'out/main/browser.js'), ...args.filter((arg) => arg !== '--browser')];
  return runToEnd(spawn(process.execPath, host, { stdio: 'inherit' }));
});

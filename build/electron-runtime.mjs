// Electron's runtime: where it lies, and how it is fetched by its own installer, which npm ci leaves out.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './freshness.mjs';

const folder = join(root, 'node_modules/electron');
/** Of the archive, about. */
const archiveMB = 120;
const lookEveryMs = 500;

/** Path of Electron's program, or undefined where only its package is installed. */
export function electronProgram() {
  const named = join(folder, 'path.txt');
  if (!existsSync(named)) return undefined;
  const program = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), readFileSync(named, 'utf8').trim());
  return existsSync(program) ? program : undefined;
}

/** Bytes of all files below a folder that is being filled. */
function bytesUnder(place) {
  let bytes = 0;
  for (const entry of readdirSync(place, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += statSync(join(entry.parentPath ?? entry.path, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

/**
 * Fetches the runtime, telling how far it is. Answers undefined when it is there, else why not: the installer's last
 * words, or that nothing came for `patienceMs`. `installer` is a script for Node.
 */
export async function fetchElectron({ installer = join(folder, 'install.js'), patienceMs = 60_000, tell = tellProgress } = {}) {
  const place = mkdtempSync(join(tmpdir(), 'velatura-electron-'));
  try {
    return await runInstaller({ installer, place, patienceMs, tell });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function runInstaller({ installer, place, patienceMs, tell }) {
  // The archive grows in a folder of our own, so that its growth can be seen.
  const env = { ...process.env, TMPDIR: place, TEMP: place, TMP: place, ELECTRON_GET_NO_PROGRESS: '1' };
  const child = spawn(process.execPath, [installer], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  let [bytes, grewAt] = [0, Date.now()];
  let isStuck = false;
  child.stderr.on('data', (part) => (words += String(part)));
  const look = setInterval(() => {
    const now = bytesUnder(place);
    if (now !== bytes) [bytes, grewAt] = [now, Date.now()];
    tell(bytes);
    isStuck = Date.now() - grewAt > patienceMs;
    if (isStuck) child.kill('SIGKILL');
  }, lookEveryMs);
  return new Promise((resolve) => {
    const end = (reason) => {
      clearInterval(look);
      tell(undefined);
      resolve(reason);
    };
    child.on('error', (fault) => end(fault.message));
    child.on('exit', (code) => {
      if (code === 0) end(undefined);
      else end(isStuck ? `nothing came for ${Math.round(patienceMs / 1000)} s` : lastWords(words));
    });
  });
}

/** The line that says what went wrong, and what caused it. */
function lastWords(words) {
  const lines = words.split('\n').map((line) => line.trim());
  const told = lines.filter((line) => /^\w*Error\b|\[cause\]|^code:/.test(line)).slice(0, 2);
  return told.join('; ') || lines.find((line) => line !== '') || 'the installer ended without a word';
}

/** One line that is written over; undefined ends it. */
function tellProgress(bytes) {
  if (!process.stderr.isTTY) return;
  const done = bytes === undefined ? '' : `  ${Math.round(bytes / 1e6)} of about ${archiveMB} MB`;
  process.stderr.write(`\r\x1b[K${done}`);
}

// Builds the program when its sources are newer than what was built, or nothing was built.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
/** Stands while somebody builds. */
const turn = join(root, 'node_modules/.velatura-build');
const longestBuildMs = 60_000;
const sources = ['src-main', 'src-renderer', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];

function* filesUnder(path) {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) yield path;
  else for (const name of readdirSync(path)) yield* filesUnder(join(path, name));
}

function newestSource() {
  let newest = 0;
  for (const source of sources) {
    for (const file of filesUnder(join(root, source))) newest = Math.max(newest, statSync(file).mtimeMs);
  }
  return newest;
}

/** True where this built file is there and no source is newer. */
function isFresh(built) {
  const path = join(root, built);
  return existsSync(path) && statSync(path).mtimeMs >= newestSource();
}

function build() {
  console.error('Building …'); // On stderr, so that a command's output stays clean.
  const { status, stdout, stderr } = spawnSync(process.execPath, [builder, 'build'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${stdout}${stderr}The build failed; the lines above say where.`);
}

/** True when this process may build; false once another has finished, or seems to have died, meanwhile. */
function takesTurn() {
  try {
    mkdirSync(turn);
    return true;
  } catch (fault) {
    if (fault.code !== 'EEXIST') throw fault;
    const deadline = Date.now() + longestBuildMs;
    while (existsSync(turn) && Date.now() < deadline) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    rmSync(turn, { recursive: true, force: true });
    return false;
  }
}

/** Makes the built file current, one process at a time. Throws an Error whose message tells what is wrong. */
export function buildIfStale(built) {
  if (!existsSync(builder)) throw new Error('The packages are not installed. Run: npm ci');
  while (!isFresh(built)) {
    if (!takesTurn()) continue;
    try {
      build();
      return;
    } finally {
      rmSync(turn, { recursive: true, force: true });
    }
  }
}

/** Runs a script's work; what goes wrong ends it with its sentence and exit code 1. */
export async function runScript(work) {
  try {
    await work();
  } catch (fault) {
    console.error(fault.message);
    process.exitCode = 1;
  }
}

/**
 * Waits until a program ends and takes its exit code. A terminal sends Ctrl-C to the whole group, so it is handed on
 * only where there is no terminal: twice would mean "at once" to the program.
 */
export async function runToEnd(child) {
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (...end) => resolve(end));
  });
  process.exitCode = code ?? (signal ? 1 : 0);
}

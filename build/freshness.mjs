// Builds the program when its sources are newer than what was built, or nothing was built.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
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

/** Makes the built file current; tells of it on stderr, so that a command's output stays clean. */
export function buildIfStale(built) {
  if (isFresh(built)) return;
  if (!existsSync(builder)) {
    console.error('The packages are not installed. Run: npm ci');
    process.exit(1);
  }
  console.error('Building …');
  const { status, stdout, stderr } = spawnSync(process.execPath, [builder, 'build'], { cwd: root, encoding: 'utf8' });
  if (status === 0) return;
  process.stderr.write(`${stdout}${stderr}The build failed; the lines above say where.\n`);
  process.exit(1);
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

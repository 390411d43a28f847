// What the desktop package holds: packed for real around a stand-in for Electron's runtime, without a network.
import { createRequire } from 'node:module';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildIfStale } from '../../../build/freshness.mjs';
import { hasWasmImages, packageConfig } from '../../../build/package-config.mjs';

interface Asar {
  listPackage(archive: string): string[];
}

const repository = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'velatura-package-'));
const resources = join(folder, 'dist/linux-unpacked/resources');
let packed: string[];

/** A folder that looks like Electron's unpacked runtime to the packer. */
function standInForElectron(): string {
  const dist = join(folder, 'electron');
  mkdirSync(join(dist, 'resources'), { recursive: true });
  for (const name of ['electron', 'chrome-sandbox', 'LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(dist, name), '');
  chmodSync(join(dist, 'electron'), 0o755);
  return dist;
}

/** Every file under a folder, as paths relative to it. */
function filesUnder(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true }).map(String);
}

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('the desktop package', () => {
  beforeAll(async () => {
    const { build } = await import('electron-builder');
    buildIfStale('out/main/index.js');
    const config = { ...packageConfig('linux', 'x64'), electronFuses: null, electronDist: standInForElectron() };
    await build({
      projectDir: repository,
      linux: ['dir'],
      config: { ...config, directories: { output: join(folder, 'dist'), buildResources: 'build' } },
    });
    const require = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
    const asar = createRequire(require.resolve('app-builder-lib'))('@electron/asar') as Asar;
    packed = asar.listPackage(join(resources, 'app.asar'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('holds the built program and no sources or maps', () => {
    expect(packed).toEqual(expect.arrayContaining(['/out/main/index.js', '/out/main/child.js', '/out/main/licences.json', '/out/main/fonts/inter/files/inter-latin-wght-normal.woff2', '/out/main/fonts/noto-sans-sc/unicode.json', '/LICENSE', '/out/preload/index.cjs', '/out/renderer/index.html', '/package.json']));
    expect(packed.filter((path) => /\.map$|^\/(src-main|src-renderer|test|bench)\b/.test(path))).toEqual([]);
  });

  test('leaves native libraries beside the archive, for this system only', () => {
    const unpacked = filesUnder(join(resources, 'app.asar.unpacked'));
    expect(unpacked.some((path) => /onnxruntime-node.*linux.x64.*\.node$/.test(path))).toBe(true);
    // Inside Electron on Linux only the WebAssembly build of the image library works.
    expect(unpacked.some((path) => /sharp-wasm32.*\.wasm$/.test(path))).toBe(hasWasmImages());
    expect(unpacked.some((path) => /libvips.*\.so/.test(path))).toBe(!hasWasmImages());
    expect(unpacked.filter((path) => /napi-v6.(darwin|win32|linux.arm64)./.test(path))).toEqual([]);
  });

  test('holds no package that only builds or tests need', () => {
    const packages = new Set(packed.flatMap((path) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
    for (const name of ['vitest', 'vite', 'typescript', 'playwright-core', '@sparticuz/chromium', 'electron']) {
      expect(packages).not.toContain(name);
    }
    expect(packages).toContain('ws');
  });
});

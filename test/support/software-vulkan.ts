// A Vulkan driver in software, so that WebGPU runs for real on a machine without a graphics card (Linux x64).
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** Why WebGPU cannot be tested here, or undefined. */
export function softwareVulkanMissing(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'the software Vulkan driver is for Linux on x64 only';
  return existsSync(archive()) ? undefined : '@sparticuz/chromium is not installed';
}

/** Environment of a child process whose WebGPU uses SwiftShader; unpacks the driver on first use. */
export function softwareVulkanEnvironment(): NodeJS.ProcessEnv {
  const folder = unpackedDriver();
  return { ...process.env, VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'), LD_LIBRARY_PATH: folder, XDG_RUNTIME_DIR: folder };
}

function archive(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  // …/@sparticuz/chromium/build/cjs/index.cjs → …/@sparticuz/chromium
  const home = entry.slice(0, entry.lastIndexOf(`${join('chromium', 'build')}`) + 'chromium'.length);
  return join(home, 'bin', 'swiftshader.tar.br');
}

function unpackedDriver(): string {
  const folder = join(tmpdir(), 'velatura-test-swiftshader');
  if (existsSync(join(folder, 'vk_swiftshader_icd.json'))) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const beside = mkdtempSync(`${folder}-`);
  const tar = join(beside, 'driver.tar');
  writeFileSync(tar, brotliDecompressSync(readFileSync(archive())));
  execFileSync('tar', ['-xf', tar, '-C', beside]);
  rmSync(tar);
  try {
    renameSync(beside, folder);
  } catch {
    // Another test process unpacked it at the same time.
    rmSync(beside, { recursive: true, force: true });
  }
  return folder;
}

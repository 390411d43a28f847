// A Vulkan driver in software, so that WebGPU runs for real on a machine without a graphics card (Linux x64).
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { unpackedOnce } from './unpacked-once.ts';

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
  return unpackedOnce('swiftshader', (folder) => {
    const driver = join(folder, 'driver.tar');
    writeFileSync(driver, brotliDecompressSync(readFileSync(archive())));
    execFileSync('tar', ['-xf', driver, '-C', folder]);
    rmSync(driver);
  });
}

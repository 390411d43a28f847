// A real Chromium for tests: $STUDIO_CHROMIUM, else the system's, else the one of @sparticuz/chromium.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { unpackedOnce } from './unpacked-once.ts';

const systemChromium = '/usr/bin/chromium';

/** The package's own unpacking takes a half-written program for a whole one; so it unpacks where nobody looks yet. */
const unpack = `import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())`;

function programPath(): string {
  const named = process.env['STUDIO_CHROMIUM'];
  if (named) return named;
  if (existsSync(systemChromium)) return systemChromium;
  const folder = unpackedOnce('chromium', (beside) => void execFileSync(process.execPath, ['-e', unpack], { cwd: import.meta.dirname, env: { ...process.env, TMPDIR: beside } }));
  return join(folder, 'chromium');
}

/** A headless Chromium's program and what it is started with. */
export function chromiumCommand(): { readonly path: string; readonly args: readonly string[] } {
  return { path: programPath(), args: ['--no-sandbox', '--headless=shell', '--no-zygote', '--disable-gpu'] };
}

/** Starts one; the caller closes it. */
export async function openChromium(): Promise<Browser> {
  const { path, args } = chromiumCommand();
  return chromium.launch({ executablePath: path, args: [...args] });
}

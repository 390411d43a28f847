// A real Chromium for tests: $STUDIO_CHROMIUM, else the system's, else the one of @sparticuz/chromium.
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const systemChromium = '/usr/bin/chromium';

async function programPath(): Promise<string> {
  const named = process.env['STUDIO_CHROMIUM'];
  if (named) return named;
  if (existsSync(systemChromium)) return systemChromium;
  const { default: packed } = await import('@sparticuz/chromium');
  return packed.executablePath(); // Unpacks it into os.tmpdir() the first time.
}

/** Starts a headless Chromium; the caller closes it. */
export async function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await programPath(),
    args: ['--no-sandbox', '--headless=shell', '--no-zygote', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
}

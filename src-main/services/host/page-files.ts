// Serves the built renderer from its folder, and nothing outside it.
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const typeOf: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface PageFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Headers of every answer. connect: where the page may open sockets, e.g. "ws://127.0.0.1:4000". */
export function pageHeaders(connect = ''): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'", // WebAssembly for blending; text is never run as a script
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "worker-src 'self'",
    `connect-src 'self' ${connect}`.trim(),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  };
}

/** The file's real path inside the folder, or undefined where the address leads out of it or to nothing. */
async function locate(folder: string, urlPath: string): Promise<string | undefined> {
  try {
    const name = decodeURIComponent(urlPath);
    if (name.includes('\0') || name.includes('\\')) return undefined;
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, name === '/' ? 'index.html' : name))]);
    return file.startsWith(root + sep) && (await stat(file)).isFile() ? file : undefined;
  } catch {
    return undefined; // A malformed address and a missing file are the same to who asks: not there.
  }
}

/** Reads what an address of the page names; undefined where there is no such file to be served. */
export async function readPageFile(folder: string, urlPath: string): Promise<PageFile | undefined> {
  const file = await locate(folder, urlPath);
  const type = file === undefined ? undefined : typeOf[extname(file)];
  if (file === undefined || type === undefined) return undefined;
  return { body: new Uint8Array(await readFile(file)), headers: { 'Content-Type': type } };
}

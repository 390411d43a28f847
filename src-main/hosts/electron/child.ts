// The start of every child of Electron: on Linux the image library must be its WebAssembly build before anything else loads.
import Module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ProcessEntry } from '../../services/platform.ts';

const entries: readonly ProcessEntry[] = ['engine', 'trainer'];

interface Resolver {
  _resolveFilename(request: string, ...more: unknown[]): string;
}

/** Electron brings its own GLib, which the native build crashes on (sharp#4525); not finding that build, the library takes the other. */
function hideNativeImages(resolver: Resolver): void {
  const resolve = resolver._resolveFilename.bind(resolver);
  resolver._resolveFilename = (request, ...more) => {
    if (/^@img\/sharp-linux(musl)?-/.test(request)) {
      throw Object.assign(new Error(`${request} is not used inside Electron on Linux.`), { code: 'MODULE_NOT_FOUND' });
    }
    return resolve(request, ...more);
  };
}

const entry = entries.find((each) => process.argv.includes(each));
if (entry === undefined) throw new Error('A child was started without saying which.');
if (process.platform === 'linux') hideNativeImages(Module as unknown as Resolver);
await import(pathToFileURL(join(import.meta.dirname, `${entry}.js`)).href);

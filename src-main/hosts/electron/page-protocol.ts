// The address under which Electron's windows load the renderer: velatura://studio/, never a file: address.
import { protocol, type Session } from 'electron';
import { pageHeaders, readPageFile } from '../../services/page-files.ts';

const scheme = 'velatura';
export const pageOrigin = `${scheme}://studio`;

/** Must run before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Serves the built renderer in this folder to the windows of a session. */
export function servePage(session: Session, folder: string): void {
  session.protocol.handle(scheme, async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const file = host === 'studio' && method === 'GET' ? await readPageFile(folder, pathname) : undefined;
    if (!file) return new Response('There is no such page.', { status: 404, headers: pageHeaders() });
    return new Response(file.body, { headers: { ...pageHeaders(), ...file.headers } });
  });
}

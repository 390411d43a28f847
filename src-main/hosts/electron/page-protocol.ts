// The address under which Electron's windows load the renderer and its bytes: velatura://studio/, never a file: address.
import { Readable } from 'node:stream';
import { protocol, type Session } from 'electron';
import { answerFile, isFileAddress, type FileSources } from '../../services/host/file-routes.ts';
import { pageHeaders, readPageFile } from '../../services/host/page-files.ts';

const scheme = 'velatura';
export const pageOrigin = `${scheme}://studio`;

/** Must run before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } }]);
}

/** Serves the built renderer in this folder, and the studio's addresses for bytes, to the windows of a session. */
export function servePage(session: Session, folder: string, files: FileSources): void {
  session.protocol.handle(scheme, (request) => answer(request, folder, files));
}

async function answer({ url, method, headers: asked, body }: Request, folder: string, files: FileSources): Promise<Response> {
  const headers = pageHeaders();
  const { host, pathname } = new URL(url);
  const refuse = (status: number, sentence: string): Response => new Response(sentence, { status, headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' } });
  const origin = asked.get('Origin');
  if (host !== 'studio' || (origin !== null && origin !== pageOrigin)) return refuse(404, 'There is no such page.');
  if (isFileAddress(pathname)) {
    const given = await answerFile(files, { method, path: pathname, body: body as AsyncIterable<Uint8Array> | null ?? undefined });
    const sent = given.body instanceof Readable ? (Readable.toWeb(given.body) as ReadableStream<Uint8Array>) : given.body;
    return new Response(sent, { status: given.status, headers: { ...headers, ...given.headers } });
  }
  const file = method === 'GET' ? await readPageFile(folder, pathname) : undefined;
  if (!file) return refuse(404, 'There is no such page.');
  return new Response(file.body, { headers: { ...headers, ...file.headers } });
}

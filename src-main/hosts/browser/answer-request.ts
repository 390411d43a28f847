// One HTTP request of the browser host: the page's own files for everybody here, the studio's addresses for the token.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { answerFile, isFileAddress, type FileSources } from '../../services/host/file-routes.ts';
import { pageHeaders, readPageFile } from '../../services/host/page-files.ts';
import { bearsToken, isOwnHost, isOwnOrigin } from './guard.ts';

export interface HttpRules {
  readonly files: FileSources;
  /** Folder of the built renderer. */
  readonly pageFolder: string;
  readonly port: number;
  readonly token: string;
}

/** Rejects where the line breaks while the answer is on it. */
export async function answerRequest(rules: HttpRules, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = pageHeaders(`ws://${request.headers.host}`);
  const refuse = (status: number, sentence: string): void => {
    // What is still to come of the request's body is of no interest.
    response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' }).end(sentence);
  };
  if (!isOwnHost(request.headers, rules.port) || !isOwnOrigin(request.headers, { required: false })) {
    return refuse(403, 'This studio answers only its own page on this machine.');
  }
  const [path = '/'] = (request.url ?? '/').split('?');
  const { method = 'GET' } = request;
  if (isFileAddress(path)) {
    if (!bearsToken(request.headers, rules.token)) return refuse(401, 'This address asks for the studio’s key.');
    // A body refused half-way is read to its end by Node, or the page would see a broken line and no answer.
    const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    const answer = await answerFile(rules.files, { method, path, body });
    response.writeHead(answer.status, { ...headers, ...answer.headers });
    if (answer.body instanceof Readable) await pipeline(answer.body, response);
    else response.end(answer.body);
    return;
  }
  if (method !== 'GET' && method !== 'HEAD') return refuse(405, 'Only GET is answered here.');
  const file = await readPageFile(rules.pageFolder, path);
  if (!file) return refuse(404, 'There is no such page.');
  response.writeHead(200, { ...headers, ...file.headers }).end(method === 'HEAD' ? undefined : file.body);
}

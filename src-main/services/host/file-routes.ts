// The studio's addresses for bytes, the same in every host: assets, pictures, uploads, finished files.
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import * as v from 'valibot';
import { assetIdSchema, type AssetId } from '../../contract/document.ts';
import { StudioError, faultOf, type FaultCode } from '../../contract/fault.ts';
import { framesIn, frameHead, mostFrames } from '../documents/asset-frames.ts';
import type { KeptFiles } from './kept-files.ts';
import type { PictureShelf } from './picture-shelf.ts';
import type { Uploads } from './uploads.ts';

const MiB = 1 << 20;
const largestAssetsBytes = 64 * MiB;
const largestListBytes = 2 * MiB;

/** Pixels of one document by hash. */
export interface AssetShelf {
  /** Answers when all of it is on disk. */
  put(frames: readonly Uint8Array[]): Promise<readonly AssetId[]>;
  get(id: AssetId): Promise<Uint8Array | undefined>;
}

/** What the addresses lead to. */
export interface FileSources {
  /** undefined where no such document is open. */
  assets(document: string): AssetShelf | undefined;
  readonly pictures: PictureShelf;
  readonly uploads: Uploads;
  readonly kept: KeptFiles;
}

export interface FileRequest {
  readonly method: string;
  /** As it was written: percent-encoded, without the query. */
  readonly path: string;
  readonly body?: AsyncIterable<Uint8Array> | undefined;
}

export interface FileAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | Readable;
}

type Handler = (sources: FileSources, parts: readonly string[], body: AsyncIterable<Uint8Array>) => Promise<FileAnswer>;

const id = /^[\w-]{1,64}$/;
const hash = /^[0-9a-f]{64}$/;
const name = /^[^/\\]{1,1500}$/;

/** Each address: its method, what its parts look like, and who answers. */
const routes: readonly { readonly method: string; readonly parts: readonly (string | RegExp)[]; readonly answer: Handler }[] = [
  { method: 'GET', parts: ['assets', id, hash], answer: giveAsset },
  { method: 'POST', parts: ['assets', id], answer: takeAssets },
  { method: 'POST', parts: ['assets', id, 'read'], answer: giveAssets },
  { method: 'GET', parts: ['pictures', hash], answer: givePicture },
  { method: 'POST', parts: ['uploads'], answer: takeUpload },
  { method: 'GET', parts: ['exports', id, name], answer: giveFile },
];

/** True for an address that `answerFile` answers, well-formed or not. */
export function isFileAddress(path: string): boolean {
  return /^\/(assets|pictures|uploads|exports)(\/|$)/.test(path);
}

/** Answers one request; what goes wrong is a status and a fault as JSON. Never throws. */
export async function answerFile(sources: FileSources, { method, path, body }: FileRequest): Promise<FileAnswer> {
  const parts = path.split('/').slice(1);
  const fitting = routes.filter(({ parts: wanted }) => wanted.length === parts.length && wanted.every((part, i) => fits(part, parts[i] ?? '')));
  if (fitting.length === 0) return plain(404, 'There is nothing at this address.');
  const route = fitting.find((each) => each.method === method);
  if (!route) return plain(405, `Only ${fitting.map((each) => each.method).join(', ')} is answered here.`);
  try {
    return await route.answer(sources, parts, body ?? nothing());
  } catch (thrown) {
    const fault = faultOf(thrown);
    return json(statusOf(fault.code), { fault });
  }
}

function fits(wanted: string | RegExp, part: string): boolean {
  return typeof wanted === 'string' ? wanted === part : wanted.test(part);
}

async function giveAsset(sources: FileSources, [, document = '', asset = '']: readonly string[]): Promise<FileAnswer> {
  const bytes = await assetsOf(sources, document).get(asset);
  return bytes ? bytesAnswer(bytes, 'application/octet-stream') : plain(404, 'There is no such asset.');
}

async function takeAssets(sources: FileSources, [, document = '']: readonly string[], body: AsyncIterable<Uint8Array>): Promise<FileAnswer> {
  const shelf = assetsOf(sources, document);
  return json(200, await shelf.put(framesIn(await readWhole(body, largestAssetsBytes))));
}

async function giveAssets(sources: FileSources, [, document = '']: readonly string[], body: AsyncIterable<Uint8Array>): Promise<FileAnswer> {
  const shelf = assetsOf(sources, document);
  const ids = idsIn(await readWhole(body, largestListBytes));
  return { status: 200, headers: { 'Content-Type': 'application/octet-stream' }, body: Readable.from(framesOf(shelf, ids), { objectMode: false }) };
}

async function* framesOf(shelf: AssetShelf, ids: readonly AssetId[]): AsyncGenerator<Uint8Array> {
  for (const asset of ids) {
    const bytes = await shelf.get(asset);
    yield frameHead(bytes);
    if (bytes) yield bytes;
  }
}

async function givePicture({ pictures }: FileSources, [, picture = '']: readonly string[]): Promise<FileAnswer> {
  const found = await pictures.get(picture);
  return found ? bytesAnswer(found.bytes, found.type) : plain(404, 'There is no such picture.');
}

async function takeUpload({ uploads }: FileSources, _parts: readonly string[], body: AsyncIterable<Uint8Array>): Promise<FileAnswer> {
  return json(200, { upload: await uploads.receive(body) });
}

async function giveFile({ kept }: FileSources, [, file = '', written = '']: readonly string[]): Promise<FileAnswer> {
  const found = kept.get(file);
  if (!found || encodeURIComponent(found.name) !== written) return plain(404, 'There is no such file.');
  const ascii = found.name.replace(/[^\w .()+-]/g, '_');
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(found.bytes),
      'Content-Disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(found.name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)}`,
    },
    body: createReadStream(found.path),
  };
}

function assetsOf(sources: FileSources, document: string): AssetShelf {
  const shelf = sources.assets(document);
  if (!shelf) throw new StudioError('document.missing', { document });
  return shelf;
}

function idsIn(body: Uint8Array): AssetId[] {
  let list: unknown;
  try {
    list = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    list = undefined;
  }
  const checked = v.safeParse(v.pipe(v.array(assetIdSchema), v.maxLength(mostFrames)), list);
  if (!checked.success) throw new StudioError('usage.invalid', { reason: 'a list of assets is expected' });
  return checked.output;
}

async function readWhole(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > limitBytes) throw new StudioError('upload.too-large', { limit: `${limitBytes / MiB} MB` });
    parts.push(part);
  }
  return Buffer.concat(parts, bytes);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function statusOf(code: FaultCode): number {
  if (code === 'upload.too-large') return 413;
  if (code === 'usage.invalid') return 400;
  if (code.endsWith('.missing')) return 404;
  return code === 'disk.full' ? 507 : 500;
}

function bytesAnswer(bytes: Uint8Array, type: string): FileAnswer {
  const body = new Uint8Array(bytes.buffer instanceof ArrayBuffer ? bytes.buffer : bytes.slice().buffer, bytes.byteOffset, bytes.byteLength);
  return { status: 200, headers: { 'Content-Type': type, 'Content-Length': String(bytes.length) }, body };
}

function plain(status: number, sentence: string): FileAnswer {
  return { ...bytesAnswer(new TextEncoder().encode(sentence), 'text/plain; charset=utf-8'), status };
}

function json(status: number, value: unknown): FileAnswer {
  return { ...bytesAnswer(new TextEncoder().encode(JSON.stringify(value)), 'application/json; charset=utf-8'), status };
}

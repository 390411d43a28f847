// Requests to the studio's addresses that must get nothing, the same for every host, and the status each is answered with.
import { framed, openDocument } from './file-sources.ts';

export interface Attack {
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly status: number;
}

const hash = 'a'.repeat(64);
const words = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const assets = `/assets/${openDocument}`;
const get = (what: string, path: string, status = 404): Attack => ({ what, method: 'GET', path, status });
const post = (what: string, path: string, body: Uint8Array<ArrayBuffer>, status: number): Attack => ({ what, method: 'POST', path, body, status });

export const fileAttacks: readonly Attack[] = [
  get('an asset that is not there', `${assets}/${hash}`),
  get('an asset of no open document', `/assets/other/${hash}`),
  get('an asset by no hash', `${assets}/passwd`),
  get('an asset by a hash in capitals', `${assets}/${'A'.repeat(64)}`),
  get('an asset by a hash and more', `${assets}/${hash}0`),
  get('a document called __proto__', `/assets/__proto__/${hash}`),
  get('a document called constructor', `/assets/constructor/${hash}`),
  get('a path out of the assets', `${assets}/..%2f..%2f..%2fetc%2fpasswd`),
  get('a path out of the document', `/assets/..%2f..%2f/${hash}`),
  get('a path with a backslash', `/assets/..%5c..%5c/${hash}`),
  get('a name with a zero', `/assets/a%00b/${hash}`),
  get('no document', '/assets/'),
  get('the assets themselves', '/assets'),
  get('a document itself', assets, 405),
  get('a list of assets by GET', `${assets}/read`, 405),
  get('a picture by no hash', '/pictures/..%2f..%2fsettings.json'),
  get('a picture that is not there', `/pictures/${hash}`),
  get('a file by a made-up id', '/exports/1/settings.json'),
  get('a file called as a prototype', '/exports/__proto__/toString'),
  get('a path out of the exports', '/exports/1/..%2f..%2fsettings.json'),
  get('the uploads', '/uploads', 405),
  get('one upload', '/uploads/1'),
  { what: 'a PUT of an asset', method: 'PUT', path: `${assets}/${hash}`, body: words('x'), status: 405 },
  { what: 'a DELETE of a document', method: 'DELETE', path: assets, status: 405 },
  post('pixels for no open document', '/assets/other', framed(words('x')), 404),
  post('a frame that is cut off', assets, framed(words('pixels')).slice(0, 7), 400),
  post('a length that is cut off', assets, words('abc'), 400),
  post('a frame longer than the body', assets, new Uint8Array([255, 255, 255, 127, 1]), 400),
  post('a frame of the length that means absent', assets, new Uint8Array([255, 255, 255, 255]), 400),
  post('an empty frame', assets, new Uint8Array(4), 400),
  post('too many frames', assets, framed(...Array.from({ length: 16_385 }, () => words('x'))), 400),
  post('no list', `${assets}/read`, words('{'), 400),
  post('a list of what are no hashes', `${assets}/read`, words('["../../settings.json"]'), 400),
  post('a list that is an object', `${assets}/read`, words('{"__proto__":["a"]}'), 400),
  post('a list without end', `${assets}/read`, words(JSON.stringify(Array.from({ length: 16_385 }, () => hash))), 400),
  post('more than a post may hold', assets, new Uint8Array(65 * 2 ** 20), 413),
];

// Decides who may talk to the browser host: this machine's own page with the right token.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A token nobody guesses: 24 random bytes, safe in an address. */
export function createToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Compares in a time that says nothing of the token. */
export function isToken(expected: string, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(expected), digest(given));
}

/** True where the request shows the token as `Authorization: Bearer TOKEN`. */
export function bearsToken({ authorization = '' }: IncomingHttpHeaders, expected: string): boolean {
  const [scheme, given, ...more] = authorization.split(' ');
  return scheme === 'Bearer' && more.length === 0 && isToken(expected, given);
}

/** True where the request names this very host: a foreign name that resolves to 127.0.0.1 does not. */
export function isOwnHost(headers: IncomingHttpHeaders, port: number): boolean {
  return headers.host === `127.0.0.1:${port}` || headers.host === `localhost:${port}`;
}

/** True where the page that asks was served by this host. A request that is no page's has no Origin. */
export function isOwnOrigin(headers: IncomingHttpHeaders, { required }: { required: boolean }): boolean {
  return headers.origin === undefined ? !required : headers.origin === `http://${headers.host}`;
}

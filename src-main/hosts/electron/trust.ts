// Who may speak to the main process: the studio's own page, from the top of its window.
import type { WebFrameMain } from 'electron';
import type { PageId } from '../../contract/studio-api.ts';
import { isOwnPage } from './lockdown.ts';

interface Sender {
  readonly senderFrame: WebFrameMain | null;
}

export function isTrusted({ senderFrame }: Sender): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url);
}

/** Of a window's contents; it stays when the page is loaded anew. */
export function pageOf({ id }: { readonly id: number }): PageId {
  return `window-${id}`;
}

/** Reaches a stranger as a rejected promise. */
export function requireTrusted(sender: Sender): void {
  if (!isTrusted(sender)) throw new Error('Not a question of the studio.');
}

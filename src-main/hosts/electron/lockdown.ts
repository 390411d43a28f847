// What a window may not do: go elsewhere, open windows, embed pages, ask for permissions.
import type { App, Session, WebContents } from 'electron';
import { pageOrigin } from './page-protocol.ts';

/** Copying a command is all that the page needs of the system. */
const permitted = new Set(['clipboard-sanitized-write']);

/** True for an address of the studio's own page. */
export function isOwnPage(url: string): boolean {
  return url.startsWith(`${pageOrigin}/`);
}

function lockContents(contents: WebContents): void {
  const denyForeign = (event: { preventDefault(): void }, url: string): void => {
    if (!isOwnPage(url)) event.preventDefault();
  };
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => denyForeign(event, event.url));
  contents.on('will-redirect', (event) => denyForeign(event, event.url));
  contents.on('will-frame-navigate', (event) => denyForeign(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Applies to every window, present and to come. */
export function lockWindows(app: App): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

/** Refuses cameras, notifications and the like. */
export function lockPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permitted.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => permitted.has(permission));
}

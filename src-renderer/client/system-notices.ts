// Notifications of the system: by Electron's main process, or by the browser where the artist has allowed them.
import type { SystemNotice } from '../../src-main/contract/studio-bridge.ts';

/** `missing`: this browser knows none. */
export type NoticePermission = 'granted' | 'denied' | 'default' | 'missing';

export interface SystemNotices {
  /** Shown by the program itself: nobody has to be asked. */
  readonly isOwn: boolean;
  permission(): NoticePermission;
  /** Asks the artist, where the browser lets it be asked. */
  ask(): Promise<NoticePermission>;
  /** `tag`: another page of the studio that tells of the same replaces it. */
  tell(notice: SystemNotice, tag: string): void;
}

export function createSystemNotices(window: Window & { readonly Notification?: typeof Notification }): SystemNotices {
  const { velatura, Notification: Shown } = window;
  if (velatura) {
    return {
      isOwn: true,
      permission: () => 'granted',
      ask: () => Promise.resolve('granted'),
      tell: (notice) => void velatura.notify(notice).catch(() => undefined), // The window's own notice has said it.
    };
  }
  return {
    isOwn: false,
    permission: () => Shown?.permission ?? 'missing',
    ask: async () => (await Shown?.requestPermission()) ?? 'missing',
    tell({ title, body }, tag) {
      if (Shown?.permission !== 'granted') return;
      const shown = new Shown(title, { body, tag });
      shown.onclick = () => {
        window.focus();
        shown.close();
      };
    },
  };
}

// Notifications of the system: Electron's own line where there is one, else the browser's, where it is allowed.
import { expect, test, vi } from 'vitest';
import type { StudioBridge } from '../../../../src-main/contract/studio-bridge.ts';
import { createSystemNotices } from '../../../../src-renderer/client/system-notices.ts';

const notice = { title: 'Export: Print', body: 'Written to /print.png.' };
type Given = Parameters<typeof createSystemNotices>[0];

test('go to the main process in Electron, and nobody is asked', async () => {
  const notify = vi.fn<StudioBridge['notify']>(() => Promise.reject(new Error('no daemon')));
  const asked = vi.fn();
  const system = createSystemNotices({ velatura: { notify }, Notification: { permission: 'denied', requestPermission: asked } } as unknown as Given);
  expect([system.isOwn, system.permission(), await system.ask()]).toEqual([true, 'granted', 'granted']);
  system.tell(notice, 'job-1');
  await Promise.resolve();
  expect([notify.mock.calls, asked.mock.calls]).toEqual([[[notice]], []]);
});

test('of a browser are shown where they are allowed; clicked, they bring the page to the front and go', () => {
  const made: Shown[] = [];
  const [focus, close] = [vi.fn(), vi.fn()];
  class Shown {
    static permission = 'default';
    onclick?: () => void;
    readonly close = close;
    readonly title: string;
    readonly options: unknown;
    constructor(title: string, options: unknown) {
      [this.title, this.options] = [title, options];
      made.push(this);
    }
  }
  const system = createSystemNotices({ Notification: Shown, focus } as unknown as Given);
  system.tell(notice, 'job-1');
  expect([system.isOwn, system.permission(), made.length]).toEqual([false, 'default', 0]);
  Shown.permission = 'granted';
  system.tell(notice, 'job-1');
  expect(made[0]).toMatchObject({ title: notice.title, options: { body: notice.body, tag: 'job-1' } });
  made[0]?.onclick?.();
  expect([focus.mock.calls.length, close.mock.calls.length]).toEqual([1, 1]);
});

test('are missing where a browser has none', async () => {
  const system = createSystemNotices({} as unknown as Given);
  system.tell(notice, 'job-1');
  expect([system.permission(), await system.ask()]).toEqual(['missing', 'missing']);
});

// Long work that has ended, over a scripted host: said quietly in the window, and by the system where nobody looks at it.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TeachRunState } from '../../../src-main/contract/studio-api.ts';
import type { JobState } from '../../../src-main/contract/studio-records.ts';
import { openScriptedPage, type ScriptedPage } from '../../support/scripted-page.ts';

let opened: ScriptedPage;
beforeAll(async () => {
  opened = await openScriptedPage({ 'jobs.retry': () => null, 'teach.resume': () => null });
  await opened.page.addInitScript(() => {
    const shown: { title: string; body: string }[] = [];
    class StandIn {
      static permission = sessionStorage.getItem('permission') ?? 'default';
      static requestPermission(): Promise<string> {
        StandIn.permission = sessionStorage.getItem('answer') ?? 'granted';
        sessionStorage.setItem('permission', StandIn.permission);
        return Promise.resolve(StandIn.permission);
      }
      onclick?: () => void;
      constructor(title: string, { body }: { body: string }) {
        shown.push({ title, body });
      }
    }
    Object.assign(window, { Notification: StandIn, shownNotices: shown });
  });
});
afterAll(() => opened?.close());
beforeEach(async () => {
  await opened.page.evaluate(() => sessionStorage.clear());
  await opened.page.reload();
  await opened.openDocument();
});

let count = 0;
const job = (changes: Partial<JobState>): JobState => ({ id: `job-${count}`, kind: 'export', details: { name: 'Large print' }, state: 'running', canCancel: true, canRetry: false, sequence: 1, ...changes });
/** A job that has been seen at work and ends so. */
function ends(changes: Partial<JobState>): void {
  count += 1;
  const { kind = 'export' } = changes;
  opened.studio.emit({ kind: 'job', job: job({ kind }) });
  opened.studio.emit({ kind: 'job', job: job({ sequence: 2, canCancel: false, ...changes }) });
}
const teaching = (changes: Partial<TeachRunState>): void =>
  opened.studio.emit({ kind: 'teach', run: { run: 'run-1', name: 'Kitchen', state: 'running', checkpoints: [], paintings: ['p'], wishes: { balance: 0.5, strokePercent: 100, marks: [] }, ...changes } });
const notices = () => opened.page.getByRole('region', { name: 'Notices' });
const lookAway = () => opened.page.evaluate(() => void (document.hasFocus = () => false));
const bySystem = () => opened.page.evaluate(() => (window as unknown as { shownNotices: { title: string; body: string }[] }).shownNotices);
const box = () => opened.page.getByRole('checkbox', { name: 'Tell me when long work ends' });

async function openSettings(): Promise<void> {
  await opened.page.keyboard.press('Control+,');
  await box().waitFor();
}

test('a long export says where it is; a short one is not spoken of', async () => {
  ends({ state: 'done', seconds: 2, file: { name: 'quick.png', path: '/prints/quick.png', bytes: 10 } });
  ends({ state: 'done', seconds: 42, file: { name: 'large.png', path: '/prints/large.png', bytes: 10 } });
  await notices().getByText('Written to /prints/large.png.').waitFor();
  expect(await notices().getByText('quick.png').count()).toBe(0);
});

test('what is kept for the page is fetched from its notice', async () => {
  ends({ state: 'done', seconds: 42, file: { name: 'large.png', address: '/exports/picture-1/large.png', bytes: 10 } });
  const download = opened.page.waitForEvent('download');
  await notices().getByText('large.png is ready.').waitFor();
  await notices().getByRole('button', { name: 'Download the file' }).click();
  expect((await download).suggestedFilename()).toBe('large.png');
});

test('a job that failed is named, with its fault and what helps, and is tried again', async () => {
  const { studio } = opened;
  ends({ state: 'failed', seconds: 9, canRetry: true, fault: { code: 'disk.full', details: { file: 'large.png' } } });
  const notice = notices().getByRole('alert');
  await notice.getByText('Export: Large print').waitFor();
  await notice.getByText('The disk is full: large.png was not written').waitFor();
  await notice.getByText('Free some space or choose another disk.').waitFor();
  await notice.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => studio.callsOf('jobs.retry').at(-1)).toEqual({ job: `job-${count}` });
  studio.emit({ kind: 'job', job: job({ sequence: 3, state: 'running' }) });
  studio.emit({ kind: 'job', job: job({ sequence: 4, state: 'done', seconds: 1, file: { name: 'again.png', path: '/prints/again.png', bytes: 10 } }) });
  await notices().getByText('Written to /prints/again.png.').waitFor(); // However short it was.
});

test('a teaching that is done, or has failed, is told of where it is not in sight', async () => {
  const { page, studio } = opened;
  teaching({});
  teaching({ state: 'done', style: 'Kitchen' });
  await notices().getByText('“Kitchen” is in the gallery.').waitFor();
  teaching({});
  teaching({ state: 'failed', fault: { code: 'engine.lost', details: {} } });
  const notice = notices().getByRole('alert');
  await notice.getByText('Teach: Kitchen').waitFor();
  await notice.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => studio.callsOf('teach.resume').at(-1)).toEqual({ run: 'run-1' });
  await notices().getByText('“Kitchen” is in the gallery.').waitFor({ state: 'detached' });
  teaching({});
  teaching({ state: 'done', style: 'Kitchen' });
  await page.getByRole('button', { name: 'Glaze my picture with it' }).waitFor(); // The workspace shows it already.
  expect(await notices().getByText('is in the gallery').count()).toBe(0);
});

test('the system says nothing until the artist has allowed it, and then only where the window is not in front', async () => {
  const { page, studio } = opened;
  await lookAway();
  ends({ state: 'done', seconds: 42, file: { name: 'a.png', path: '/a.png', bytes: 1 } });
  await notices().getByText('Written to /a.png.').waitFor();
  expect(await bySystem()).toEqual([]);
  await openSettings();
  expect(await box().isChecked()).toBe(false);
  await box().check();
  await expect.poll(() => studio.callsOf('settings.change').at(-1)).toEqual({ tellsEnds: true });
  ends({ state: 'done', seconds: 42, file: { name: 'b.png', path: '/b.png', bytes: 1 } });
  ends({ state: 'failed', seconds: 9, fault: { code: 'disk.full', details: { file: 'large.png' } } });
  await expect.poll(async () => (await bySystem()).length).toBe(2);
  const [done, failed] = await bySystem();
  expect(done).toEqual({ title: 'Export: Large print', body: 'Written to /b.png.' });
  expect(failed?.body).toMatch(/^The disk is full: large\.png .*\nFree some space/);
  await page.evaluate(() => void (document.hasFocus = () => true));
  ends({ state: 'done', seconds: 42, file: { name: 'c.png', path: '/c.png', bytes: 1 } });
  await notices().getByText('Written to /c.png.').waitFor();
  expect(await bySystem()).toHaveLength(2);
  await box().uncheck();
  await expect.poll(() => studio.callsOf('settings.change').at(-1)).toEqual({ tellsEnds: false });
});

test('where the browser refuses, the box stays off and says why', async () => {
  const { page, studio } = opened;
  await page.evaluate(() => sessionStorage.setItem('answer', 'denied'));
  await openSettings();
  studio.calls.splice(0);
  await box().click();
  await page.getByText('Your browser has refused it.').waitFor();
  expect(await box().isChecked()).toBe(false);
  expect(studio.callsOf('settings.change')).toEqual([]);
});

test('of two pages the one last used tells, and the other when that is gone', async () => {
  const { page, studio } = opened;
  const [second] = await Promise.all([page.waitForEvent('popup'), page.evaluate((address) => void window.open(address), studio.address)]);
  await second.getByRole('button', { name: /sample picture/ }).first().waitFor();
  const toldIn = (which: typeof page, words: string) => which.getByRole('region', { name: 'Notices' }).getByText(words);
  await second.mouse.click(5, 400);
  ends({ state: 'done', seconds: 42, file: { name: 'd.png', path: '/d.png', bytes: 1 } });
  await toldIn(second, 'Written to /d.png.').waitFor();
  expect(await toldIn(page, 'Written to /d.png.').count()).toBe(0);
  await second.close();
  await expect.poll(() => page.evaluate(async () => (await navigator.locks.query()).held?.length)).toBe(1); // the browser lets go a moment later
  ends({ state: 'done', seconds: 42, file: { name: 'e.png', path: '/e.png', bytes: 1 } });
  await toldIn(page, 'Written to /e.png.').waitFor();
  expect(await toldIn(page, 'Written to /d.png.').count()).toBe(0);
});

// The list of long work, over a scripted host: jobs and teachings as one, steered where they stand.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TeachRunState } from '../../../src-main/contract/studio-api.ts';
import type { JobState } from '../../../src-main/contract/studio-records.ts';
import { openedDocument } from '../../support/scripted-gallery.ts';
import { openScriptedPage, type ScriptedPage } from '../../support/scripted-page.ts';

const wishes: TeachRunState['wishes'] = { balance: 0.5, strokePercent: 100, marks: [] };
const metrics = { step: 100, steps: 400, depth: 'paint', losses: {}, gradientNorm: 1, stepMs: 40, secondsLeft: 75 } as const;
let opened: ScriptedPage;
beforeAll(async () => {
  opened = await openScriptedPage({ 'teach.pause': () => null, 'teach.resume': () => null, 'teach.stop': () => ({}), 'jobs.retry': () => null, 'jobs.clear': () => null, 'documents.open': () => openedDocument() });
});
afterAll(() => opened?.close());
beforeEach(async () => {
  await opened.page.reload();
  await opened.openDocument();
  await opened.page.getByRole('button', { name: 'No jobs' }).click();
  opened.studio.calls.splice(0);
});

const run = (changes: Partial<TeachRunState>): void =>
  opened.studio.emit({ kind: 'teach', run: { run: 'run-1', name: 'Kitchen', state: 'running', depth: 'paint', checkpoints: [], paintings: ['p'], wishes, ...changes } });
const job = (changes: Partial<JobState>): void =>
  opened.studio.emit({ kind: 'job', job: { id: 'job-1', kind: 'export', details: { name: 'Large print' }, state: 'running', canCancel: true, canRetry: false, sequence: 1, ...changes } });
const pane = () => opened.page.getByRole('region', { name: 'Jobs' });
const row = (words: string) => pane().getByRole('listitem').filter({ hasText: words });

test('a teaching stands among the jobs with its progress and time left, and counts as one', async () => {
  const { page } = opened;
  job({ share: 0.5, secondsLeft: 30, stage: 'paint' });
  run({ metrics });
  await row('Teach: Kitchen').getByText('Learning · 25 % · 1 min 15 s left').waitFor();
  await row('Large print').getByText('painting · 50 % · 30 s left').waitFor();
  expect(await row('Teach: Kitchen').getByRole('progressbar').getAttribute('value')).toBe('0.25');
  await page.getByRole('button', { name: '2 jobs' }).waitFor();
  job({ share: 0.6, canCancel: false, sequence: 2 });
  await row('Large print').getByText('stopping …').waitFor();
});

test('a teaching is paused, taken up again and stopped from the list, the last only when asked twice; its name leads to it', async () => {
  const { page, studio } = opened;
  run({ metrics });
  await row('Kitchen').getByRole('button', { name: 'Pause Kitchen' }).click();
  await expect.poll(() => studio.callsOf('teach.pause')).toEqual([{ run: 'run-1' }]);
  run({ metrics, state: 'paused' });
  await row('Kitchen').getByText('Paused · 25 %').waitFor();
  await row('Kitchen').getByRole('button', { name: 'Go on with Kitchen' }).click();
  await expect.poll(() => studio.callsOf('teach.resume')).toEqual([{ run: 'run-1' }]);
  run({ metrics });
  await row('Kitchen').getByRole('button', { name: 'Stop Kitchen without saving …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel', exact: true }).click();
  expect(studio.callsOf('teach.stop')).toEqual([]);
  await row('Kitchen').getByRole('button', { name: 'Stop Kitchen without saving …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop without saving' }).click();
  await expect.poll(() => studio.callsOf('teach.stop')).toEqual([{ run: 'run-1', keep: false }]);
  await row('Kitchen').getByRole('button', { name: 'Teach: Kitchen' }).click();
  await page.getByText('step 100 of 400').waitFor();
});

test('a teaching that is done stays in the list until that is cleared', async () => {
  run({ metrics });
  await row('Kitchen').getByText(/Learning/).waitFor();
  run({ state: 'done', style: 'Kitchen' });
  await row('Kitchen').getByText('“Kitchen” is in the gallery.').waitFor();
  await pane().getByRole('button', { name: 'Clear what has ended' }).click();
  await pane().getByText('Nothing is being worked on.').waitFor();
});

test('a file whose reading failed is read again from the list, and then opened', async () => {
  const { page, studio } = opened;
  const large = { kind: 'import', details: { name: 'large.psd' } } as const;
  job({ ...large, stage: 'layers', share: 0.2 });
  await row('Import: large.psd').getByText('reading layers · 20 %').waitFor();
  job({ ...large, state: 'failed', fault: { code: 'engine.lost', details: {} }, canCancel: false, canRetry: true, sequence: 2 });
  await row('large.psd').getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => studio.callsOf('jobs.retry')).toEqual([{ job: 'job-1' }]);
  job({ ...large, sequence: 3 });
  job({ ...large, state: 'done', document: 'document-7', canCancel: false, sequence: 4, seconds: 2 });
  await page.getByRole('region', { name: 'Notices' }).getByText('“large.psd” has been read.').waitFor();
  await row('large.psd').getByRole('button', { name: 'Open it' }).click();
  await expect.poll(() => studio.callsOf('documents.open')).toEqual([{ document: 'document-7' }]);
});

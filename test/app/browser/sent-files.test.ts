// Files the page has given away and still holds, over a scripted host: what fails stands among the jobs with its reason, and is tried again from there.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { StudioError } from '../../../src-main/contract/fault.ts';
import type { JobState } from '../../../src-main/contract/studio-records.ts';
import type { PlacedPicture } from '../../../src-main/contract/studio-api.ts';
import { openedDocument } from '../../support/scripted-gallery.ts';
import { openScriptedPage, type ScriptedPage } from '../../support/scripted-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'velatura-sent-'));
const placed: PlacedPicture = { source: 'a'.repeat(64), sourceName: 'leaf.png', sourceSize: { width: 8, height: 8 }, transform: [1, 0, 0, 1, 0, 0], pixels: { x: 0, y: 0, depth: 8, tiles: {} }, notes: [] };
let opened: ScriptedPage;

beforeAll(async () => {
  opened = await openScriptedPage({ 'jobs.clear': () => null, 'documents.open': () => openedDocument() });
});
afterAll(async () => {
  await opened?.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  await opened.page.unrouteAll();
  await opened.page.reload();
  opened.studio.calls.splice(0);
  opened.studio.uploads.clear();
});

const region = (name: string) => opened.page.getByRole('region', { name });
const row = (words: string) => region('Jobs').getByRole('listitem').filter({ hasText: words });
const showJobs = () => opened.page.getByRole('button', { name: 'No jobs' }).click();
const loseUploads = () => opened.page.route('**/uploads', (route) => route.abort());

async function drop(name: string, words: string): Promise<void> {
  const { page } = opened;
  const transfer = await page.evaluateHandle(
    ([label = '', text = '']) => {
      const data = new DataTransfer();
      data.items.add(new File([text], label));
      return data;
    },
    [name, words],
  );
  for (const type of ['dragenter', 'dragover', 'drop']) await page.locator('.window').dispatchEvent(type, { dataTransfer: transfer });
}

test('a file whose sending broke off is sent again, and opened', async () => {
  const { page, studio } = opened;
  studio.answers['documents.import'] = () => openedDocument();
  await page.getByRole('button', { name: /sample picture/ }).first().waitFor();
  await loseUploads();
  await drop('lake.psd', 'many layers');
  await region('Notices').getByText('The studio does not answer.').waitFor();
  await showJobs();
  await row('lake.psd').getByText('The studio does not answer.').waitFor();
  await page.unrouteAll();
  await row('lake.psd').getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('application').waitFor();
  expect([...studio.uploads.values()].map(String)).toEqual(['many layers']);
  expect(studio.callsOf('documents.import')).toMatchObject([{ file: { name: 'lake.psd' } }]);
  expect(await row('lake.psd').count()).toBe(0);
});

test('a picture the host could not place stands once, with its reason, and becomes a layer when it is tried again', async () => {
  const { page, studio } = opened;
  await opened.openDocument();
  const answers = [() => Promise.reject(new StudioError('disk.full', { file: 'leaf.png' })), () => placed];
  const asked: (string | undefined)[] = [];
  studio.answers['pictures.place'] = (params) => {
    asked.push(params.asked);
    const state = { id: 'job-1', kind: 'import', details: { name: 'leaf.png' }, canCancel: false, canRetry: false, asked: params.asked! } as const;
    if (asked.length === 1) for (const news of [{ state: 'running', sequence: 1 }, { state: 'failed', sequence: 2, fault: { code: 'disk.full', details: { file: 'leaf.png' } } }] as const) studio.emit({ kind: 'job', job: { ...state, ...news } });
    return answers.shift()!();
  };
  await drop('leaf.png', 'a leaf');
  const notice = region('Notices').getByRole('alert');
  await notice.getByText('The disk is full: leaf.png was not written').waitFor();
  expect(await notice.count()).toBe(1);
  await showJobs();
  expect(await row('leaf.png').count()).toBe(1);
  await row('leaf.png').getByText('Free some space or choose another disk.').waitFor();
  await row('leaf.png').getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('treeitem', { name: /^leaf\.png/ }).waitFor();
  expect([new Set(asked).size, asked.length]).toEqual([1, 2]);
  expect(studio.uploads.size).toBe(2);
  await expect.poll(() => row('leaf.png').count()).toBe(0);
});

test('a picture whose document is closed before it is placed says so, and is placed there when it is tried again', async () => {
  const { page, studio } = opened;
  await opened.openDocument();
  let place: (() => void) | undefined;
  studio.answers['pictures.place'] = () => new Promise((resolve) => (place = () => resolve(placed)));
  await drop('leaf.png', 'a leaf');
  await expect.poll(() => place).toBeDefined();
  await page.keyboard.press('Control+w');
  await page.getByRole('button', { name: /sample picture/ }).first().waitFor();
  place!();
  const notice = region('Notices').getByRole('alert');
  await notice.getByText('leaf.png was not placed: “Evening lake” was closed meanwhile.').waitFor();
  studio.answers['pictures.place'] = () => placed;
  await notice.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('treeitem', { name: /^leaf\.png/ }).waitFor();
  expect(studio.callsOf('documents.open')).toMatchObject([{ document: 'document-1' }]);
});

test('a file that has gone meanwhile says so, and is not offered again', async () => {
  const { page } = opened;
  await page.getByRole('button', { name: /sample picture/ }).first().waitFor();
  const path = join(folder, 'gone.psd');
  writeFileSync(path, 'layers');
  await loseUploads();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open …' }).click();
  await (await chooser).setFiles(path);
  await showJobs();
  await row('gone.psd').getByText('The studio does not answer.').waitFor();
  rmSync(path);
  await row('gone.psd').getByRole('button', { name: 'Try again' }).click();
  await row('gone.psd').getByText('gone.psd can no longer be read: it was changed, moved or removed').waitFor();
  await row('gone.psd').getByText('Drop or choose the file again.').waitFor();
  expect(await row('gone.psd').getByRole('button', { name: 'Try again' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Clear what has ended' }).click();
  await expect.poll(() => row('gone.psd').count()).toBe(0);
});

test('where another page holds the file, it is said to give it once more', async () => {
  const failed: JobState = { id: 'job-2', kind: 'import', details: { name: 'there.psd' }, state: 'failed', fault: { code: 'disk.full', details: { file: 'there.psd' } }, canCancel: false, canRetry: false, asked: 'of-another-page', sequence: 1 };
  await showJobs();
  opened.studio.emit({ kind: 'job', job: failed });
  await row('there.psd').getByText('To try again, drop or choose the file once more.').waitFor();
});

test('a folder is called one, wherever it is dropped, and cannot be tried again', async () => {
  const { page } = opened;
  const session = await page.context().newCDPSession(page);
  const dropAt = async (x: number, y: number): Promise<void> => {
    const data = { items: [], files: [folder], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x, y, data });
  };
  await page.getByRole('button', { name: /sample picture/ }).first().waitFor();
  await dropAt(640, 500);
  await region('Notices').getByText(`${basename(folder)} is a folder.`).waitFor();
  await showJobs();
  expect(await row(basename(folder)).getByRole('button').count()).toBe(0);
  await page.getByRole('button', { name: 'Clear what has ended' }).click();
  await opened.openDocument();
  await dropAt(640, 500); // On the canvas.
  await row(basename(folder)).getByText('is a folder').waitFor();
  expect(opened.studio.uploads.size).toBe(0);
});

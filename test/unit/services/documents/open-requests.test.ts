// Files that are opened, placed and saved as jobs: spoken of when they take long, stopped without a trace, tried again.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EngineMethod } from '../../../../src-main/contract/engine-api.ts';
import { StudioError } from '../../../../src-main/contract/fault.ts';
import type { JobState } from '../../../../src-main/contract/studio-records.ts';
import { newDocument } from '../../../../src-main/services/documents/new-document.ts';
import type { AskOptions, EngineClient } from '../../../../src-main/services/host/engine-client.ts';
import { createStudio, type Studio } from '../../../../src-main/services/host/studio.ts';
import { nodePlatform } from '../../../../src-main/services/node-platform.ts';
import { answeringEngine } from '../../../support/answering-engine.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

interface Asked {
  readonly method: EngineMethod;
  readonly params: { readonly id: string; readonly assets: string; readonly out: string };
  readonly options: AskOptions;
  answer(value: unknown): void;
  refuse(fault: StudioError): void;
}

let home: string;
let studio: Studio;
let asked: Asked[];

beforeEach(() => {
  home = temporaryFolder();
  asked = [];
  const ask = (method: EngineMethod, params: unknown, options: AskOptions = {}): Promise<unknown> =>
    new Promise((answer, refuse) => {
      if (method.startsWith('glaze.')) return answer(null);
      asked.push({ method, params: params as Asked['params'], options, answer, refuse });
      options.signal?.addEventListener('abort', () => refuse(new StudioError('job.cancelled')));
    });
  const platform = nodePlatform({ environment: { VELATURA_HOME: home }, log: () => undefined });
  studio = createStudio({ host: 'browser', runtime: 'test', platform, engine: { ...answeringEngine(), ask } as EngineClient });
});
afterEach(() => studio.close());

const jobs = (): Promise<readonly JobState[]> => studio.api['jobs.list'](null);
const nth = (index: number): Promise<Asked> => vi.waitUntil(() => asked[index]);
const imported = (id: string) => ({ record: newDocument(id, { name: 'large', width: 64, height: 64 }, undefined, 'en'), notes: [{ key: 'psd.flattened', details: { file: 'large.psd' } }] });
const shown = (): Promise<JobState> => vi.waitUntil(async () => (await jobs())[0], { timeout: 5000 });
const file = { path: '/pictures/large.psd' };

describe('a file that is opened', () => {
  test('soon is not spoken of', async () => {
    const events: unknown[] = [];
    studio.onEvent((event) => event.kind === 'job' && events.push(event));
    const opened = studio.api['documents.import']({ file });
    const { params, answer } = await nth(0);
    answer(imported(params.id));
    expect(await opened).toMatchObject({ record: { id: params.id, name: 'large' }, notes: [{ key: 'psd.flattened' }] });
    expect([events, await jobs()]).toEqual([[], []]);
  });

  test('slowly is a job with progress; stopped, it leaves nothing behind', async () => {
    const opened = studio.api['documents.import']({ file });
    opened.catch(() => undefined);
    const { params, options } = await nth(0);
    await writeFile(join(params.assets, 'half'), 'a tile');
    options.onProgress?.({ stage: 'layers', done: 1, total: 4 });
    const job = await shown();
    expect(job).toMatchObject({ kind: 'import', details: { name: 'large.psd' }, state: 'running', stage: 'layers', share: 0.25, canCancel: true });
    await studio.api['jobs.cancel']({ job: job.id });
    await expect(opened).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(await jobs()).toMatchObject([{ state: 'cancelled' }]);
    expect(await readdir(join(home, 'documents'))).toEqual([]);
    expect(await studio.api['documents.list'](null)).toEqual([]);
  });

  test('and failed is read again from the list; the document can be opened, and removed, by any page', async () => {
    const opened = studio.api['documents.import']({ file }, 'page-1');
    opened.catch(() => undefined);
    const first = await nth(0);
    const { id: job } = await shown();
    first.refuse(new StudioError('disk.full', { file: 'large.psd' }));
    await expect(opened).rejects.toMatchObject({ code: 'disk.full' });
    expect(await jobs()).toMatchObject([{ state: 'failed', canRetry: true }]);
    await studio.api['jobs.retry']({ job });
    const { params, answer } = await nth(1);
    answer(imported(params.id));
    const done = await vi.waitUntil(async () => (await jobs()).find(({ state }) => state === 'done'));
    expect(done).toMatchObject({ id: job, document: params.id, notes: [{ key: 'psd.flattened' }], canRetry: false });
    expect((await studio.api['documents.open']({ document: params.id }, 'page-2')).record.name).toBe('large');
    await studio.api['documents.close']({ document: params.id }, 'page-2');
    await studio.api['documents.remove']({ document: params.id }, 'page-2');
  });

  test('and was sent by the page is gone afterwards: it cannot be read again', async () => {
    const upload = await studio.files.uploads.receive((async function* () {
      yield Uint8Array.of(1);
    })());
    const opened = studio.api['documents.import']({ file: { upload, name: 'mine.psd' } });
    opened.catch(() => undefined);
    const first = await nth(0);
    await shown();
    first.refuse(new StudioError('disk.full', { file: 'mine.psd' }));
    await expect(opened).rejects.toMatchObject({ code: 'disk.full' });
    expect(await jobs()).toMatchObject([{ state: 'failed', details: { name: 'mine.psd' }, canRetry: false }]);
  });

  test('again under the name the page gave it stands for the failure before', async () => {
    const ask = () => studio.api['documents.import']({ file, asked: 'of-the-page' });
    const opened = ask();
    opened.catch(() => undefined);
    const first = await nth(0);
    expect(await shown()).toMatchObject({ asked: 'of-the-page', state: 'running' });
    first.refuse(new StudioError('disk.full', { file: 'large.psd' }));
    await expect(opened).rejects.toMatchObject({ code: 'disk.full' });
    expect(await jobs()).toMatchObject([{ asked: 'of-the-page', state: 'failed' }]);
    const again = ask();
    const { params, answer } = await nth(1);
    answer(imported(params.id));
    expect((await again).record.name).toBe('large');
    expect(await jobs()).toEqual([]);
  });
});

test('a picture that is placed slowly is a job, and stopped it is not placed', async () => {
  const { record } = await studio.api['documents.create']({ name: 'T', width: 64, height: 64 });
  const placed = studio.api['pictures.place']({ document: record.id, file, fit: true });
  placed.catch(() => undefined);
  const { method } = await nth(0);
  const job = await shown();
  expect([method, job]).toMatchObject(['picture.place', { kind: 'import', details: { name: 'large.psd' }, state: 'running' }]);
  await studio.api['jobs.cancel']({ job: job.id });
  await expect(placed).rejects.toMatchObject({ code: 'job.cancelled' });
});

test('a save that failed is tried again, and writes what the document is by then, open or not', async () => {
  const { record } = await studio.api['documents.create']({ name: 'T', width: 64, height: 64 });
  const out = join(home, 'out', 'T.ora');
  await mkdir(join(home, 'out'));
  const saved = studio.api['documents.save']({ document: record.id, out });
  saved.catch(() => undefined);
  (await nth(0)).refuse(new StudioError('disk.full', { file: 'T.ora' }));
  await expect(saved).rejects.toMatchObject({ code: 'disk.full' });
  const entry = { id: 'renamed', parent: 'first', label: { key: 'document.rename' }, at: new Date().toISOString(), changes: [{ path: ['name'], before: 'T', after: 'Later' }] };
  await studio.api['documents.commit']({ document: record.id, entry });
  await studio.api['documents.close']({ document: record.id });
  const [job] = await jobs();
  expect(job).toMatchObject({ kind: 'save', state: 'failed', canRetry: true });
  await studio.api['jobs.retry']({ job: job?.id ?? '' });
  const again = await nth(1);
  expect(again.params).toMatchObject({ out, record: { name: 'Later' }, generations: 3 });
  await writeFile(out, 'whole');
  again.answer(null);
  await expect.poll(async () => (await jobs())[0]).toMatchObject({ state: 'done', file: { path: out, bytes: 5 } });
});

// What windows ask to have a file as a new document: a job where it takes long, with its progress and a way to stop it.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import type { DocumentRecord } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { JobWatch } from '../../contract/job.ts';
import type { StudioApi } from '../../contract/studio-api.ts';
import type { OpenedDocument } from '../../contract/studio-records.ts';
import type { JobOrder, OrderMaker } from '../host/job-order.ts';
import type { StudioContext } from '../host/studio-context.ts';
import { languageOf, opened } from './document-requests.ts';
import type { OpenDocument } from './open-document.ts';
import { sampleDocument, samplePicture } from './sample-document.ts';

/** What is open sooner is not spoken of as a job. */
export const quietMs = 1000;

interface Imported {
  readonly document: OpenDocument;
  readonly told: Told;
}

/** What is said of the file beside its pixels. */
type Told = Pick<OpenedDocument, 'notes' | 'recipe'>;

export function openRequests(context: StudioContext): Pick<StudioApi, 'documents.import' | 'documents.sample'> {
  const { pages, platform, uploads } = context;
  return {
    'documents.import': async ({ file, asked }, page) => {
      const path = await uploads.pathOf(file);
      let made: OpenedDocument | undefined;
      const order = orderOf(context, path, async (id, imported) => {
        const { document, told } = await pages.opens(page, id, imported);
        made = opened(document, told);
      });
      // What was sent is gone afterwards; a file on this disk can be read again.
      const { document } = await context.jobs.ended({ ...order, asked, ...('path' in file ? {} : { canRetry: false, recipe: undefined }) }).finally(() => void uploads.drop(file));
      if (!made) throw new StudioError('document.missing', { document });
      return made;
    },
    'documents.sample': async (_none, page) => {
      const language = await languageOf(platform.folders.home);
      const [id, path] = [randomUUID(), join(platform.folders.resources, 'samples', samplePicture)];
      const { document, told } = await pages.opens(page, id, importFile(context, path, id, undefined, (record) => sampleDocument(record, language)));
      return opened(document, told);
    },
  };
}

/** `take`: the page that asks has the document of the first run; that of a later one is opened from the list of jobs. */
function orderOf(context: StudioContext, path: string, take?: (id: string, imported: Promise<Imported>) => Promise<void>): JobOrder<{ readonly document: string }> {
  let waiting = take;
  return {
    kind: 'import',
    details: { name: basename(path) },
    canRetry: true,
    recipe: { path },
    quietMs,
    run: async (watch) => {
      const id = randomUUID();
      const [taken, imported] = [waiting, importFile(context, path, id, watch)];
      waiting = undefined;
      if (taken) await taken(id, imported);
      else await imported.then(() => context.documents.close(id));
      return { document: id };
    },
  };
}

const recipeSchema = v.object({ path: v.string() });

/** A file that was being read when the program ended. */
export function importOrder(context: StudioContext): OrderMaker {
  return (recipe) => orderOf(context, v.parse(recipeSchema, recipe).path);
}

/** Makes the document whole or leaves nothing of it. */
async function importFile({ documents, engine, session }: StudioContext, path: string, id: string, watch?: JobWatch, finish = (record: DocumentRecord) => record): Promise<Imported> {
  const scratch = await session.make();
  let told: Told = { notes: [] };
  try {
    const document = await documents.create(id, async (assets) => {
      const { record, ...rest } = await engine.ask('document.import', { path, id, assets, scratch }, watch ? { signal: watch.signal, onProgress: watch.progress } : {});
      if (watch?.signal.aborted) throw new StudioError('job.cancelled'); // Heard too late by the engine.
      told = rest;
      return finish(record);
    });
    for (const { key, details } of told.notes) watch?.warn(key, details);
    return { document, told };
  } finally {
    await rm(scratch, { recursive: true, force: true }).catch(() => undefined);
  }
}

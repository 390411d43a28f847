// The studio as every host lends it to a window: answers the requests of the contract.
import * as v from 'valibot';
import { StudioError } from '../../contract/fault.ts';
import { program } from '../../contract/program.ts';
import { resultOf } from '../../contract/result.ts';
import { complaintOf } from '../../contract/schema.ts';
import {
  isStudioCall,
  studioRequests,
  type PageId,
  type StudioApi,
  type StudioEvent,
  type StudioMethod,
  type StudioReply,
} from '../../contract/studio-api.ts';
import { documentRequests } from '../documents/document-requests.ts';
import { createDocuments } from '../documents/documents.ts';
import { answeredAlways, homeRequests } from '../home/home-requests.ts';
import { compareRequests } from '../variants/compare-requests.ts';
import { exportOrder, exportRequests } from '../export/export-requests.ts';
import { createCorruptLog } from './corrupt-log.ts';
import type { FileSources } from './file-routes.ts';
import { glazeLive } from '../glaze/glaze-live.ts';
import { glazeRequests } from '../glaze/glaze-requests.ts';
import { jobRequests } from './job-requests.ts';
import { createJobJournal } from './job-journal.ts';
import type { OrderMaker } from './job-order.ts';
import { createJobs } from './jobs.ts';
import { createKeptFiles } from './kept-files.ts';
import { keepRequests } from './keep-requests.ts';
import { createOpenPages, type OpenPages } from '../documents/open-pages.ts';
import { createPaintShelf } from '../documents/paint-shelf.ts';
import { pictureRequests } from '../documents/picture-requests.ts';
import { createPictureShelf } from './picture-shelf.ts';
import { importOrder, openRequests } from '../documents/open-requests.ts';
import { placeRequests } from '../documents/place-requests.ts';
import { createSessionFolder } from './session-folder.ts';
import { createRequestGate } from './request-gate.ts';
import { saveOrder, saveRequests } from '../documents/save-requests.ts';
import { settingsRequests } from './settings-requests.ts';
import { steadyEngine } from './steady-engine.ts';
import type { StudioContext, StudioOptions } from './studio-context.ts';
import { styleRequests } from '../library/style-requests.ts';
import { textRequests } from '../text/text-requests.ts';
import { watchStyles } from '../library/watch-styles.ts';
import { teachRequests } from '../teach/teach-requests.ts';
import { variantOrder, variantRequests } from '../variants/variant-requests.ts';
import { createUploads } from './uploads.ts';

/** A host leaves a studio behind that has not closed within this: everything it keeps is on the disk already. */
export const closingMs = 5000;

export interface Studio {
  readonly api: StudioApi;
  /** What the host's addresses for bytes lead to. */
  readonly files: FileSources;
  /** A host tells it of lines that begin and end. */
  readonly pages: Pick<OpenPages, 'arrived'>;
  onEvent(listener: (event: StudioEvent) => void): () => void;
  close(): Promise<void>;
}

/** Requests by method; each group of them is a file of services that gets the context. */
export function createStudio(options: StudioOptions): Studio {
  const listeners = new Set<(event: StudioEvent) => void>();
  const startedAt = options.platform.now().toISOString();
  const session = createSessionFolder(options.platform.folders.work);
  const corrupt = createCorruptLog(options.platform);
  const emit = (event: StudioEvent): void => {
    corrupt.hear(event);
    listeners.forEach((listener) => listener(event));
  };
  const journal = createJobJournal(options.platform.folders.home, (message) => options.platform.log('warn', message));
  const paint = createPaintShelf({ scratch: () => session.make(), onTrouble: (thrown) => options.platform.log('warn', `paint stays in memory: ${String(thrown)}`) });
  const documents = createDocuments({ home: options.platform.folders.home, who: 'the studio', paint, log: (message) => options.platform.log('warn', message) });
  const pages = createOpenPages(documents, (message) => options.platform.log('warn', message));
  const context: StudioContext = {
    ...options,
    engine: steadyEngine(options.engine),
    emit,
    session,
    jobs: createJobs(emit, undefined, journal),
    documents,
    pages,
    pictures: createPictureShelf(session),
    uploads: createUploads(session),
    kept: createKeptFiles(session),
  };
  const { host, runtime, engine, jobs, pictures, uploads, kept } = context;
  const ofPictures = pictureRequests(context);
  const teaching = teachRequests(context, ofPictures['pictures.flatten']);
  const live = glazeLive(context, paint);
  const [ofDocuments, ofSettings] = [documentRequests(context), settingsRequests(context)];
  const placing = placeRequests(context);
  const ofStyles = styleRequests(context);
  const watched = watchStyles(options.platform.folders, () => emit({ kind: 'styles.changed' }), (message) => options.platform.log('warn', message));
  const makers: Readonly<Record<string, OrderMaker>> = { export: exportOrder(context), variants: variantOrder(context), save: saveOrder(context), import: importOrder(context) };
  const restored = journal.left().then((left) => left.forEach((job) => jobs.restore(job, makers[job.kind])));
  const gate = createRequestGate();
  const requests: StudioApi = {
    status: async () => ({
      version: program.version,
      host,
      startedAt,
      runtime,
      home: options.platform.folders.home,
      engine: await engine.state(),
      device: live.device() ?? { provider: 'cpu' },
    }),
    ...ofSettings,
    ...homeRequests(context, gate, () => teaching.api['teach.list'](null)),
    ...jobRequests(context, restored),
    ...ofStyles,
    'styles.list': async (params) => {
      await watched.start();
      return ofStyles['styles.list'](params);
    },
    ...ofDocuments,
    ...openRequests(context),
    ...saveRequests(context),
    ...glazeRequests(context, live, { open: ofDocuments['documents.open'], change: ofSettings['settings.change'] }),
    ...ofPictures,
    ...exportRequests(context),
    ...variantRequests(context),
    ...compareRequests(context),
    ...placing.api,
    ...textRequests(context),
    ...keepRequests(context),
    ...teaching.api,
  };
  return {
    api: gate.guard(corrupt.watch(requests), answeredAlways),
    pages,
    files: { pictures, uploads, kept, assets: (document) => documents.find(document)?.assets },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      watched.close();
      const ended = jobs.close();
      await teaching.close();
      live.close();
      placing.close();
      pages.close();
      await documents.closeAll();
      engine.close(); // What still runs there ends with it.
      await ended;
      await paint.close();
      await session.remove();
    },
  };
}

/** Answers one question that came from a page, which may be named; undefined where it is no question at all. */
export async function answerCall({ api }: Pick<Studio, 'api'>, call: unknown, page?: PageId): Promise<StudioReply | undefined> {
  if (!isStudioCall(call)) return undefined;
  const { id, method, params } = call;
  return { id, result: await resultOf(() => answer(api, method, params, page)) };
}

function answer(api: StudioApi, method: StudioMethod, params: unknown, page?: PageId): Promise<unknown> {
  const checked = v.safeParse(studioRequests[method], params);
  if (!checked.success) throw new StudioError('usage.invalid', { reason: `${method}: ${complaintOf(checked.issues)}` });
  const handler = api[method] as (params: unknown, page?: PageId) => Promise<unknown>;
  return handler(checked.output, page);
}

// The requests about teaching: a painting judged, runs started, steered, ended.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GlazeSight } from '../../contract/engine-api.ts';
import type { StudioAnswers, StudioApi, StudioParams } from '../../contract/studio-api.ts';
import { sightIn } from '../documents/picture-requests.ts';
import type { StudioContext } from '../host/studio-context.ts';
import { createTeachRuns, type TeachRuns } from './teach-runs.ts';

/** Long side in px of the artist's picture as teaching shows it. */
const canvasPx = 640;

export type TeachApi = Pick<StudioApi, Extract<keyof StudioApi, `teach.${string}`>>;

export interface TeachRequests {
  readonly api: TeachApi;
  close(): Promise<void>;
}

/** flatten: how a document becomes a picture. */
export function teachRequests(context: StudioContext, flatten: (params: StudioParams<'pictures.flatten'>) => Promise<StudioAnswers['pictures.flatten']>): TeachRequests {
  const { platform, pictures, uploads, emit } = context;
  const runs: TeachRuns = createTeachRuns({
    platform,
    pictures,
    environment: process.env,
    emit: (run) => emit({ kind: 'teach', run }),
    stylesChanged: () => emit({ kind: 'styles.changed' }),
  });
  const canvasOf = async (document: string, seen: GlazeSight): Promise<Uint8Array | undefined> => {
    const { picture } = await flatten({ document, longSidePx: canvasPx, ...seen });
    return (await pictures.get(picture))?.bytes;
  };
  const api: TeachApi = {
    'teach.survey': async ({ file }) => survey(context, await uploads.pathOf(file)),
    'teach.judge': async ({ file, ...part }) => ({ notes: (await context.engine.ask('painting.survey', { path: await uploads.pathOf(file), ...part })).notes }),
    'teach.start': async ({ paintings, document, beneath, above, ...order }) => {
      const paths = await Promise.all(paintings.map((painting) => uploads.pathOf(painting.file)));
      const canvas = document === undefined ? undefined : await canvasOf(document, sightIn({ beneath, above }));
      const place = document === undefined ? {} : { place: { document, ...sightIn({ beneath, above }) } };
      return { run: await runs.start({ ...order, ...place, paintings: paths, crops: paintings.map(({ crops }) => crops ?? null), ...(canvas ? { canvas } : {}) }) };
    },
    'teach.pause': async ({ run }) => (runs.pause(run), null),
    'teach.resume': async ({ run }) => (await runs.resume(run), null),
    'teach.stop': ({ run, keep, name }) => runs.stop(run, { keep, name }),
    'teach.discard': async ({ run }) => (await runs.discard(run), null),
    'teach.adjust': async (change) => (await runs.adjust(change), null),
    'teach.checkpoint': async ({ run, name }) => (runs.keep(run, name), null),
    'teach.take': ({ run, state, name }) => runs.take(run, { state, name }),
    'teach.list': () => runs.list(),
    'teach.metrics': ({ run }) => runs.metrics(run),
  };
  return { api, close: runs.close };
}

/** Looked at in the engine process: pictures from outside are decoded nowhere else. */
async function survey({ engine, session, pictures }: StudioContext, path: string): Promise<StudioAnswers['teach.survey']> {
  const folder = await session.make();
  try {
    const shown = join(folder, 'painting.png');
    const { size, notes, proposed } = await engine.ask('painting.survey', { path, shown });
    return { picture: await pictures.put(new Uint8Array(await readFile(shown))), size, notes, ...(proposed ? { proposed } : {}) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// What windows ask of pictures that become layers: placed, transformed, followed.
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { AssetId } from '../../contract/document.ts';
import type { EngineAnswer } from '../../contract/engine-api.ts';
import { StudioError } from '../../contract/fault.ts';
import type { JobWatch } from '../../contract/job.ts';
import type { StudioApi } from '../../contract/studio-api.ts';
import { followLinks } from './linked-pictures.ts';
import type { OpenDocument } from './open-document.ts';
import { quietMs } from './open-requests.ts';
import type { StudioContext } from '../host/studio-context.ts';

export interface PlaceRequests {
  readonly api: Pick<StudioApi, 'pictures.place' | 'pictures.transform'>;
  close(): void;
}

export function placeRequests({ documents, emit, engine, jobs, platform, session, uploads }: StudioContext): PlaceRequests {
  let made: Promise<string> | undefined;
  /** One for all: pictures decoded once serve every transform. */
  const scratch = (): Promise<string> =>
    (made ??= session.make().catch((thrown: unknown) => {
      made = undefined;
      throw thrown;
    }));
  const canvasOf = (document: OpenDocument) => ({ width: document.record().width, height: document.record().height });
  /** Only the page that asks can make a layer of what is read: it cannot be tried again from the list. */
  const asJob = async (path: string, asked: string | undefined, place: (watch: JobWatch) => Promise<EngineAnswer<'picture.place'>>): Promise<EngineAnswer<'picture.place'>> => {
    const placed: EngineAnswer<'picture.place'>[] = [];
    await jobs.ended({ kind: 'import', details: { name: basename(path) }, canRetry: false, asked, quietMs, run: async (watch) => void placed.push(await place(watch)) });
    const [answer] = placed;
    if (!answer) throw new StudioError('job.cancelled');
    return answer;
  };
  const stop = followLinks({
    documents,
    place: async (document, path, transform, page) => {
      const placed = await engine.ask('picture.place', { path, assets: document.assets.folder, scratch: await scratch(), canvas: canvasOf(document), fit: false, transform, ...(page === undefined ? {} : { page }) });
      await document.assets.adopt([placed.source, ...Object.values(placed.pixels.tiles)]);
      return placed;
    },
    tell: (document, layer, placed) => emit({ kind: 'linked', document, layer, placed }),
    failed: (document, layer, fault) => emit({ kind: 'linked.failed', document, layer, fault }),
    log: (message) => platform.log('warn', message),
  });
  return {
    api: {
      'pictures.place': async ({ document: id, file, fit, link, transform, page, asked }) => {
        const document = documents.get(id);
        const path = await uploads.pathOf(file);
        const isLinked = link === true && 'path' in file;
        // Before it is read: a change during the reading is then seen as one.
        const modified = isLinked ? await stat(path).catch(() => undefined) : undefined;
        const stands = { fit, ...(transform ? { transform } : {}), ...(page === undefined ? {} : { page }) };
        const placed = await asJob(path, asked, async ({ signal, progress }) => {
          const answer = await engine.ask('picture.place', { path, assets: document.assets.folder, scratch: await scratch(), canvas: canvasOf(document), ...stands }, { signal, onProgress: progress });
          await document.assets.adopt([answer.source, ...Object.values(answer.pixels.tiles)]);
          return answer;
        }).finally(() => void uploads.drop(file));
        return modified ? { ...placed, link: { path: resolve(path), modifiedMs: Math.round(modified.mtimeMs) } } : placed;
      },
      'pictures.transform': async ({ document: id, source, page, transform }) => {
        const document = documents.get(id);
        const drawn = await engine.ask('picture.transform', { source, ...(page === undefined ? {} : { page }), transform, assets: document.assets.folder, scratch: await scratch(), canvas: canvasOf(document) });
        await document.assets.adopt(Object.values<AssetId>(drawn.pixels.tiles));
        return drawn;
      },
    },
    close: stop,
  };
}

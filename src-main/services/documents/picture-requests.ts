// Requests for pictures of a document.
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentId, LayerId } from '../../contract/document.ts';
import type { EngineScene, GlazeSight } from '../../contract/engine-api.ts';
import type { EntryId } from '../../contract/history.ts';
import type { Note } from '../../contract/note.ts';
import type { StudioApi } from '../../contract/studio-api.ts';
import type { PictureId } from '../../contract/studio-records.ts';
import { diskFault } from '../disk.ts';
import { readSettings } from '../host/settings.ts';
import type { StudioContext } from '../host/studio-context.ts';

/** What the engine is told of a state. Throws document.missing | document.conflict, disk.*. */
export async function engineScene({ documents, platform }: Pick<StudioContext, 'documents' | 'platform'>, id: DocumentId, entry?: EntryId): Promise<EngineScene> {
  const document = documents.get(id);
  const isPresent = entry === undefined || entry === document.state().head;
  return { record: isPresent ? document.record() : document.recordAt(entry), assets: document.assets.folder, isPresent, ...(await placeOf(platform)) };
}

/** Where the engine paints, and on what. Throws disk.*. */
async function placeOf({ folders: { home, styles, work, resources } }: StudioContext['platform']): Promise<Pick<EngineScene, 'folders' | 'device' | 'threads'>> {
  const { device = 'auto', threads } = (await readSettings(home)).settings;
  return { folders: { home, styles, work, resources }, device, ...(threads === undefined ? {} : { threads }) };
}

/** What of a request says what a glaze sees. */
export function sightIn({ beneath, above }: { readonly beneath?: LayerId | undefined; readonly above?: LayerId | undefined }): GlazeSight {
  return { ...(beneath === undefined ? {} : { beneath }), ...(above === undefined ? {} : { above }) };
}

export function pictureRequests(context: StudioContext): Pick<StudioApi, 'pictures.flatten' | 'pictures.read'> {
  const { engine, pictures, platform, session, uploads } = context;
  /** What is made there is gone afterwards. */
  const inFolder = async <T>(make: (folder: string) => Promise<T>): Promise<T> => {
    const folder = await session.make();
    try {
      return await make(folder);
    } finally {
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
  };
  const shelve = async (out: string): Promise<PictureId> =>
    pictures.put(
      await readFile(out).catch((thrown: unknown) => {
        throw diskFault(thrown, out);
      }),
    );
  return {
    'pictures.flatten': async ({ document, entry, longSidePx, hidden, only, nearly, ...seen }) => {
      const scene = await engineScene(context, document, entry);
      return inFolder(async (folder) => {
        const out = join(folder, 'flat.png');
        const size = await engine.ask('picture.flatten', { ...scene, ...sightIn(seen), longSidePx, out, ...(hidden ? { hidden } : {}), ...(only === undefined ? {} : { only }), ...(nearly ? { nearly } : {}) });
        return { ...size, picture: await shelve(out) };
      });
    },
    'pictures.read': ({ file, longSidePx }) =>
      inFolder(async (folder) => {
        const [assets, scratch, out] = [join(folder, 'assets'), join(folder, 'scratch'), join(folder, 'flat.png')];
        await Promise.all([mkdir(assets), mkdir(scratch)]).catch((thrown: unknown) => {
          throw diskFault(thrown, folder);
        });
        const path = await uploads.pathOf(file);
        const { record, notes } = await engine.ask('document.import', { path, id: randomUUID(), assets, scratch });
        await engine.ask('picture.flatten', { record, assets, isPresent: false, ...(await placeOf(platform)), longSidePx, out });
        return { picture: await shelve(out), notes: notes.map(asSeen) };
      }).finally(() => void uploads.drop(file)),
  };
}

const pageNotes: ReadonlySet<string> = new Set(['picture.page-placed', 'picture.pages-as-layers', 'picture.pages-left-out']);

/** Of several pages the first is seen, and nothing becomes a layer. */
function asSeen({ key, details }: Note): Note {
  return { key: pageNotes.has(key) ? 'picture.page-shown' : key, ...(details ? { details } : {}) };
}

// Requests for pictures of a document.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentId, LayerId } from '../../contract/document.ts';
import type { EngineScene, GlazeSight } from '../../contract/engine-api.ts';
import type { EntryId } from '../../contract/history.ts';
import type { StudioApi } from '../../contract/studio-api.ts';
import { diskFault } from '../disk.ts';
import { readSettings } from '../host/settings.ts';
import type { StudioContext } from '../host/studio-context.ts';

/** What the engine is told of a state. Throws document.missing | document.conflict, disk.*. */
export async function engineScene({ documents, platform }: Pick<StudioContext, 'documents' | 'platform'>, id: DocumentId, entry?: EntryId): Promise<EngineScene> {
  const document = documents.get(id);
  const isPresent = entry === undefined || entry === document.state().head;
  const { home, styles, work, resources } = platform.folders;
  const { device = 'auto', threads } = (await readSettings(home)).settings;
  return {
    record: isPresent ? document.record() : document.recordAt(entry),
    assets: document.assets.folder,
    isPresent,
    folders: { home, styles, work, resources },
    device,
    ...(threads === undefined ? {} : { threads }),
  };
}

/** What of a request says what a glaze sees. */
export function sightIn({ beneath, above }: { readonly beneath?: LayerId | undefined; readonly above?: LayerId | undefined }): GlazeSight {
  return { ...(beneath === undefined ? {} : { beneath }), ...(above === undefined ? {} : { above }) };
}

export function pictureRequests(context: StudioContext): Pick<StudioApi, 'pictures.flatten'> {
  const { engine, pictures, session } = context;
  return {
    'pictures.flatten': async ({ document, entry, longSidePx, hidden, only, nearly, ...seen }) => {
      const scene = await engineScene(context, document, entry);
      const folder = await session.make();
      const out = join(folder, 'flat.png');
      try {
        const size = await engine.ask('picture.flatten', { ...scene, ...sightIn(seen), longSidePx, out, ...(hidden ? { hidden } : {}), ...(only === undefined ? {} : { only }), ...(nearly ? { nearly } : {}) });
        const bytes = await readFile(out).catch((thrown: unknown) => {
          throw diskFault(thrown, out);
        });
        return { ...size, picture: await pictures.put(bytes) };
      } finally {
        await rm(folder, { recursive: true, force: true }).catch(() => undefined);
      }
    },
  };
}

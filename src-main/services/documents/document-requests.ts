// What windows ask of documents: made, opened, changed, listed.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { StudioApi } from '../../contract/studio-api.ts';
import type { DocumentCard, LanguageTag, OpenedDocument } from '../../contract/studio-records.ts';
import { readAsset } from './asset-files.ts';
import type { DocumentSummary } from './document-cards.ts';
import { assetsName } from './document-folder.ts';
import { historySizes, thinHistory } from './document-thin.ts';
import { newDocument } from './new-document.ts';
import type { OpenDocument } from './open-document.ts';
import { readSettings } from '../host/settings.ts';
import type { StudioContext } from '../host/studio-context.ts';

type DocumentRequests = Pick<
  StudioApi,
  | 'documents.list'
  | 'documents.create'
  | 'documents.open'
  | 'documents.close'
  | 'documents.remove'
  | 'documents.commit'
  | 'documents.amend'
  | 'documents.move'
  | 'documents.snapshot'
  | 'documents.thumbnail'
  | 'documents.thin'
  | 'documents.thinPlan'
>;

export function documentRequests(context: StudioContext): DocumentRequests {
  const { documents, pages, pictures, platform } = context;
  const home = platform.folders.home;
  /** Of an open document, or one that is not. */
  const cardOf = async ({ thumbnail, ...summary }: DocumentSummary): Promise<DocumentCard> => {
    const bytes = thumbnail && (await readAsset(join(home, 'documents', summary.id, assetsName), thumbnail).catch(() => undefined));
    return bytes ? { ...summary, thumbnail: await pictures.put(bytes) } : summary;
  };
  return {
    'documents.list': async () => Promise.all((await documents.list()).map(cardOf)),
    'documents.create': async ({ background, ...size }, page) => {
      const language = await languageOf(home);
      const id = randomUUID();
      const made = documents.create(id, () => Promise.resolve(newDocument(id, size, background, language)));
      return opened(await pages.opens(page, id, made));
    },
    'documents.open': async ({ document }, page) => opened(await pages.opens(page, document, documents.open(document))),
    'documents.close': async ({ document }, page) => pages.closes(page, document).then(() => null),
    'documents.remove': async ({ document }, page) => {
      pages.requireNoOther(page, document);
      await documents.remove(document);
      return null;
    },
    'documents.commit': async ({ document, entry }) => {
      const held = documents.get(document);
      await held.write({ kind: 'entry', entry });
      return { bytes: held.bytes() };
    },
    'documents.amend': async ({ document, entry, changes }) => documents.get(document).write({ kind: 'amend', entry, changes }).then(() => null),
    'documents.move': async ({ document, head, redo }) => documents.get(document).write({ kind: 'move', head, redo }).then(() => null),
    'documents.snapshot': async ({ document, entry, name }) => {
      const held = documents.get(document);
      await held.write({ kind: 'snapshot', entry, name });
      return held.state().snapshots;
    },
    'documents.thumbnail': async ({ document, entry, thumbnail }) => documents.get(document).write({ kind: 'thumbnail', entry, thumbnail }).then(() => null),
    'documents.thin': async ({ document, keepBytes }) => {
      const held = documents.get(document);
      await held.replace((state) => thinHistory(state, keepBytes, held.assets.sizeOf));
      return held.history();
    },
    'documents.thinPlan': async ({ document, keepBytes }) => {
      const held = documents.get(document);
      const thinned = thinHistory(held.state(), keepBytes, held.assets.sizeOf);
      return { states: held.state().entries.size - thinned.entries.size, bytes: historySizes(held.assets.sizeOf)(thinned) };
    },
  };
}

/** A document as a window receives it. */
export function opened(document: OpenDocument, { notes, ...carried }: Pick<OpenedDocument, 'notes' | 'recipe'> = { notes: [] }): OpenedDocument {
  return { record: document.record(), history: document.history(), ...carried, notes: [...document.notes, ...notes], readOnly: document.readOnly };
}

export async function languageOf(home: string): Promise<LanguageTag> {
  return (await readSettings(home)).settings.language ?? 'en';
}

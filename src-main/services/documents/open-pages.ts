// Which pages have which documents open: what one page closes stays open as long as another has it.
import type { DocumentId } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { PageId } from '../../contract/studio-api.ts';
import type { Documents } from './documents.ts';

/** A page whose line is broken for longer is taken for gone. */
const returnsWithinMs = 120_000;
/** Who asks without a name is one page. */
const unnamed: PageId = '';

export interface OpenPages {
  /** A line to a page begins; its end is told by the answer. `forGood`: the page itself has ended. */
  arrived(page: PageId): (forGood: boolean) => void;
  /** The page has the document from now on, unless `opening` fails. */
  opens<T>(page: PageId | undefined, document: DocumentId, opening: Promise<T>): Promise<T>;
  /** Closes a document for one page; for good where no other has it. Throws disk.*. */
  closes(page: PageId | undefined, document: DocumentId): Promise<void>;
  /** Throws document.open-elsewhere where another page has it. */
  requireNoOther(page: PageId | undefined, document: DocumentId): void;
  close(): void;
}

export function createOpenPages(documents: Pick<Documents, 'close' | 'find' | 'onClose'>, log: (message: string) => void): OpenPages {
  const holders = new Map<DocumentId, Set<PageId>>();
  /** Documents that some page has closed and another one had. */
  const left = new Set<DocumentId>();
  const lines = new Map<PageId, number>();
  const partings = new Map<PageId, ReturnType<typeof setTimeout>>();
  /** What pages had that were taken for gone: some come back. */
  const had = new Map<PageId, readonly DocumentId[]>();

  const hasOthers = (page: PageId, document: DocumentId): boolean => [...(holders.get(document) ?? [])].some((other) => other !== page);
  const hold = (page: PageId, document: DocumentId): void => void holders.set(document, (holders.get(document) ?? new Set()).add(page));
  const letGo = (page: PageId, document: DocumentId): void => {
    holders.get(document)?.delete(page);
    if (holders.get(document)?.size === 0) holders.delete(document);
  };
  const stays = (page: PageId): void => {
    clearTimeout(partings.get(page));
    partings.delete(page);
    for (const document of had.get(page) ?? []) if (documents.find(document)) hold(page, document);
    had.delete(page);
  };
  const parts = (page: PageId): void => {
    partings.delete(page);
    const held = [...holders].flatMap(([document, pages]) => (pages.has(page) ? [document] : []));
    had.set(page, held);
    for (const document of held) {
      letGo(page, document);
      if (!left.has(document) || holders.has(document)) continue;
      documents.close(document).catch((thrown: unknown) => log(`document ${document}: ${String(thrown)}`));
    }
  };
  const stop = documents.onClose(({ id }) => {
    holders.delete(id);
    left.delete(id);
  });
  return {
    arrived(page) {
      stays(page);
      lines.set(page, (lines.get(page) ?? 0) + 1);
      return (forGood) => {
        const others = (lines.get(page) ?? 1) - 1;
        if (others > 0) return void lines.set(page, others);
        lines.delete(page);
        if (forGood) {
          parts(page);
          had.delete(page);
        } else partings.set(page, setTimeout(() => parts(page), returnsWithinMs).unref());
      };
    },
    async opens(page = unnamed, document, opening) {
      // Before it is open: another page may close it in this very moment.
      hold(page, document);
      try {
        return await opening;
      } catch (thrown) {
        letGo(page, document);
        throw thrown;
      }
    },
    async closes(page = unnamed, document) {
      letGo(page, document);
      if (!hasOthers(page, document)) return documents.close(document);
      left.add(document);
    },
    requireNoOther(page = unnamed, document) {
      if (hasOthers(page, document)) throw new StudioError('document.open-elsewhere', { document: documents.find(document)?.record().name ?? document });
    },
    close() {
      stop();
      partings.forEach((timer) => clearTimeout(timer));
    },
  };
}

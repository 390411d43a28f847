// Placed files that are followed: one that is saved anew in another program is placed anew, in every document that links it.
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { DocumentId, DocumentRecord, LayerId, LayerOf, Matrix } from '../../contract/document.ts';
import { faultOf, type Fault } from '../../contract/fault.ts';
import { hasUndoneLink } from '../../contract/history-tree.ts';
import type { PlacedPicture } from '../../contract/studio-api.ts';
import type { Documents } from './documents.ts';
import type { OpenDocument } from './open-document.ts';

/** How often files are looked at. Programs save by renaming: a watch on the file itself would lose it. */
const lookEveryMs = 1000;
/** A file that cannot be read is tried again after 1, 2, 4 … looks, at most so many; at once where it was saved anew. */
const mostLooksBetween = 60;
/** Failures in a row until the artist hears of it: a file still being written is whole at the second look. */
const toldAfterFailures = 2;
/** Faults that say nothing of the file. */
const notOfTheFile: ReadonlySet<Fault['code']> = new Set(['engine.lost', 'job.cancelled', 'document.missing']);

export interface LinkedOptions {
  readonly documents: Documents;
  /** Places the file anew, where the layer stands. */
  place(document: OpenDocument, path: string, transform: Matrix, page?: number): Promise<Omit<PlacedPicture, 'link'>>;
  tell(document: DocumentId, layer: LayerId, placed: PlacedPicture): void;
  /** The file cannot be read: called once, until it was read again. */
  failed(document: DocumentId, layer: LayerId, fault: Fault): void;
  log(message: string): void;
}

/** A file that could not be read. */
interface Failure {
  /** Its state then. */
  readonly modifiedMs: number;
  readonly count: number;
  /** Looks until it is tried again. */
  readonly looks: number;
  readonly isTold: boolean;
}

/** Follows links of open documents until it is stopped; what cannot be read is tried again, less and less often. */
export function followLinks({ documents, place, tell, failed, log }: LinkedOptions): () => void {
  const followed = new Map<DocumentId, OpenDocument>();
  /** Change a window was told of and has not taken into the record yet, by document and layer. */
  const told = new Map<string, number>();
  const failures = new Map<string, Failure>();
  let [timer, isLooking]: [ReturnType<typeof setInterval> | undefined, boolean] = [undefined, false];

  const look = async (): Promise<void> => {
    for (const document of followed.values()) {
      for (const layer of linkedLayers(document.record())) await lookAt(document, layer).catch((thrown: unknown) => log(`linked picture ${layer.id}: ${String(thrown)}`));
    }
  };
  const lookAt = async (document: OpenDocument, layer: LayerOf<'image'>): Promise<void> => {
    const { path, modifiedMs } = layer.link!;
    const key = `${document.id}/${layer.id}`;
    const found = await settledAt(path);
    if (found === undefined || found === modifiedMs || found === told.get(key)) return;
    const { entries, head } = document.state();
    if (hasUndoneLink(entries, head, layer.id, found)) return;
    const failure = failures.get(key);
    if (failure?.modifiedMs === found && failure.looks > 1) return void failures.set(key, { ...failure, looks: failure.looks - 1 });
    const placed = await place(document, path, layer.transform, layer.page).catch((thrown: unknown) => {
      fail(document, layer.id, found, thrown);
    });
    if (!placed) return;
    failures.delete(key);
    if ((await settledAt(path)) !== found) return; // saved again meanwhile: the next look has it
    told.set(key, found);
    if (placed.source !== layer.source) tell(document.id, layer.id, { ...placed, sourceName: basename(path), link: { path, modifiedMs: found } });
  };
  const fail = (document: OpenDocument, layer: LayerId, modifiedMs: number, thrown: unknown): void => {
    const key = `${document.id}/${layer}`;
    const fault = faultOf(thrown);
    const before = failures.get(key);
    const count = (before?.modifiedMs === modifiedMs ? before.count : 0) + 1;
    const isTold = before?.isTold ?? false;
    const isNews = !isTold && count >= toldAfterFailures && !notOfTheFile.has(fault.code);
    failures.set(key, { modifiedMs, count, looks: Math.min(2 ** (count - 1), mostLooksBetween), isTold: isTold || isNews });
    if (!isNews) return;
    log(`linked picture ${layer}: ${String(thrown)}`);
    failed(document.id, layer, fault);
  };
  const update = (document: OpenDocument, record = document.record()): void => {
    if (!document.readOnly && linkedLayers(record).length > 0) followed.set(document.id, document);
    else followed.delete(document.id);
    if (followed.size > 0 && timer === undefined) {
      timer = setInterval(() => {
        if (isLooking) return;
        isLooking = true;
        void look().finally(() => (isLooking = false));
      }, lookEveryMs);
      timer.unref();
    } else if (followed.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
  const stops = [
    documents.onOpen(update),
    documents.onChange((document, changes, _before, after) => {
      if (changes.some(({ path }) => path[0] === 'layers' && (path.length === 2 || path[2] === 'link'))) update(document, after);
    }),
    documents.onClose((document) => {
      followed.delete(document.id);
      for (const kept of [told, failures]) for (const key of kept.keys()) if (key.startsWith(`${document.id}/`)) kept.delete(key);
    }),
  ];
  return () => {
    clearInterval(timer);
    stops.forEach((stop) => stop());
  };
}

/** Without those a page follows: their paths are names alone. */
function linkedLayers(record: DocumentRecord): LayerOf<'image'>[] {
  return Object.values(record.layers).filter((layer) => layer.kind === 'image' && layer.link !== undefined && !layer.link.byPage) as LayerOf<'image'>[];
}

/** When a file was last changed; undefined while it is not there or still being written. */
async function settledAt(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size === 0) return undefined;
  return Math.round(found.mtimeMs);
}

// What the list of documents shows of each, kept in a small file beside it so that no journal is read for it.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { assetIdSchema, type DocumentId } from '../../contract/document.ts';
import { firstState } from '../../contract/history.ts';
import { lineOf } from '../../contract/history-tree.ts';
import { listAssets } from './asset-files.ts';
import { writeSafely } from '../disk.ts';
import { assetsName, readDocument } from './document-folder.ts';
import type { DocumentState } from './document-history.ts';
import { wasLeftOpen } from './document-recovery.ts';

const cardName = 'card.json';
const count = v.pipe(v.number(), v.minValue(0));
const cardSchema = v.object({
  formatVersion: v.literal(1),
  name: v.string(),
  width: count,
  height: count,
  changedAt: v.string(),
  bytes: count,
  thumbnail: v.optional(assetIdSchema),
  /** What the card was made of: it holds as long as that journal is so long. */
  journal: v.string(),
  journalBytes: count,
});
type StoredCard = v.InferOutput<typeof cardSchema>;

export interface DocumentSummary extends Omit<StoredCard, 'formatVersion' | 'journal' | 'journalBytes'> {
  readonly id: DocumentId;
  readonly recovered: boolean;
}

/** The newest thumbnail on the way to the present state. */
export function thumbnailOf(state: DocumentState): string | undefined {
  for (const id of lineOf(state.entries, state.head)) {
    const thumbnail = id === firstState ? state.firstThumbnail : state.entries.get(id)?.thumbnail;
    if (thumbnail !== undefined) return thumbnail;
  }
  return undefined;
}

/** The card of a document that is not open here. Throws document.* | disk.*. */
export async function readCard(folder: string, id: DocumentId): Promise<DocumentSummary> {
  const recovered = await wasLeftOpen(folder);
  const stored = (await storedCard(folder)) ?? (await madeCard(folder, id));
  const { formatVersion: _, journal: _journal, journalBytes: _bytes, ...card } = stored;
  return { ...card, id, recovered };
}

async function storedCard(folder: string): Promise<StoredCard | undefined> {
  try {
    const checked = v.safeParse(cardSchema, JSON.parse(await readFile(join(folder, cardName), 'utf8')));
    if (!checked.success || !/^journal[\w-]*\.jsonl$/.test(checked.output.journal)) return undefined;
    const { size } = await stat(join(folder, checked.output.journal));
    return size === checked.output.journalBytes ? checked.output : undefined;
  } catch {
    return undefined;
  }
}

async function madeCard(folder: string, id: DocumentId): Promise<StoredCard> {
  const read = await readDocument(folder, id);
  const sizes = await listAssets(join(folder, assetsName));
  const { state } = read;
  const thumbnail = thumbnailOf(state);
  const card: StoredCard = {
    formatVersion: 1,
    name: state.record.name,
    width: state.record.width,
    height: state.record.height,
    changedAt: read.changedAt.toISOString(),
    bytes: [...sizes.values()].reduce((sum, size) => sum + size, read.journalBytes + read.baseBytes),
    ...(thumbnail === undefined ? {} : { thumbnail }),
    journal: read.journal,
    journalBytes: read.journalBytes,
  };
  // Only a shortcut: the next list makes it again.
  await writeSafely(join(folder, cardName), new TextEncoder().encode(JSON.stringify(card))).catch(() => undefined);
  return card;
}

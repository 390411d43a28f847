// What can be compared: states of the document, single layers, results, files.
import type { LayerId } from '../../src-main/contract/document.ts';
import type { EntryId } from '../../src-main/contract/history.ts';
import type { PictureId } from '../../src-main/contract/studio-records.ts';

export type CompareSource =
  | { readonly kind: 'present' }
  /** The present picture without one layer, or that layer alone. */
  | { readonly kind: 'without' | 'only'; readonly layer: LayerId }
  | { readonly kind: 'state'; readonly entry: EntryId }
  /** A picture of the host: a variant, a checkpoint. */
  | { readonly kind: 'picture'; readonly picture: PictureId; readonly title: string }
  | { readonly kind: 'file'; readonly file: File; readonly title: string };

/** Tells sources apart. */
export function sourceKey(source: CompareSource): string {
  if (source.kind === 'present') return 'present';
  if (source.kind === 'state') return `state:${source.entry}`;
  if (source.kind === 'picture') return `picture:${source.picture}`;
  if (source.kind === 'file') return `file:${source.title}`;
  return `${source.kind}:${source.layer}`;
}

/** True where the source shows something else once the document has changed. */
export function followsDocument({ kind }: CompareSource): boolean {
  return kind === 'present' || kind === 'without' || kind === 'only';
}

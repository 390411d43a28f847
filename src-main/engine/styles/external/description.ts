// What was found out about a foreign network, as data and as sentences.
import type { Extent } from '../../../contract/image.ts';
import type { Convention, ElementType, Layout } from './convention.ts';
import type { Evidence } from './detect-convention.ts';

export interface NetworkDescription {
  readonly file: string;
  readonly producer: string;
  readonly opset: number;
  readonly weights: number;
  readonly layout: Layout;
  readonly type: ElementType;
  readonly input: Convention;
  readonly output: Convention;
  readonly rangeEvidence: Evidence;
  readonly channelsEvidence: Evidence;
  readonly fixed?: Extent;
  readonly multiple: number;
  readonly haloPx: number;
  /** exact: tiles equal the whole; frozen: they do once statistics are measured; near: they agree only about. */
  readonly tiles: 'exact' | 'frozen' | 'near';
  readonly learnedSizePx: number;
  readonly learnedSizeEvidence: Evidence;
}

/** A sentence by message key (contract/messages). */
export interface Note {
  readonly key: string;
  readonly details: Readonly<Record<string, string | number>>;
}

/** What the artist should know before painting with it; nothing where the file says all. */
export function notesOn(network: NetworkDescription): Note[] {
  const { file } = network;
  const notes: Note[] = [];
  if (network.channelsEvidence === 'assumed') notes.push({ key: 'network.channels-assumed', details: { file, channels: network.input.channels.toUpperCase() } });
  if (network.rangeEvidence === 'trial') notes.push({ key: 'network.range-guessed', details: { file, range: network.input.range } });
  if (network.fixed) notes.push({ key: 'network.fixed-size', details: { file, px: `${network.fixed.width} × ${network.fixed.height}` } });
  if (network.tiles === 'near') notes.push({ key: 'network.tiles-differ', details: { file, px: network.haloPx } });
  if (network.learnedSizeEvidence === 'assumed') notes.push({ key: 'network.size-assumed', details: { file, px: network.learnedSizePx } });
  return notes;
}

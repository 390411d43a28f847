// States of history that were passed too quickly for a picture: which one is next, and its picture as the host paints it.
import type { EntryId } from '../../src-main/contract/history.ts';
import { lineOf, type EntriesById } from '../../src-main/contract/history-tree.ts';
import { pictureBitmap } from '../client/host-pictures.ts';
import type { StudioClient } from '../client/studio-client.ts';
import { encodeState } from './encode-state.ts';

/** So many of the newest are looked at. */
const mostStates = 40;

interface Standing {
  readonly entries: EntriesById;
  readonly head: EntryId;
  /** End of the line that is shown. */
  readonly tip: EntryId;
}

/** The newest state on the line that has no picture; `isDone` tells which are not to be looked at. */
export function stateWithoutPicture({ entries, head, tip }: Standing, isDone: (state: EntryId) => boolean): EntryId | undefined {
  const line = lineOf(entries, tip);
  const newest = line.length > mostStates ? [...line.slice(0, mostStates), line.at(-1)!] : line;
  return newest.find((state) => state !== head && !isDone(state)); // The present one is taken from the screen.
}

/** A small picture of a state, painted quietly where its glazes are not: nobody waits for it. Throws the host's fault. */
export async function smallState({ studio }: { readonly studio: StudioClient }, document: string, entry: EntryId, longSidePx: number): Promise<Blob> {
  const { picture } = await studio.ask('pictures.flatten', { document, entry, longSidePx, nearly: true });
  const bitmap = await pictureBitmap(picture);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return encodeState(canvas);
}

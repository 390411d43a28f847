// What is said of paintings here, in words.
import { warningOf } from '../../src-main/contract/messages/message.ts';
import type { Note } from '../../src-main/contract/note.ts';
import type { Language } from '../locales/words.ts';

/** What the frames round the parts themselves show; the sentences speak of the command line. */
const shownByFrame: ReadonlySet<string> = new Set(['painting.crop-proposed', 'painting.cropped', 'painting.cropped-parts']);

export function paintingNotes(notes: readonly Note[] | undefined, language: Language): string[] {
  return (notes ?? []).filter(({ key }) => !shownByFrame.has(key)).map(({ key, details }) => warningOf(key, details ?? {}, language));
}

// What the artist is told of a picture that becomes a layer: what was converted, and of many pictures which one is used.
import type { PictureInfo } from '../../contract/image.ts';
import type { Note } from '../../contract/studio-api.ts';

const told: ReadonlySet<string> = new Set(['picture.cmyk-converted', 'picture.profile-converted', 'picture.profile-unreadable']);

/** `layers`: how many of its pages or frames become layers. */
export function pictureNotes(file: string, info: PictureInfo, layers = 1): Note[] {
  const keys = info.warnings.filter((key) => told.has(key));
  if (info.pages > 1) keys.push(layers === 1 ? 'picture.page-placed' : layers < info.pages ? 'picture.pages-left-out' : 'picture.pages-as-layers');
  return keys.map((key) => ({ key, details: { file, pages: info.pages, profile: info.profile ?? '', count: layers } }));
}

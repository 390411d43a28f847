// What the artist is told of a picture that becomes a layer: what was converted, and of many pictures which one is used.
import type { PictureInfo } from '../../contract/image.ts';
import type { Note } from '../../contract/studio-api.ts';

const told: ReadonlySet<string> = new Set(['picture.cmyk-converted', 'picture.animated', 'picture.many-pages', 'picture.profile-converted', 'picture.profile-unreadable']);

export function pictureNotes(file: string, info: PictureInfo): Note[] {
  return info.warnings.filter((key) => told.has(key)).map((key) => ({ key, details: { file, pages: info.pages, profile: info.profile ?? '' } }));
}

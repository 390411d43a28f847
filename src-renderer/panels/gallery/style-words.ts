// What a style is called and what is said of it, in the language of the page.
import { styleTags, type StyleTag } from '../../../src-main/contract/style-card.ts';
import type { GalleryStyle } from '../../../src-main/contract/studio-records.ts';
import type { Language } from '../../locales/words.ts';

/** Of the page as it is shown now, for where no component asks. */
export function pageLanguage(): Language {
  return document.documentElement.lang === 'zh-CN' ? 'zh-CN' : 'en';
}

/** Its title where it has a card, else the name the artist gave it. */
export function titleOf(style: GalleryStyle, language: Language): string {
  return style.card?.title[language] ?? style.name;
}

export function painterOf(style: GalleryStyle, language: Language): string {
  return style.card?.painter[language] ?? '';
}

/** Those of its card and the artist's own, each once. */
export function tagsOf(style: GalleryStyle): readonly string[] {
  return [...new Set([...(style.card?.tags ?? []), ...style.tags])];
}

/** True for a tag that the locales have words for; others are shown as they were written. */
export function isKnownTag(tag: string): tag is StyleTag {
  return (styleTags as readonly string[]).includes(tag);
}

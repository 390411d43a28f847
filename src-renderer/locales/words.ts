// The page's words in the language the artist reads.
import { createI18n } from 'vue-i18n';
import { en, type Words } from './en/index.ts';
import { zhCN } from './zh-CN/index.ts';

export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

/** The first language of the artist's that the page speaks; English where it speaks none. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    if (/^zh\b/i.test(tag)) return 'zh-CN';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}

const dates = {
  short: { dateStyle: 'medium' },
  long: { dateStyle: 'medium', timeStyle: 'short' },
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
} as const;

type PageWords = ReturnType<typeof makeWords>;
let page: PageWords | undefined;

export function createWords(wanted: readonly string[]): PageWords {
  page = makeWords(wanted);
  return page;
}

/** Words in the language shown now, for names that are kept: of new layers, of documents. */
export function wordsNow(key: string, details: Readonly<Record<string, string | number>> = {}): string {
  return page?.global.t(key, details) ?? key;
}

/** The language shown now. */
export function languageNow(): Language {
  return page?.global.locale.value ?? 'en';
}

/** 0.5 → “50 %”, in Chinese “50%”; at most so many digits after the point. */
export function percentInWords(share: number, digits = 0): string {
  const language = languageNow();
  const number = (100 * share).toLocaleString(language, { maximumFractionDigits: digits, useGrouping: false });
  return language === 'zh-CN' ? `${number}%` : `${number} %`;
}

function makeWords(wanted: readonly string[]) {
  return createI18n<[Words], Language, false>({
    legacy: false,
    locale: preferredLanguage(wanted),
    fallbackLocale: 'en',
    datetimeFormats: { en: dates, 'zh-CN': dates },
    messages: { en, 'zh-CN': zhCN },
  });
}

// The command line's sentences by language, and how {placeholders} are filled.
import { en, type Texts } from './en.ts';
import { zhCN } from './zh-CN.ts';
import type { Language } from '../../../contract/messages/message.ts';

export type { Texts };

const byLanguage: Record<Language, Texts> = { en, 'zh-CN': zhCN };

export function textsOf(language: Language): Texts {
  return byLanguage[language];
}

/** A text with its {placeholders} replaced. */
export function fill(text: string, details: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));
}

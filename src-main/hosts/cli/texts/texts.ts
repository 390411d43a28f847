// The command line's sentences by language, and how {placeholders} are filled.
import { en, type Texts } from './en.ts';
import { zhCN } from './zh-CN.ts';
import { languages, type Language } from '../../../contract/messages/message.ts';

export type { Texts };

const byLanguage: Record<Language, Texts> = { en, 'zh-CN': zhCN };

export function textsOf(language: Language): Texts {
  return byLanguage[language];
}

/** The language asked for by --lang, else the first of the environment's that is known, else English. */
export function languageOf(wanted: string | undefined, environment: Readonly<Record<string, string | undefined>>): Language {
  const named = [wanted, environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find((name) => name);
  return named && /^zh/i.test(named) ? 'zh-CN' : languages[0];
}

/** A text with its {placeholders} replaced. */
export function fill(text: string, details: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));
}

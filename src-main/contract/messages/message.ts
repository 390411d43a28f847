// How a fault or a warning becomes words in a language: the filling of {placeholders}.
import type { Fault, FaultDetails } from '../fault.ts';
import { en } from './en.ts';
import type { Message, MessageTable } from './message-table.ts';
import { zhCN } from './zh-CN.ts';

export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

const tables: Readonly<Record<Language, MessageTable>> = { en, 'zh-CN': zhCN };

/** The words of a language. */
export function messagesIn(language: Language): MessageTable {
  return tables[language];
}

/** The language asked for, else the first of the environment's that is known, else English. */
export function languageOf(wanted: string | undefined, environment: Readonly<Record<string, string | undefined>>): Language {
  const named = [wanted, environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find((name) => name);
  return named && /^zh/i.test(named) ? 'zh-CN' : languages[0];
}

/** A fault as a sentence and a remedy. */
export function messageOf(fault: Fault, language: Language): Message {
  const { sentence, remedy } = tables[language].faults[fault.code];
  return { sentence: fill(sentence, fault.details), remedy: fill(remedy, fault.details) };
}

/** A warning as a sentence; a key of a foreign engine that has no words is shown as it is. */
export function warningOf(key: string, details: FaultDetails, language: Language): string {
  const words: Readonly<Record<string, string>> = tables[language].warnings;
  return Object.hasOwn(words, key) ? fill(words[key] ?? key, details) : key;
}

/** Names of the {placeholders} of a text, sorted, each once. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();
}

/** A detail that the thrower left out shows as an ellipsis: a message never fails. */
function fill(text: string, details: FaultDetails): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => (Object.hasOwn(details, name) ? String(details[name]) : '…'));
}

// The words of the page: complete in every language, and there for every key the page asks for.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { menus, layerMenu, newLayerMenu, type MenuPart } from '../../../../src-renderer/commands/menus.ts';
import { en } from '../../../../src-renderer/locales/en/index.ts';
import { createWords, percentInWords, preferredLanguage } from '../../../../src-renderer/locales/words.ts';
import { zhCN } from '../../../../src-renderer/locales/zh-CN/index.ts';

const renderer = resolve(import.meta.dirname, '../../../../src-renderer');
type Table = { readonly [key: string]: string | Table };

function flat(table: Table, path = ''): Map<string, string> {
  const words = new Map<string, string>();
  for (const [key, value] of Object.entries(table)) {
    if (typeof value === 'string') words.set(path + key, value);
    else for (const [inner, text] of flat(value, `${path}${key}.`)) words.set(inner, text);
  }
  return words;
}

const english = flat(en as Table);
const chinese = flat(zhCN as Table);
const placeholders = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort();
const sources = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|vue)$/.test(path) && !path.startsWith('locales'))
  .map((path) => ({ path, text: readFileSync(join(renderer, path), 'utf8') }));

describe('the words of the page', () => {
  test('have the same keys and placeholders in Chinese as in English', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
    const differing = [...english].filter(([key, text]) => placeholders(text).join() !== placeholders(chinese.get(key) ?? '').join());
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  test('are Chinese where they are Chinese: nothing of more than one word is left in English', () => {
    const left = [...chinese].filter(([key, text]) => english.get(key) === text && /\b[a-z]{3,} [a-z]{3,}/.test(text));
    expect(left).toEqual([]);
  });

  test('are there for every key that is asked for by name', () => {
    const asked = sources.flatMap(({ path, text }) => [...text.matchAll(/(?:\bt|\bwordsNow|notices\.tell)\(\s*'([\w-]+(?:\.[\w-]+)+)'/g)].map(([, key]) => ({ path, key: key ?? '' })));
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter(({ key }) => !english.has(key))).toEqual([]);
  });

  test('name every step of history that is committed', () => {
    const keys = sources.flatMap(({ text }) => [...text.matchAll(/commit\(\{ key: '([\w.]+)'/g)].map(([, key]) => `history.${key ?? ''}`));
    expect(keys.length).toBeGreaterThan(5);
    expect(keys.filter((key) => !english.has(key))).toEqual([]);
  });

  test('name every command that is registered', () => {
    const asked = sources.flatMap(({ text }) => [...text.matchAll(/words: '([\w.-]+)'/g)].map(([, key]) => key ?? ''));
    expect(asked.filter((key) => !english.has(key))).toEqual([]);
  });
});

test('no menu names a command twice', () => {
  const ids = (parts: readonly MenuPart[]): string[] => parts.flatMap((part) => (typeof part === 'string' ? [part] : ids(part.parts))).filter((id) => id !== '-');
  for (const list of [menus.flatMap(({ parts }) => ids(parts)), ids(layerMenu), ids(newLayerMenu)]) expect(new Set(list).size).toBe(list.length);
});

test('the first language that the page speaks is taken, else English', () => {
  expect(preferredLanguage(['fr-FR', 'zh-TW', 'en'])).toBe('zh-CN');
  expect(preferredLanguage(['de', 'en-GB'])).toBe('en');
  expect(preferredLanguage(['fr'])).toBe('en');
});

test('percentages stand as each language writes them', () => {
  const page = createWords(['en']);
  expect([percentInWords(0.5), percentInWords(0.4163, 1), percentInWords(16)]).toEqual(['50 %', '41.6 %', '1600 %']);
  page.global.locale.value = 'zh-CN';
  expect([percentInWords(0.5), percentInWords(0.4163, 1)]).toEqual(['50%', '41.6%']);
});

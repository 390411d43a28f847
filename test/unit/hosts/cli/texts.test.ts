// Both languages of the command line say the same things with the same placeholders.
import { expect, test } from 'vitest';
import { languageOf } from '../../../../src-main/contract/messages/message.ts';
import { textsOf } from '../../../../src-main/hosts/cli/texts/texts.ts';

/** Every text by its path, as the sorted placeholders it uses. */
function placeholders(node: unknown, path = ''): Record<string, string> {
  if (typeof node === 'string') return { [path]: [...new Set(node.match(/\{\w+\}/g) ?? [])].sort().join() };
  return Object.assign({}, ...Object.entries(node as object).map(([key, child]) => placeholders(child, `${path}/${key}`))) as Record<string, string>;
}

test('the languages have the same keys and placeholders', () => {
  expect(placeholders(textsOf('zh-CN'))).toEqual(placeholders(textsOf('en')));
});

test('the language is the one asked for, else the environment’s, else English', () => {
  expect(languageOf('en', { LANG: 'zh_CN.UTF-8' })).toBe('en');
  expect(languageOf(undefined, { LC_ALL: '', LANG: 'zh_CN.UTF-8' })).toBe('zh-CN');
  expect(languageOf(undefined, { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' })).toBe('en');
  expect(languageOf(undefined, {})).toBe('en');
});

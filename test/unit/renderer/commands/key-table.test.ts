// Keys that a command is to get and another has: who is named, and what the other keeps.
import { expect, test } from 'vitest';
import { ref } from 'vue';
import type { Command, FixedKeys } from '../../../../src-renderer/commands/command.ts';
import { createKeyTable } from '../../../../src-renderer/commands/key-table.ts';

const command = (id: string, keys: string | readonly string[] = []): Command => ({ id, words: `words.${id}`, section: 'edit', keys, run: () => undefined });
const fixedKeys = (words: string, keys: string): FixedKeys => ({ words, section: 'view', keys, isHeld: true });

function table(shortcuts: Readonly<Record<string, string>> = {}) {
  const settings = { settings: { formatVersion: 1 as const, shortcuts }, change: (changes: object) => Promise.resolve(void Object.assign(settings.settings, changes)) };
  const commands = ref(new Map([command('brush', 'B'), command('redo', ['Mod+Y', 'Mod+Shift+Z']), command('about')].map((each) => [each.id, each])));
  const fixed = ref(new Map([fixedKeys('turn', 'R'), fixedKeys('opacity', '0 … 9')].map((each) => [each.words, each])));
  return { shortcuts: () => settings.settings.shortcuts, ...createKeyTable({ commands, fixed, settings }) };
}

test('who has the keys is named: another command, keys that are held, a row of digits', () => {
  const { holdersOf } = table({ about: 'R' });
  expect([holdersOf('about', 'B'), holdersOf('about', '5'), holdersOf('brush', 'R'), holdersOf('about', 'Q')]).toEqual([['words.brush'], ['opacity'], ['words.about'], []]);
  expect(table().holdersOf('about', 'R')).toEqual(['turn']);
  expect([holdersOf('brush', 'B'), holdersOf('brush', '')]).toEqual([[], []]);
});

test('the other loses these keys alone', async () => {
  const { setChord, shortcuts, chordsOf } = table();
  await setChord('about', 'Mod+Y');
  expect(shortcuts()).toEqual({ about: 'Mod+Y', redo: 'Mod+Shift+Z' });
  await setChord('about', 'B');
  expect([chordsOf('brush'), chordsOf('about')]).toEqual([[], ['B']]);
});

test('standard keys that another has meanwhile are asked for, too', async () => {
  const { holdersOf, setChord, chordsOf } = table({ brush: '', about: 'B' });
  expect(holdersOf('brush', undefined)).toEqual(['words.about']);
  await setChord('brush', undefined);
  expect([chordsOf('brush'), chordsOf('about')]).toEqual([['B'], []]);
});

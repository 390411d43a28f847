// What a few typed letters find among the commands.
import { expect, test } from 'vitest';
import { rankCommands } from '../../../../src-renderer/commands/rank-commands.ts';

const named = (name: string, other = name) => ({ name, other, section: 'Layers' });
const commands = [named('Ungroup'), named('New group'), named('Group'), named('Duplicate'), named('编组', 'Group')];

test('beginnings of names come before beginnings of words, and those before letters within', () => {
  expect(rankCommands(commands, 'gro').map(({ name }) => name)).toEqual(['Group', '编组', 'New group', 'Ungroup']);
});

test('letters in order are enough, in any language of the name', () => {
  expect(rankCommands(commands, 'dpl').map(({ name }) => name)).toEqual(['Duplicate']);
  expect(rankCommands(commands, '编').map(({ name }) => name)).toEqual(['编组']);
});

test('nothing typed shows all as they are, and nothing fitting shows none', () => {
  expect(rankCommands(commands, ' ')).toEqual(commands);
  expect(rankCommands(commands, 'xyz')).toEqual([]);
});

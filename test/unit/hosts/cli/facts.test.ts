// Plain data as lines: columns, nesting and wide characters.
import { expect, test } from 'vitest';
import { columns } from '../../../../src-main/hosts/cli/columns.ts';
import { factLines } from '../../../../src-main/hosts/cli/facts.ts';

test('columns line up, an ideograph counting as two cells', () => {
  expect(columns([['名称', 'x'], ['a', 'y']])).toEqual(['名称  x', 'a     y']);
});

test('scalars stand in columns and deeper things beneath their name', () => {
  const lines = factLines({ runtime: '1.30', threadCount: 2, gone: undefined, devices: [{ name: 'cpu', ok: true }, { name: 'cuda', ok: false }], at: { full: 0.123456 } });
  expect(lines).toEqual(['runtime       1.30', 'thread count  2', 'devices', '  name  ok', '  cpu   true', '  cuda  false', 'at', '  full  0.12346']);
});

test('a short list of words stays on its line', () => {
  expect(factLines({ inputs: ['a', 'b'], empty: [] })).toEqual(['inputs  a, b', 'empty   –']);
});

test('records with something deep in them follow one another', () => {
  expect(factLines([{ a: 1, b: { c: 2 } }, { a: 3 }])).toEqual(['- a  1', '  b', '    c  2', '- a  3']);
});

test('names of fields become words, names that are data stay', () => {
  expect(factLines({ haloPx: 4, ConvTranspose: 2, gone: '' })).toEqual(['halo px        4', 'ConvTranspose  2']);
});

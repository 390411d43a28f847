// Files that are there already stay as they are.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePath } from '../../../src-main/services/free-path.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('a path where nothing is stays, one that is taken gets the next number before its ending', async () => {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder, name);
  expect(await freePath(at('lake.png'))).toBe(at('lake.png'));
  for (const name of ['lake.png', 'lake 2.png', 'notes']) writeFileSync(at(name), name);
  expect(await freePath(at('lake.png'))).toBe(at('lake 3.png'));
  expect(await freePath(at('notes'))).toBe(at('notes 2'));
});

test('what is there may be taken where it is the same', async () => {
  const path = join(temporaryFolder(), 'font.ttf');
  writeFileSync(path, 'same');
  expect(await freePath(path, async (taken) => readFileSync(taken, 'utf8') === 'same')).toBe(path);
});

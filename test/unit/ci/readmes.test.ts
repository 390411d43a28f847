// Every folder of the sources that others look for says in a README what it is for, briefly and in words that still hold.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../../src-main');

function foldersIn(folder: string): string[] {
  const names = readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.map(({ name }) => join(folder, name)).filter((path) => readdirSync(join(root, path)).length > 0);
}

const top = foldersIn('');
const folders = [...top, ...['engine', 'hosts', 'services', 'engine/styles'].flatMap(foldersIn)];

const files = ['electron.vite.config.ts', ...readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => `src-main/${name.replaceAll('\\', '/')}`)];

describe.each(folders)('the README of %s', (folder) => {
  const path = join(root, folder, 'README.md');

  it('exists, has a picture, says who may import and how to add, in thirty lines', () => {
    expect(existsSync(path), path).toBe(true);
    const words = readFileSync(path, 'utf8');
    expect(words.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    expect(words).toMatch(/```/);
    expect(words).toMatch(/import/);
    expect(words).toMatch(/\bTo \w|is added/);
  });

  it('names no file that is not there', () => {
    const named = [...readFileSync(path, 'utf8').matchAll(/(?<![\w./-])[\w./-]+\.ts\b/g)].map(([name]) => name).filter((name) => !name.includes('NAME'));
    const missing = named.filter((name) => !files.some((file) => file === name || file.endsWith(`/${name}`)));
    expect(missing).toEqual([]);
  });
});

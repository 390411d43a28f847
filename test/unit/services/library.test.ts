// The library: nothing is lost by adding, names are found, two writers never meet.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLibrary } from '../../../src-main/services/library.ts';
import { withLibraryLock } from '../../../src-main/services/library-lock.ts';
import { readPreset, writePreset } from '../../../src-main/services/preset-file.ts';
import { presetOf } from '../../support/preset.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function libraryHere() {
  const home = temporaryFolder();
  const folders = { home, styles: join(home, 'styles'), resources: join(home, 'shipped') };
  return { ...folders, library: openLibrary(folders, 'a test') };
}

const named = (name: string, code = [1, 2]) => presetOf({ record: { name }, code });

describe('a library', () => {
  it('is empty where there is no folder yet', async () => {
    expect(await libraryHere().library.list()).toEqual({ styles: [], refused: [] });
  });

  it('finds what was added, by name in any case and by id', async () => {
    const { library } = libraryHere();
    const { style } = await library.add(named('Starry Night'));
    for (const asked of ['Starry Night', 'starry night', style.record.id, style.record.id.slice(0, 8).toUpperCase()]) {
      expect(await library.find(asked)).toEqual({ kind: 'preset', path: style.path });
    }
  });

  it('keeps the older version of a style under its id, bit for bit', async () => {
    const { library } = libraryHere();
    const first = await library.add(named('Starry', [1]));
    const bytes = readFileSync(first.style.path);
    const second = await library.add(named('Starry', [2]));
    const kept = `Starry@${first.style.record.id.slice(0, 12)}`;
    expect(second.kept).toBe(kept);
    const older = await library.find(kept);
    expect(readFileSync(older.path)).toEqual(bytes);
    expect((await readPreset((await library.find('Starry')).path)).code).toEqual(new Float32Array([2]));
    expect((await library.list()).styles.map(({ name }) => name)).toEqual(['Starry', kept]);
  });

  it('does not make versions of the same numbers', async () => {
    const { library, styles } = libraryHere();
    for (let i = 0; i < 3; i++) expect((await library.add(named('Starry'))).kept).toBeUndefined();
    expect(readdirSync(styles)).toEqual(['Starry.vstyle']);
  });

  it('keeps styles apart whose names make the same file', async () => {
    const { library } = libraryHere();
    await library.add(named('a/b', [1]));
    expect((await library.add(named('a:b', [2]))).kept).toBeUndefined();
    expect((await readPreset((await library.find('a/b')).path)).code).toEqual(new Float32Array([1]));
    expect((await readPreset((await library.find('a:b')).path)).code).toEqual(new Float32Array([2]));
  });

  it('writes beside an unreadable file, never over it', async () => {
    const { library, styles } = libraryHere();
    mkdirSync(styles, { recursive: true });
    writeFileSync(join(styles, 'Starry.vstyle'), 'broken');
    await library.add(named('Starry'));
    expect(readFileSync(join(styles, 'Starry.vstyle'), 'utf8')).toBe('broken');
    const { styles: listed, refused } = await library.list();
    expect(listed.map(({ name }) => name)).toEqual(['Starry']);
    expect(refused).toMatchObject([{ fault: { code: 'preset.corrupt' } }]);
  });

  it('shows shipped styles behind the artist’s own of the same name', async () => {
    const { library, resources } = libraryHere();
    mkdirSync(join(resources, 'styles'), { recursive: true });
    await writePreset(join(resources, 'styles', 'Starry.vstyle'), named('Starry', [1]));
    await writePreset(join(resources, 'styles', 'Wave.vstyle'), named('Wave', [1]));
    expect((await library.list()).styles.map(({ name, shipped }) => [name, shipped])).toEqual([['Starry', true], ['Wave', true]]);
    await library.add(named('Starry', [2]));
    expect((await library.list()).styles.map(({ name, shipped }) => [name, shipped])).toEqual([['Starry', false], ['Wave', true]]);
  });

  it('takes the path of a preset or of a network', async () => {
    const { library, home } = libraryHere();
    const { style } = await library.add(named('Starry'));
    const copy = join(home, 'mine.vstyle');
    copyFileSync(style.path, copy);
    writeFileSync(join(home, 'net.ONNX'), '');
    expect(await library.find(copy)).toEqual({ kind: 'preset', path: copy });
    expect(await library.find(join(home, 'net.ONNX'))).toEqual({ kind: 'network', path: join(home, 'net.ONNX') });
  });

  it('suggests near names for an unknown one', async () => {
    const { library } = libraryHere();
    for (const name of ['Hokusai', 'Starry', 'Monet']) await library.add(named(name));
    await expect(library.find('stary')).rejects.toMatchObject({ code: 'preset.missing', details: { name: 'stary', known: expect.stringMatching(/^Starry, /) } });
  });

  it('loses nothing when many add at once', async () => {
    const { library, styles } = libraryHere();
    await Promise.all(Array.from({ length: 6 }, (_, i) => library.add(named('Starry', [i]))));
    expect(readdirSync(styles)).toHaveLength(6);
  });
});

describe('the writer lock', () => {
  const lockOf = (home: string) => join(home, 'library.lock');
  const owner = (changes: object) => JSON.stringify({ pid: process.pid, host: hostname(), who: 'the studio', since: '2026-01-01T00:00:00Z', ...changes });
  const taken = (home: string) => withLibraryLock(home, 'a test', async () => 'done', 60);

  it('refuses a second writer and says who writes since when', async () => {
    const home = temporaryFolder();
    writeFileSync(lockOf(home), owner({}));
    await expect(taken(home)).rejects.toMatchObject({ code: 'library.locked', details: { who: 'the studio', since: '2026-01-01T00:00:00Z' } });
    expect(readFileSync(lockOf(home), 'utf8')).toBe(owner({}));
  });

  it('is let go when the action fails', async () => {
    const home = temporaryFolder();
    await expect(withLibraryLock(home, 'a test', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(lockOf(home))).toBe(false);
  });

  it('is taken over from a process that has died', async () => {
    const home = temporaryFolder();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(lockOf(home), owner({ pid }));
    expect(await taken(home)).toBe('done');
    expect(readdirSync(home)).toEqual([]);
  });

  it('is believed when it belongs to another machine', async () => {
    const home = temporaryFolder();
    writeFileSync(lockOf(home), owner({ pid: 2 ** 22 + 1, host: 'elsewhere' }));
    await expect(taken(home)).rejects.toMatchObject({ code: 'library.locked' });
  });

  it('is taken over when it was cut off long ago, not when it is being written', async () => {
    const home = temporaryFolder();
    writeFileSync(lockOf(home), '{"pid":');
    await expect(taken(home)).rejects.toMatchObject({ code: 'library.locked' });
    utimesSync(lockOf(home), 0, 0);
    expect(await taken(home)).toBe('done');
  });

  it('lets in one at a time', async () => {
    const home = temporaryFolder();
    let inside = 0;
    let most = 0;
    const enter = () => withLibraryLock(home, 'a test', async () => {
      most = Math.max(most, (inside += 1));
      await new Promise((resume) => setTimeout(resume, 5));
      inside -= 1;
    });
    await Promise.all(Array.from({ length: 8 }, enter));
    expect(most).toBe(1);
  });
});

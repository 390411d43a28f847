// The library: nothing is lost by adding, names are found, two writers never meet.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Worded } from '../../../../src-main/contract/style-card.ts';
import { openLibrary } from '../../../../src-main/services/library/library.ts';
import { withLibraryLock } from '../../../../src-main/services/library/library-lock.ts';
import { readPreset, writePreset } from '../../../../src-main/services/library/preset-file.ts';
import { readReferences } from '../../../../src-main/services/library/style-references.ts';
import { presetOf } from '../../../support/preset.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

function libraryHere() {
  const home = temporaryFolder();
  const folders = { home, styles: join(home, 'styles'), resources: join(home, 'shipped') };
  return { ...folders, library: openLibrary(folders, 'a test') };
}

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);

/** A library with a way to ship styles: by slug, titles and, where it is another, the name of the file. */
async function withShipped() {
  const here = libraryHere();
  const folder = join(here.resources, 'styles');
  mkdirSync(folder, { recursive: true });
  const ship = async (name: string, title: Worded, file = name) => {
    const card = { title, painter: title, painterDied: 1890, year: '1889', heldAt: title, medium: title, tags: [], source: 'a scan', sale: title };
    const path = join(folder, `${file}.vstyle`);
    await writePreset(path, presetOf({ record: { name, card } }));
    return { path };
  };
  return { ...here, ship };
}

const named = (name: string, code = [1, 2]) => presetOf({ record: { name }, code });

describe('a library', () => {
  it('is empty where there is no folder yet', async () => {
    expect(await libraryHere().library.list()).toEqual({ styles: [], hidden: [], refused: [] });
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

  it('finds a shipped style by its slug, its file and its title in any language, in any case and without accents', async () => {
    const { library, ship } = await withShipped();
    const { path } = await ship('starry-night-rhone', { en: 'Starry Night Over the Rhône', 'zh-CN': '罗讷河上的星夜' }, 'rhone');
    for (const asked of ['starry-night-rhone', 'rhone', 'starry night over the rhone', '罗讷河上的星夜']) expect(await library.find(asked), asked).toMatchObject({ path });
  });

  it('hides a shipped style behind an own one of the same title, says so, and still finds it', async () => {
    const { library, ship } = await withShipped();
    const { path } = await ship('sunflowers-1888', { en: 'Sunflowers', 'zh-CN': '向日葵' });
    const { style, hidden } = await library.add(named('向日葵'));
    expect(hidden).toMatchObject({ by: '向日葵', call: 'sunflowers-1888', style: { path } });
    expect(await library.list()).toMatchObject({ styles: [{ path: style.path }], hidden: [{ call: 'sunflowers-1888' }] });
    expect(await library.find('向日葵')).toMatchObject({ path: style.path });
    for (const asked of ['sunflowers-1888', 'Sunflowers']) expect(await library.find(asked)).toMatchObject({ path });
  });

  it('neither renames nor removes a shipped style', async () => {
    const { library, ship } = await withShipped();
    const { path } = await ship('wave', { en: 'Wave', 'zh-CN': '浪' });
    await expect(library.remove('浪')).rejects.toMatchObject({ code: 'preset.shipped', details: { name: 'wave' } });
    await expect(library.rename('wave', 'Mine')).rejects.toMatchObject({ code: 'preset.shipped' });
    expect((await readPreset(path)).record.name).toBe('wave');
  });

  it('renames a style, its id and its references with it, and never onto another', async () => {
    const { library, styles, home } = libraryHere();
    const { style } = await library.add(named('Starry'), [jpeg]);
    await library.add(named('Wave', [3]));
    const bytes = readFileSync(style.path);
    await expect(library.rename('Starry', 'Wave')).rejects.toMatchObject({ code: 'preset.exists', details: { name: 'Wave' } });
    expect(readFileSync(style.path)).toEqual(bytes);
    const renamed = await library.rename('starry', 'Night');
    expect([renamed.style.name, renamed.style.record.id]).toEqual(['Night', style.record.id]);
    expect(readdirSync(styles)).toEqual(['Night.vstyle', 'Wave.vstyle']);
    expect(await readReferences(style.record.id, { home })).toEqual([Buffer.from(jpeg)]);
  });

  it('removes a style with what it was learned from, but no base that codes stand on', async () => {
    const { library, styles, home } = libraryHere();
    const ground = await library.add(presetOf({ record: { name: 'Ground' }, weights: [1] }), [jpeg]);
    await library.add(presetOf({ record: { name: 'Sketch', base: ground.style.record.id } }));
    await expect(library.remove('Ground')).rejects.toMatchObject({ code: 'preset.needed', details: { name: 'Ground', by: 'Sketch' } });
    await library.remove('Sketch');
    await library.remove('Ground');
    expect(readdirSync(styles)).toEqual([]);
    expect(readdirSync(join(home, 'references'))).toEqual([]);
  });

  it('keeps pictures beside the styles, never in them, and those of a second version too', async () => {
    const { library, home } = libraryHere();
    const { style } = await library.add({ ...named('Starry'), references: [jpeg] });
    expect((await readPreset(style.path)).references).toBeUndefined();
    const second = await library.add(named('Starry', [9]), [jpeg, jpeg]);
    expect(await readReferences(style.record.id, { home })).toHaveLength(1);
    expect(await readReferences(second.style.record.id, { home })).toHaveLength(2);
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

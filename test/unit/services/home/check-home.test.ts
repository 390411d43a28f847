// Folders that can become the artist's, and those that cannot: each refused with its reason, and left as it was.
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkHome } from '../../../../src-main/services/home/check-home.ts';
import { markName, type HomeFolder } from '../../../../src-main/services/home/home-folder.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

let root: string;
let place: HomeFolder;

beforeEach(() => {
  root = temporaryFolder();
  place = { home: join(root, 'home'), from: 'standard', standard: join(root, 'home') };
  mkdirSync(place.home);
});

const at = (...parts: string[]): string => join(root, ...parts);
const file = (...parts: string[]) => (words: string): void => {
  mkdirSync(join(root, ...parts.slice(0, -1)), { recursive: true });
  writeFileSync(join(root, ...parts), words);
};
const refusal = (folder: string) => checkHome(folder, place).then(() => undefined, (thrown: { code: string }) => thrown.code);

describe('checkHome', () => {
  it('finds a folder that is not there yet, and makes none of it', async () => {
    expect(await checkHome(`  ${at('new', 'deeper')} `, place)).toEqual({ folder: at('new', 'deeper'), holds: 'nothing' });
    expect(readdirSync(root)).toEqual(['home']);
  });

  it('calls a folder empty that holds what systems leave there', async () => {
    file('disk', '.DS_Store')('');
    mkdirSync(at('disk', 'lost+found'));
    expect(await checkHome(at('disk'), place)).toEqual({ folder: at('disk'), holds: 'nothing' });
    expect(readdirSync(at('disk')).sort()).toEqual(['.DS_Store', 'lost+found']);
  });

  it.each([
    ['a document', ['documents', 'a', 'base.json'], '{}'],
    ['a style', ['styles', 'blue.vstyle'], ''],
    ['settings', ['settings.json'], '{\n  "formatVersion": 1\n}'],
    ['its mark', [markName], '{}'],
  ])('knows a studio’s folder by %s', async (_, parts, words) => {
    file('old', ...parts)(words);
    expect(await checkHome(at('old'), place)).toEqual({ folder: at('old'), holds: 'home' });
  });

  it('refuses what is no whole path, the present folder and what lies inside it', async () => {
    expect(await refusal('paintings')).toBe('home.not-absolute');
    expect(await refusal('~/paintings')).toBe('home.not-absolute');
    expect(await refusal(`${place.home}/`)).toBe('home.same');
    expect(await refusal(at('home', 'inner', 'new'))).toBe('home.inside');
    expect(await refusal(at('home-2'))).toBeUndefined();
  });

  it('sees through links', async () => {
    symlinkSync(place.home, at('link'));
    expect(await refusal(at('link'))).toBe('home.same');
    expect(await refusal(at('link', 'documents'))).toBe('home.inside');
  });

  it('refuses a file, and a folder of other things', async () => {
    file('picture.png')('x');
    file('desk', 'letter.txt')('x');
    mkdirSync(at('desk', 'styles'));
    expect(await refusal(at('picture.png'))).toBe('home.no-folder');
    expect(await refusal(at('picture.png', 'inner'))).toBe('home.no-folder');
    expect(await refusal(at('desk'))).toBe('home.not-empty');
    expect(await refusal(at('desk', 'new'))).toBeUndefined();
    expect(existsSync(at('desk', 'new'))).toBe(false);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('refuses what cannot be written', async () => {
    mkdirSync(at('shut'));
    chmodSync(at('shut'), 0o555);
    expect(await refusal(at('shut'))).toBe('disk.read-only');
    expect(await refusal(at('shut', 'new'))).toBe('disk.read-only');
  });

  it('refuses a folder in which another studio is at work, and not one that a dead one has left', async () => {
    const lock = (pid: number): string => JSON.stringify({ pid, host: hostname(), who: 'the studio', since: '2025-01-02T03:04:05.000Z' });
    file('busy', 'documents', 'a', 'base.json')('{}');
    file('busy', 'documents', 'a', 'lock')(lock(process.ppid));
    await expect(checkHome(at('busy'), place)).rejects.toMatchObject({ code: 'home.locked', details: { place: at('busy'), who: 'the studio', since: '2025-01-02T03:04:05.000Z' } });
    writeFileSync(at('busy', 'documents', 'a', 'lock'), lock(4_000_000));
    expect(await checkHome(at('busy'), place)).toMatchObject({ holds: 'home' });
  });
});

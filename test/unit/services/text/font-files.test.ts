// Font files from outside: read for their names, taken or refused, never trusted.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { cardOf, faceKey, nearestFaces } from '../../../../src-main/services/text/font-face.ts';
import { coverageOf, factsOf, readFontBytes } from '../../../../src-main/services/text/font-file.ts';
import { createShaper } from '../../../../src-main/services/text/shaper.ts';
import { createFontScan, systemFontFolders } from '../../../../src-main/services/text/system-fonts.ts';
import { textEngine } from '../../../../src-main/services/text/text-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'velatura-fonts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inter = resolve(import.meta.dirname, '../../../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2');
const noto = resolve(import.meta.dirname, '../../../../node_modules/@fontsource-variable/noto-sans-sc/files/noto-sans-sc-latin-wght-normal.woff2');

function fileOf(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

test('a compressed font says its family, its weights and what it has signs for', async () => {
  expect(await factsOf(inter)).toEqual([{ index: 0, family: 'Inter', weights: [100, 900], italic: false }]);
  const ranges = await coverageOf(inter, 0);
  const has = (character: string): boolean => ranges.some(([first, last]) => first <= character.codePointAt(0)! && character.codePointAt(0)! <= last);
  expect([has('A'), has('é'), has('画')]).toEqual([true, true, false]);
});

test('the same font unpacked is read in parts and says the same', async () => {
  const path = fileOf('inter.ttf', await readFontBytes(inter));
  expect(await factsOf(path)).toEqual(await factsOf(inter));
  expect(await coverageOf(path, 0)).toEqual(await coverageOf(inter, 0));
});

test('what is no font, or a part of one, is refused by its file’s name', async () => {
  const whole = await readFontBytes(inter);
  const files = [fileOf('empty.ttf', new Uint8Array()), fileOf('words.otf', Buffer.from('no font at all, only words')), fileOf('torn.woff2', readFileSync(inter).subarray(0, 5000)), fileOf('short.ttf', whole.subarray(0, 200))];
  for (const path of files) await expect(factsOf(path)).rejects.toMatchObject({ code: 'font.unusable', details: { file: path.slice(folder.length + 1) } });
});

test('damaged fonts are refused or drawn somehow; the program goes on', async () => {
  const whole = await readFontBytes(inter);
  const { uniform: random } = createRandom(7);
  const shaper = createShaper();
  for (let round = 0; round < 40; round++) {
    const bytes = whole.slice();
    for (let i = 0; i < 60; i++) bytes[Math.floor(random() * (round % 2 ? 2000 : bytes.length))] = Math.floor(random() * 256);
    const path = fileOf(`damaged-${round}.ttf`, bytes);
    const facts = await factsOf(path).catch((thrown: { code?: string }) => (expect(thrown.code).toBe('font.unusable'), undefined));
    await coverageOf(path, 0).catch((thrown: { code?: string }) => expect(thrown.code).toBe('font.unusable'));
    const font = await shaper.open({ path, index: facts?.[0]?.index ?? 0, weights: [400, 400], italic: false }, 700, 40).catch(() => undefined);
    for (const { glyph } of font?.shape({ text: 'Velatura AV', start: 0, end: 11, rightToLeft: false, upright: false, language: 'en', ligatures: true }) ?? []) font?.outline(glyph);
  }
  const sound = await shaper.open({ path: inter, index: 0, weights: [100, 900], italic: false }, 400, 40);
  expect(sound.shape({ text: 'AV', start: 0, end: 2, rightToLeft: false, upright: false, language: 'en', ligatures: true })).toHaveLength(2);
});

test('folders are searched through; unreadable files are named once and left out', async () => {
  const fonts = join(folder, 'fonts');
  mkdirSync(join(fonts, 'deep', 'deeper'), { recursive: true });
  copyFileSync(inter, join(fonts, 'deep', 'deeper', 'inter.woff2'));
  copyFileSync(inter, join(fonts, 'again.woff2'));
  writeFileSync(join(fonts, 'bad.ttf'), 'nothing');
  writeFileSync(join(fonts, 'notes.txt'), 'no font');
  const said: string[] = [];
  const scan = createFontScan((message) => said.push(message));
  for (let i = 0; i < 2; i++) {
    const families = await scan.families([fonts, join(folder, 'not there')], 'own');
    expect(families.map(cardOf)).toEqual([{ name: 'Inter', origin: 'own', weights: [100, 900], varies: true, hasItalic: false }]);
  }
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('bad.ttf');
});

test('every file of a family is found, with what else is in it, and one that takes its place is another font', async () => {
  const home = join(folder, 'home');
  const own = join(home, 'fonts');
  mkdirSync(join(own, 'deep'), { recursive: true });
  const [path, other, italic] = [join(own, 'inter.woff2'), join(own, 'deep', 'again.woff2'), join(own, 'slanted.woff2')];
  for (const to of [path, other]) copyFileSync(inter, to);
  copyFileSync(noto, join(own, 'noto.woff2'));
  copyFileSync(inter.replace('normal', 'italic'), italic);
  writeFileSync(join(own, 'bad.ttf'), 'nothing');
  const engine = textEngine(() => undefined);
  const found = await engine['text.ownFiles']({ home, font: 'Inter' });
  expect([...found.files].sort()).toEqual([other, path, italic].sort());
  expect(found.families).toEqual(['Inter']);
  expect(await engine['text.ownFiles']({ home, font: 'Gone' })).toEqual({ files: [], families: [] });

  const scan = createFontScan(() => undefined);
  const keys = async (): Promise<string[]> => (await scan.families([own], 'own')).flatMap(({ faces }) => faces.filter((face) => face.path === path).map(faceKey));
  rmSync(other);
  const [before] = await keys();
  writeFileSync(path, await readFontBytes(inter));
  const [after] = await keys();
  expect(before).not.toBe(after);
});

test('the face nearest to a weight and slant is taken', () => {
  const face = (weight: number, italic: boolean) => ({ path: `${weight}${italic}`, index: 0, weights: [weight, weight] as const, italic });
  const family = { name: 'Cut', origin: 'system' as const, faces: [face(300, false), face(400, false), face(700, false), face(400, true)] };
  const taken = (weight: number, italic: boolean): string[] => nearestFaces(family, weight, italic).map(({ path }) => path);
  expect(taken(650, false)).toEqual(['700false']);
  expect(taken(100, false)).toEqual(['300false']);
  expect(taken(900, true)).toEqual(['400true']);
});

test('every system has its usual folders', () => {
  expect(systemFontFolders({ HOME: '/home/a' }, 'linux')).toContain('/home/a/.local/share/fonts');
  expect(systemFontFolders({ HOME: '/Users/a' }, 'darwin')).toContain('/Library/Fonts');
  expect(systemFontFolders({ WINDIR: 'C:\\Windows' }, 'win32')[0]).toContain('Fonts');
});

// Painting from the command line with a foreign network: results, recipes, and everything that can be wrong.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { writePreset } from '../../../src-main/services/library/preset-file.ts';
import { writePictureKit, type PictureKit } from '../../support/picture-files.ts';
import { presetOf } from '../../support/preset.ts';
import { styleNetwork } from '../../support/style-network.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { freshFolder, runCli, type CliRun } from './run-cli.ts';

let kit: PictureKit;
let network: string;

beforeAll(async () => {
  kit = await writePictureKit(freshFolder());
  network = kit.at('turn.onnx');
  writeFileSync(network, styleNetwork());
  writeFileSync(kit.at('slow.onnx'), styleNetwork({ slowdown: 12 }));
});

function stylize(...words: string[]): Promise<CliRun> {
  return runCli(['stylize', ...words]);
}

interface Answer {
  readonly ok: boolean;
  readonly value: { readonly pictures: readonly { readonly result: { readonly ok: boolean; readonly value: { readonly file: string }; readonly fault: { readonly code: string } } }[] };
  readonly warnings: readonly { readonly key: string }[];
}

const answerOf = (run: CliRun): Answer => JSON.parse(run.stdout) as Answer;

async function meanOf(path: string): Promise<number[]> {
  return (await sharp(path).stats()).channels.slice(0, 3).map(({ mean }) => mean);
}

test('a picture is painted and carries the recipe of how', async () => {
  const out = join(temporaryFolder(), 'painted.png');
  const run = await stylize(kit.at('good.jpg'), '--style', network, '--seed', '7', '--light', '0.25', '--broken-colour', '0.5', '--marks', 'dots', '--out', out);
  expect(run.code, run.stderr).toBe(0);
  expect(run.stdout).toContain('painted.png · 96 × 64 px');
  const [r = 0, g = 0, b = 0] = await meanOf(kit.at('good.jpg'));
  const painted = await meanOf(out);
  [g, b, r].forEach((channel, index) => expect(Math.abs((painted[index] ?? 0) - channel - 10)).toBeLessThan(6));
  const told = await runCli(['inspect', out, '--json']);
  expect(told.stdout).toContain('"seed":7');
  expect(told.stdout).toContain('"light":0.25,"brokenColour":0.5,"marks":"dots"');
  expect(told.stdout).toContain('turn.onnx');
  expect(told.stdout).not.toContain(kit.folder);
});

test('strength 0 gives the picture back', async () => {
  const out = join(temporaryFolder(), 'same.png');
  const run = await stylize(kit.at('good.jpg'), '--style', network, '--strength', '0', '--stroke', 'native', '--out', out);
  expect(run.code, run.stderr).toBe(0);
  expect(await sharp(out).removeAlpha().raw().toBuffer()).toEqual(await sharp(kit.at('good.jpg')).raw().toBuffer());
});

test('a folder is painted picture by picture, and a bad one does not stop the rest', async () => {
  const [folder, out] = [temporaryFolder(), join(temporaryFolder(), 'results')];
  for (const name of ['good.jpg', 'truncated.jpg', 'cmyk.jpg']) writeFileSync(join(folder, name), readFileSync(kit.at(name)));
  const run = await stylize(folder, '--style', network, '--out', out, '--json');
  expect(run.code).toBe(1);
  expect(answerOf(run).ok).toBe(false);
  expect(answerOf(run).value.pictures.map(({ result }) => (result.ok ? basename(result.value.file) : result.fault.code))).toEqual(['cmyk-turn.jpg', 'good-turn.jpg', 'picture.corrupt']);
  expect(readdirSync(out).sort()).toEqual(['cmyk-turn.jpg', 'good-turn.jpg']);
});

const oddities: readonly (readonly [file: string, warning: string])[] = [
  ['cmyk.jpg', 'picture.cmyk-converted'],
  ['animated.gif', 'picture.animated'],
];

test.each(oddities)('%s is painted with a warning', async (file, warning) => {
  const out = join(temporaryFolder(), 'out.png');
  const run = await stylize(kit.at(file), '--style', network, '--out', out, '--json');
  expect(run.code, run.stderr).toBe(0);
  expect(answerOf(run).warnings.map(({ key }) => key)).toContain(warning);
  expect((await sharp(out).metadata()).height).toBe(64);
});

const bad: readonly (readonly [file: string, sentence: RegExp])[] = [
  ['truncated.jpg', /truncated\.jpg is damaged/],
  ['empty.jpg', /empty\.jpg is empty/],
  ['text.jpg', /text\.jpg is not a picture/],
  ['huge.png', /huge\.png is 60000 × 60000 px, more than the limit/],
  ['nowhere.jpg', /nowhere\.jpg was not found/],
];

test.each(bad)('%s is refused in a sentence, and an older result stays as it was', async (file, sentence) => {
  const out = join(temporaryFolder(), 'older.png');
  writeFileSync(out, 'an older result');
  const run = await stylize(kit.at(file), '--style', network, '--out', out);
  expect([run.code, run.stdout]).toEqual([1, '']);
  expect(run.stderr).toMatch(sentence);
  expect(readFileSync(out, 'utf8')).toBe('an older result');
  expect(readdirSync(join(out, '..'))).toEqual(['older.png']);
});

test('a file that is no network is refused in a sentence', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'letter.onnx'), 'This is a letter, not a network.');
  const run = await stylize(kit.at('good.jpg'), '--style', join(folder, 'letter.onnx'), '--out', join(folder, 'out.png'));
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/letter\.onnx (is not a readable ONNX network|does not turn a picture)/);
  expect(existsSync(join(folder, 'out.png'))).toBe(false);
});

test('a style that is not there is met with near names', async () => {
  const home = temporaryFolder();
  mkdirSync(join(home, 'styles'));
  await writePreset(join(home, 'styles', 'Starry.vstyle'), presetOf());
  const run = await runCli(['stylize', kit.at('good.jpg'), '--style', 'stary', '--out', join(home, 'out.png')], { home });
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/no style “stary”. Known styles: Starry/);
});

test('a result folder that is not there is named', async () => {
  const run = await stylize(kit.at('good.jpg'), '--style', network, '--out', join(temporaryFolder(), 'no', 'such', 'out.png'));
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/The folder such does not exist/);
});

test('wrong places for results are usage errors', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'nothing'));
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[kit.at('good.jpg'), '--out', join(folder, 'out.bmp')], /ends in \.png/],
    [[kit.at('good.jpg'), kit.at('cmyk.jpg'), '--out', join(folder, 'out.png')], /need a folder after --out/],
    [[kit.at('good.jpg'), '--out', kit.at('good.jpg')], /would replace its own source/],
    [[join(folder, 'nothing')], /holds no picture/],
  ];
  for (const [words, sentence] of cases) {
    const run = await stylize(...words, '--style', network);
    expect(run.stderr).toMatch(sentence);
    expect(run.code).toBe(2);
  }
});

test.each(['.png', '.jpg', '.webp', '.tif'])('a %s holds no place, no name and no path of the artist', async (ending) => {
  const folder = temporaryFolder();
  const [source, out] = [join(folder, 'holiday.jpg'), join(folder, `painted${ending}`)];
  const gps = { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1', GPSLongitudeRef: 'W', GPSLongitude: '0/1 7/1 0/1' };
  const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="Jane Doe"/></rdf:RDF></x:xmpmeta>';
  await sharp(kit.at('good.jpg')).withExif({ IFD0: { Artist: 'Jane Doe' }, IFD3: gps }).withXmp(xmp).toFile(source);
  expect((await sharp(source).metadata()).exif?.includes('Jane Doe')).toBe(true);
  const run = await stylize(source, '--style', network, '--out', out);
  expect(run.code, run.stderr).toBe(0);
  expect((await sharp(out).metadata()).exif).toBeUndefined();
  const bytes = readFileSync(out).toString('latin1');
  for (const secret of ['Jane', 'GPS', folder, network, 'holiday']) expect(bytes).not.toContain(secret);
});

test('Ctrl-C stops cleanly: a sentence, no result, nothing left over', async () => {
  const [folder, home] = [temporaryFolder(), temporaryFolder()];
  let sent = false;
  const run = await runCli(['stylize', kit.at('good.jpg'), '--style', kit.at('slow.onnx'), '--stroke', 'native', '--long-side', '3000', '--tile', '256', '--out', join(folder, 'out.png')], {
    home,
    onMessages: (child, stderr) => {
      if (!sent && /painting/.test(stderr)) sent = child.kill('SIGINT');
    },
  });
  expect(run.stderr).toMatch(/cancelled/);
  expect([run.code, run.signal]).toEqual([1, null]);
  expect(readdirSync(folder)).toEqual([]);
  const leftOver = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(leftOver.map(({ name }) => name)).toEqual([]);
});

test('what a killed painting leaves is swept by the next one', async () => {
  const [home, folder] = [temporaryFolder(), temporaryFolder()];
  const work = join(home, 'work');
  const large = join(folder, 'large.png');
  await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#808080' } }).png().toFile(large);
  const killed = await runCli(['stylize', large, '--style', kit.at('slow.onnx'), '--out', join(folder, 'a.png')], {
    home,
    onMessages: (child) => void (existsSync(work) && readdirSync(work).length > 0 && child.kill('SIGKILL')),
  });
  expect(killed.signal).toBe('SIGKILL');
  expect(readdirSync(work)).toHaveLength(1);
  const next = await runCli(['stylize', kit.at('good.jpg'), '--style', network, '--out', join(folder, 'b.png')], { home });
  expect(next.code, next.stderr).toBe(0);
  expect(readdirSync(work)).toEqual([]);
});

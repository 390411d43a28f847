// What windows ask of text: a later render cancels the one before it, and font files are kept whole.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StudioError } from '../../../../src-main/contract/fault.ts';
import { textRequests } from '../../../../src-main/services/text/text-requests.ts';
import { answeringEngine } from '../../../support/answering-engine.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { plainText } from '../../../support/text-fonts.ts';

interface Asked {
  readonly method: string;
  readonly params: unknown;
  readonly signal: AbortSignal | undefined;
  answer(value: unknown): void;
}

function scripted() {
  const home = temporaryFolder();
  const asked: Asked[] = [];
  const adopted: string[] = [];
  const engine = {
    ...answeringEngine(),
    ask: ((method: string, params: unknown, { signal }: { signal?: AbortSignal } = {}) =>
      new Promise((answer, refuse) => {
        signal?.addEventListener('abort', () => refuse(new StudioError('job.cancelled')));
        asked.push({ method, params, signal, answer });
      })) as never,
  };
  const document = { record: () => ({ width: 400, height: 300, depth: 16 }), assets: { folder: 'assets', adopt: async (ids: string[]) => void adopted.push(...ids) } };
  const sent = join(home, 'My Font.ttf');
  writeFileSync(sent, 'font');
  const api = textRequests({
    engine,
    documents: { get: () => document } as never,
    platform: { folders: { home } } as never,
    uploads: { pathOf: async () => sent, drop: async () => undefined } as never,
  } as never);
  return { api, asked, adopted, home };
}

const rendered = { pixels: { x: 0, y: 0, depth: 8, tiles: { '0,0': 'a'.repeat(64) } }, box: { x: 0, y: 0, width: 1, height: 1 }, notes: [] };

test('text is rendered for its document, and its pixels are the document’s', async () => {
  const { api, asked, adopted, home } = scripted();
  const answer = api['text.render']({ document: 'd', layer: 'l', settings: plainText });
  expect(asked[0]).toMatchObject({ method: 'text.render', params: { settings: plainText, home, canvas: { width: 400, height: 300 }, depth: 16, assets: 'assets' } });
  asked[0]!.answer(rendered);
  expect(await answer).toEqual(rendered);
  expect(adopted).toEqual(['a'.repeat(64)]);
});

test('a newer render cancels the older one of its layer, and no other', async () => {
  const { api, asked } = scripted();
  const first = api['text.render']({ document: 'd', layer: 'l', settings: plainText });
  const other = api['text.render']({ document: 'd', layer: 'other', settings: plainText });
  const second = api['text.render']({ document: 'd', layer: 'l', settings: { ...plainText, text: 'V' } });
  await expect(first).rejects.toMatchObject({ code: 'job.cancelled' });
  expect(asked.map(({ signal }) => signal?.aborted)).toEqual([true, false, false]);
  asked[1]!.answer(rendered);
  asked[2]!.answer(rendered);
  await Promise.all([other, second]);
});

test('a font file is kept once the engine has found fonts in it', async () => {
  const { api, asked, home } = scripted();
  const answer = api['text.addFont']({ file: { upload: 'u', name: 'My Font.ttf' } });
  await expect.poll(() => asked.length).toBe(1);
  expect(existsSync(join(home, 'fonts'))).toBe(false);
  asked[0]!.answer({ families: ['My Font'] });
  expect(await answer).toEqual({ families: ['My Font'] });
  expect(readdirSync(join(home, 'fonts'))).toEqual(['My Font.ttf']);
  expect(readFileSync(join(home, 'fonts', 'My Font.ttf'), 'utf8')).toBe('font');
});

test('another font in a file of the same name lies beside the first, the same one is kept once', async () => {
  const { api, asked, home } = scripted();
  const fonts = join(home, 'fonts');
  mkdirSync(fonts);
  writeFileSync(join(fonts, 'My Font.ttf'), 'another font');
  for (const count of [0, 1]) {
    const answer = api['text.addFont']({ file: { upload: 'u', name: 'My Font.ttf' } });
    await expect.poll(() => asked.length).toBe(count + 1);
    asked[count]!.answer({ families: ['My Font'] });
    await answer;
  }
  expect(readdirSync(fonts).sort()).toEqual(['My Font 2.ttf', 'My Font.ttf']);
  expect(readFileSync(join(fonts, 'My Font.ttf'), 'utf8')).toBe('another font');
});

test('what the engine finds no font in is not kept', async () => {
  const { api, asked, home } = scripted();
  const answer = api['text.addFont']({ file: { upload: 'u', name: 'x.ttf' } });
  await expect.poll(() => asked.length).toBe(1);
  asked[0]!.answer(Promise.reject(new StudioError('font.unusable', { file: 'x.ttf', reason: 'no' })));
  await expect(answer).rejects.toMatchObject({ code: 'font.unusable' });
  expect(existsSync(join(home, 'fonts'))).toBe(false);
});

test('a font of the artist’s own is named with its files first, and goes with them', async () => {
  const { api, asked, home } = scripted();
  mkdirSync(join(home, 'fonts'));
  const [path, other] = [join(home, 'fonts', 'Mine.ttc'), join(home, 'fonts', 'other.ttf')];
  for (const file of [path, other]) writeFileSync(file, 'font');
  const named = api['text.ownFont']({ font: 'Mine' });
  asked[0]!.answer({ files: [path], families: ['Mine', 'Mine Too'] });
  expect(await named).toEqual({ files: ['Mine.ttc'], families: ['Mine', 'Mine Too'] });
  expect(readdirSync(join(home, 'fonts'))).toHaveLength(2);

  const removed = api['text.removeFont']({ font: 'Mine' });
  expect(asked[1]).toMatchObject({ method: 'text.ownFiles', params: { home, font: 'Mine' } });
  asked[1]!.answer({ files: [path], families: ['Mine', 'Mine Too'] });
  expect(await removed).toEqual({ families: ['Mine', 'Mine Too'] });
  expect(readdirSync(join(home, 'fonts'))).toEqual(['other.ttf']);
});

test('a font that is already gone is gone', async () => {
  const { api, asked } = scripted();
  const removed = api['text.removeFont']({ font: 'Gone' });
  asked[0]!.answer({ files: [], families: [] });
  expect(await removed).toEqual({ families: [] });
});

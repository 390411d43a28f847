// The gallery as windows use it: list, notes, import, export, rename, remove, and mixes saved as styles.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FaultCode } from '../../../../src-main/contract/fault.ts';
import type { GalleryStyle } from '../../../../src-main/contract/studio-records.ts';
import type { StudioAnswers, StudioCall, StudioEvent, StudioMethod } from '../../../../src-main/contract/studio-api.ts';
import type { EngineClient } from '../../../../src-main/services/host/engine-client.ts';
import { openLibrary } from '../../../../src-main/services/library/library.ts';
import { nodePlatform } from '../../../../src-main/services/node-platform.ts';
import { readPreset, writePreset } from '../../../../src-main/services/library/preset-file.ts';
import { answerCall, createStudio } from '../../../../src-main/services/host/studio.ts';
import { answeringEngine } from '../../../support/answering-engine.ts';
import { codePreset, libraryFolders, networkBySeed } from '../../../support/library-folders.ts';

const png = Buffer.from('\x89PNG\r\n\x1a\nsample', 'latin1');
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
const networkId = 'c'.repeat(64);

/** An engine that takes every network for a style network and paints a fixed sample. */
function samplingEngine(): EngineClient {
  const ask = (method: string, params: unknown): Promise<unknown> => {
    if (method === 'style.sample') writeFileSync((params as { out: string }).out, png);
    return Promise.resolve(method === 'network.inspect' ? { id: networkId, learnedSizePx: 256, notes: [{ key: 'network.size-assumed', details: { file: 'x', px: 256 } }] } : { learnedSizePx: 256 });
  };
  return { ...answeringEngine(), ask: ask as EngineClient['ask'] };
}

async function openStudio(engine: EngineClient = samplingEngine()) {
  const { folders, base } = await libraryFolders();
  const studio = createStudio({ host: 'browser', runtime: 'test', platform: { ...nodePlatform(), folders }, engine });
  const told: StudioEvent[] = [];
  studio.onEvent((event) => told.push(event));
  const result = async (method: StudioMethod, params?: unknown) => (await answerCall(studio, { id: 1, method, params } satisfies StudioCall))?.result;
  async function ask<M extends StudioMethod>(method: M, params?: unknown): Promise<StudioAnswers[M]> {
    const answer = await result(method, params);
    if (!answer?.ok) throw new Error(`${method}: ${JSON.stringify(answer?.fault)}`);
    return answer.value as StudioAnswers[M];
  }
  const refusal = async (method: StudioMethod, params?: unknown): Promise<FaultCode | undefined> => {
    const answer = await result(method, params);
    return answer?.ok ? undefined : answer?.fault.code;
  };
  const find = async (name: string): Promise<GalleryStyle | undefined> => (await ask('styles.list')).find((style) => style.name === name);
  const library = openLibrary(folders, 'a test');
  return { folders, base, studio, told, ask, refusal, find, library };
}

const settings = (styles: readonly unknown[]) => ({ styles, strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 1 });

describe('the gallery', () => {
  test('lists own and shipped styles with their pictures, and none twice', async () => {
    const { folders, base, ask, library, studio } = await openStudio();
    await writePreset(join(folders.resources, 'styles', 'wave.vstyle'), { ...codePreset(base.id, 7, { name: 'Wave' }), thumbnail: png });
    await library.add(codePreset(base.id, 8, { name: 'Mine' }), [jpeg]);
    const list = await ask('styles.list');
    expect(list.map(({ name, origin, kind, favourite }) => [name, origin, kind, favourite])).toEqual([['Mine', 'own', 'code', false], ['Wave', 'shipped', 'code', false]]);
    const [mine, wave] = list;
    expect(await studio.files.pictures.get(wave?.thumbnail ?? '')).toMatchObject({ type: 'image/png' });
    expect(await studio.files.pictures.get(mine?.painting ?? '')).toMatchObject({ type: 'image/jpeg' });
    expect(await ask('styles.list')).toEqual(list);
  });

  test('keeps favourites, folders and tags through a rename, and tells every window', async () => {
    const { base, ask, find, library, told, folders } = await openStudio();
    await library.add(codePreset(base.id, 8, { name: 'Mine' }));
    await ask('styles.arrange', { style: 'Mine', favourite: true, folder: 'Sea', tags: ['blue'] });
    await ask('styles.rename', { style: 'Mine', name: 'Ours' });
    expect(await find('Ours')).toMatchObject({ favourite: true, folder: 'Sea', tags: ['blue'] });
    await ask('styles.arrange', { style: 'Ours', favourite: false, folder: '', tags: [] });
    expect(await find('Ours')).toMatchObject({ favourite: false, tags: [] });
    expect(JSON.parse(readFileSync(join(folders.home, 'gallery.json'), 'utf8'))).toEqual({ formatVersion: 1, styles: {} });
    expect(told.map(({ kind }) => kind)).toEqual(['styles.changed', 'styles.changed', 'styles.changed']);
  });

  test('puts aside notes that cannot be read, and leaves those of a newer program alone', async () => {
    const { base, ask, refusal, library, folders } = await openStudio();
    await library.add(codePreset(base.id, 8, { name: 'Mine' }));
    writeFileSync(join(folders.home, 'gallery.json'), '{"styles":');
    await ask('styles.list');
    expect(existsSync(join(folders.home, 'gallery.unreadable.json'))).toBe(true);
    writeFileSync(join(folders.home, 'gallery.json'), '{"formatVersion":2,"stars":[]}');
    await ask('styles.list');
    expect(await refusal('styles.arrange', { style: 'Mine', favourite: true })).toBe('preset.newer');
    expect(readFileSync(join(folders.home, 'gallery.json'), 'utf8')).toBe('{"formatVersion":2,"stars":[]}');
  });

  test('refuses to touch what ships, and names that are taken or empty', async () => {
    const { folders, base, refusal, library } = await openStudio();
    await writePreset(join(folders.resources, 'styles', 'wave.vstyle'), codePreset(base.id, 7, { name: 'Wave' }));
    await library.add(codePreset(base.id, 8, { name: 'Mine' }));
    await library.add(codePreset(base.id, 9, { name: 'Other' }));
    expect(await refusal('styles.remove', { style: 'Wave' })).toBe('preset.shipped');
    expect(await refusal('styles.rename', { style: 'Mine', name: 'Other' })).toBe('preset.exists');
    expect(await refusal('styles.rename', { style: 'Mine', name: '  ' })).toBe('usage.invalid');
    expect(await refusal('styles.remove', { style: '__proto__' })).toBe('preset.missing');
  });
});

describe('files of styles', () => {
  test('go out to a page without a disk, and come in again', async () => {
    const { base, ask, library, studio, find } = await openStudio();
    await library.add(codePreset(base.id, 8, { name: 'Mine' }), [jpeg]);
    const { address = '', name } = await ask('styles.export', { style: 'Mine', references: true });
    expect(name).toBe('Mine.vstyle');
    const path = studio.files.kept.get(address.split('/')[2] ?? '')?.path ?? '';
    await ask('styles.remove', { style: 'Mine' });
    expect(await find('Mine')).toBeUndefined();
    expect(await ask('styles.import', { file: { path } })).toEqual({ name: 'Mine', notes: [] });
    expect((await find('Mine'))?.painting).toBeDefined();
  });

  test('replace a file the artist has chosen', async () => {
    const { base, ask, library, folders } = await openStudio();
    await library.add(codePreset(base.id, 8, { name: 'Mine' }));
    const out = join(folders.home, 'chosen.vstyle');
    writeFileSync(out, 'older');
    expect(await ask('styles.export', { style: 'Mine', out })).toMatchObject({ path: out, name: 'chosen.vstyle' });
    expect((await readPreset(out)).record.name).toBe('Mine');
  });

  test('that cannot be read are refused and leave the gallery as it was', async () => {
    const { refusal, ask, told, folders } = await openStudio();
    const path = join(folders.home, 'torn.vstyle');
    writeFileSync(path, 'PK torn');
    expect(await refusal('styles.import', { file: { path } })).toBe('preset.corrupt');
    expect(await refusal('styles.import', { file: { path: 'relative.vstyle' } })).toBe('usage.invalid');
    expect(await refusal('styles.import', { file: { upload: 'gone', name: 'x.vstyle' } })).toBe('upload.missing');
    expect(await ask('styles.list')).toEqual([]);
    expect(told).toEqual([]);
  });
});

describe('a network of somebody else’s', () => {
  test('joins the gallery under its file’s name, is found by it, renamed and removed', async () => {
    const { ask, find, library, folders } = await openStudio();
    const path = join(folders.home, 'candy.onnx');
    writeFileSync(path, 'a model');
    expect(await ask('styles.import', { file: { path } })).toMatchObject({ name: 'candy', notes: [{ key: 'network.size-assumed' }] });
    expect(await find('candy')).toMatchObject({ id: networkId, kind: 'foreign', origin: 'own', learnedSizePx: 256, thumbnail: expect.any(String) });
    const { kind, path: kept } = await library.find('candy');
    expect([kind, readFileSync(kept, 'utf8')]).toEqual(['network', 'a model']);
    expect(await ask('styles.import', { file: { path } })).toMatchObject({ name: 'candy' });
    expect(await ask('styles.list')).toHaveLength(1);
    await ask('styles.arrange', { style: 'candy', favourite: true });
    await ask('styles.rename', { style: 'candy', name: 'Sweets' });
    expect(await find('Sweets')).toMatchObject({ favourite: true });
    expect(await ask('styles.export', { style: 'Sweets' })).toMatchObject({ name: 'Sweets.onnx', bytes: 7 });
    await ask('styles.remove', { style: 'Sweets' });
    expect(await ask('styles.list')).toEqual([]);
  });

  test('does not take the name of a style', async () => {
    const { ask, base, library, folders } = await openStudio();
    await library.add(codePreset(base.id, 8, { name: 'Candy' }));
    const path = join(folders.home, 'candy.onnx');
    writeFileSync(path, 'a model');
    expect(await ask('styles.import', { file: { path } })).toMatchObject({ name: 'candy 2' });
  });

  test('whose folder is damaged takes nothing else with it', async () => {
    const { ask, base, library, folders } = await openStudio();
    await library.add(codePreset(base.id, 8, { name: 'Mine' }));
    mkdirSync(join(folders.home, 'networks', 'd'.repeat(64)), { recursive: true });
    writeFileSync(join(folders.home, 'networks', 'd'.repeat(64), 'network.json'), '{"formatVersion":1,"name":"x","file":"../../settings.onnx","learnedSizePx":1,"createdAt":"2026-01-01T00:00:00Z"}');
    expect((await ask('styles.list')).map(({ name }) => name)).toEqual(['Mine']);
  });
});

describe('a saved mix', () => {
  test('of codes of one base is a code: the weighted mean, with what it came from', async () => {
    const { base, ask, find, library } = await openStudio();
    const [a, b] = [codePreset(base.id, 1, { name: 'A' }), codePreset(base.id, 2, { name: 'B' })];
    await library.add(a);
    await library.add(b);
    await ask('styles.saveMix', { name: ' Both ', settings: settings([{ style: 'A', weight: 3 }, { style: 'B', weight: 1 }]) });
    const { record, code, weights } = await readPreset((await library.get('Both')).path);
    expect([record.kind, record.base, weights]).toEqual(['code', base.id, undefined]);
    expect(record.lineage.mix?.map(({ name, share }) => [name, share])).toEqual([['A', 0.75], ['B', 0.25]]);
    code.forEach((value, i) => expect(value).toBeCloseTo(0.75 * (a.code[i] ?? NaN) + 0.25 * (b.code[i] ?? NaN), 6));
    expect(await find('Both')).toMatchObject({ origin: 'own', thumbnail: expect.any(String) });
  });

  test('of a network and a code of its base has weights of its own', async () => {
    const { base, ask, library, folders } = await openStudio();
    const network = networkBySeed(5, { name: 'N', base: base.id });
    await library.add(network);
    await library.add(codePreset(base.id, 2, { name: 'C' }));
    await ask('styles.saveMix', { name: 'Mix', settings: settings([{ style: 'N', weight: 1 }, { style: 'C', weight: 1 }]) });
    const { record, weights } = await readPreset((await library.get('Mix')).path);
    const ground = (await readPreset(join(folders.resources, 'models', 'base.vstyle'))).weights;
    expect(record.kind).toBe('network');
    [0, 100, 1000].forEach((i) => expect(weights?.[i]).toBeCloseTo(((network.weights?.[i] ?? NaN) + (ground?.[i] ?? NaN)) / 2, 6));
  });

  test('is refused with its reason where it cannot become one style', async () => {
    const { base, refusal, library, folders, ask } = await openStudio();
    await library.add(codePreset(base.id, 1, { name: 'A' }));
    await library.add(networkBySeed(5, { name: 'Stranger', base: 'e'.repeat(64) }));
    writeFileSync(join(folders.home, 'candy.onnx'), 'a model');
    await ask('styles.import', { file: { path: join(folders.home, 'candy.onnx') } });
    const save = (name: string, ...styles: unknown[]) => refusal('styles.saveMix', { name, settings: settings(styles) });
    const mask = { x: 0, y: 0, depth: 8, tiles: {}, outside: 0, enabled: true };
    expect(await save('X', { style: 'A', weight: 1 }, { style: 'Stranger', weight: 1 })).toBe('mix.other-base');
    expect(await save('X', { style: 'A', weight: 1, mask })).toBe('mix.brushed');
    expect(await save('X', { style: 'A', weight: 1 }, { style: 'candy', weight: 1 })).toBe('mix.foreign');
    expect(await save('X', { style: 'A', weight: 0 })).toBe('usage.invalid');
    expect(await save('X', { style: 'Nobody', weight: 1 })).toBe('preset.missing');
    expect(await save('A', { style: 'A', weight: 1 })).toBe('preset.exists');
    expect((await ask('styles.list')).map(({ name }) => name)).toEqual(['A', 'candy', 'Stranger']);
  });

  test('is saved without a thumbnail where the engine is lost', async () => {
    const { base, ask, find, library } = await openStudio(answeringEngine());
    await library.add(codePreset(base.id, 1, { name: 'A' }));
    await ask('styles.saveMix', { name: 'Alone', settings: settings([{ style: 'A', weight: 1 }]) });
    expect(await find('Alone')).not.toHaveProperty('thumbnail');
  });
});

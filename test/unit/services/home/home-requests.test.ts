// The artist's folder chosen through a running studio: checked, copied while nothing else writes, in force at the next start.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StudioCall, StudioEvent } from '../../../../src-main/contract/studio-api.ts';
import { resolveHome } from '../../../../src-main/services/home/home-folder.ts';
import { answerCall, createStudio, type Studio } from '../../../../src-main/services/host/studio.ts';
import { nodePlatform, type Environment } from '../../../../src-main/services/node-platform.ts';
import { answeringEngine } from '../../../support/answering-engine.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

let root: string;
let environment: Environment;
let studio: Studio;
let told: StudioEvent[];

const open = (more: Environment = {}): void => {
  told = [];
  studio = createStudio({ host: 'browser', runtime: 'test', platform: nodePlatform({ environment: { ...environment, ...more } }), engine: answeringEngine() });
  studio.onEvent((event) => told.push(event));
};

beforeEach(() => {
  root = temporaryFolder();
  environment = { HOME: root, XDG_DATA_HOME: root, APPDATA: root };
  open();
});
afterEach(() => studio.close());

const ask = async (method: StudioCall['method'], params?: unknown) => (await answerCall(studio, { id: 1, method, params }))?.result;
const value = async <T>(method: StudioCall['method'], params?: unknown): Promise<T> => ((await ask(method, params)) as { value: T }).value;
const standard = (): string => resolveHome({ ...environment }).standard;

it('with everything copied, the next start finds document and settings there, and this one changes nothing any more', async () => {
  const { record } = await value<{ record: { id: string } }>('documents.create', { name: 'kept', width: 64, height: 64 });
  await ask('settings.change', { theme: 'light' });
  const folder = join(root, 'disk', 'art');
  expect(await ask('home.check', { folder })).toEqual({ ok: true, value: { folder, holds: 'nothing' } });
  expect(await ask('home.choose', { folder, how: 'move' })).toEqual({ ok: true, value: { folder: standard(), from: 'standard', next: folder, left: standard() } });
  expect(told.filter(({ kind }) => kind === 'home.moving')).not.toEqual([]);
  expect(await ask('settings.change', { theme: 'dark' })).toMatchObject({ ok: false, fault: { code: 'home.moved' } });
  expect(await ask('home.choose', { folder: join(root, 'third'), how: 'move' })).toMatchObject({ ok: false, fault: { code: 'home.moved' } });
  expect(await ask('status')).toMatchObject({ ok: true });
  expect(existsSync(join(standard(), 'documents', record.id, 'base.json'))).toBe(true);
  await studio.close();
  open();
  expect(await ask('home.read')).toEqual({ ok: true, value: { folder, from: 'chosen' } });
  expect(await ask('settings.read')).toMatchObject({ value: { theme: 'light' } });
  expect(await ask('documents.open', { document: record.id })).toMatchObject({ ok: true, value: { record: { name: 'kept' }, notes: [] } });
});

it('is not copied while another program has a document open there; what was asked meanwhile goes on', async () => {
  const document = join(standard(), 'documents', 'other');
  mkdirSync(document, { recursive: true });
  writeFileSync(join(document, 'lock'), JSON.stringify({ pid: process.ppid, host: hostname(), who: 'the studio', since: 'now' }));
  const folder = join(root, 'art');
  const [moved, changed] = await Promise.all([ask('home.choose', { folder, how: 'move' }), ask('settings.change', { theme: 'dark' })]);
  expect(moved).toMatchObject({ ok: false, fault: { code: 'home.locked', details: { place: standard(), who: 'the studio' } } });
  expect(changed).toMatchObject({ ok: true });
  expect(await ask('home.read')).toEqual({ ok: true, value: { folder: standard(), from: 'standard' } });
  expect(resolveHome(environment).home).toBe(standard());
});

it('started empty, the present one goes on until then, and the choice can be taken back', async () => {
  const folder = join(root, 'art');
  expect(await ask('home.choose', { folder, how: 'empty' })).toEqual({ ok: true, value: { folder: standard(), from: 'standard', next: folder } });
  expect(await ask('settings.change', { theme: 'light' })).toMatchObject({ ok: true });
  expect(resolveHome(environment).home).toBe(folder);
  expect(await ask('home.check', { folder: standard() })).toEqual({ ok: true, value: { folder: standard(), holds: 'home' } });
  expect(await ask('home.choose', { folder: standard(), how: 'use' })).toEqual({ ok: true, value: { folder: standard(), from: 'standard' } });
  expect(resolveHome(environment).home).toBe(standard());
});

it('a copying that is stopped leaves the folder in use, what was asked meanwhile goes on, and the way there is gone', async () => {
  mkdirSync(join(standard(), 'styles'), { recursive: true });
  writeFileSync(join(standard(), 'styles', 'large.vstyle'), Buffer.alloc(64 << 20, 3));
  const folder = join(root, 'disk', 'art');
  const moving = new Promise<void>((resolve) => studio.onEvent(({ kind }) => kind === 'home.moving' && resolve()));
  const moved = ask('home.choose', { folder, how: 'move' });
  const changed = ask('settings.change', { theme: 'dark' });
  await moving;
  expect(await ask('home.choose', { folder: join(root, 'other'), how: 'move' })).toMatchObject({ ok: false, fault: { code: 'home.busy' } });
  expect(await ask('home.cancel')).toEqual({ ok: true, value: null });
  expect(await moved).toMatchObject({ ok: false, fault: { code: 'job.cancelled' } });
  expect(await changed).toMatchObject({ ok: true });
  expect(existsSync(join(root, 'disk'))).toBe(false);
  expect(existsSync(join(root, 'other'))).toBe(false);
  expect(await ask('home.read')).toEqual({ ok: true, value: { folder: standard(), from: 'standard' } });
  expect(await ask('home.choose', { folder, how: 'move' })).toMatchObject({ ok: true, value: { next: folder } });
});

it('what a studio has left is used, and neither emptied nor copied over', async () => {
  const folder = join(root, 'old');
  mkdirSync(folder);
  writeFileSync(join(folder, 'settings.json'), '{"formatVersion":1,"theme":"light"}');
  for (const how of ['move', 'empty']) expect(await ask('home.choose', { folder, how })).toMatchObject({ ok: false, fault: { code: 'usage.invalid' } });
  expect(await ask('home.choose', { folder, how: 'use' })).toMatchObject({ ok: true, value: { next: folder } });
  expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toBe('{"formatVersion":1,"theme":"light"}');
});

it('where VELATURA_HOME says it, it is said and not changed', async () => {
  await studio.close();
  open({ VELATURA_HOME: join(root, 'given') });
  expect(await ask('home.read')).toEqual({ ok: true, value: { folder: join(root, 'given'), from: 'variable' } });
  for (const [method, params] of [['home.check', {}], ['home.choose', { how: 'empty' }]] as const) {
    expect(await ask(method, { folder: join(root, 'art'), ...params })).toMatchObject({ ok: false, fault: { code: 'home.fixed' } });
  }
  expect(existsSync(join(root, 'art'))).toBe(false);
});

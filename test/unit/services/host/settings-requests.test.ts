// What a page may change of the settings, and what every window hears of it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { StudioCall, StudioEvent } from '../../../../src-main/contract/studio-api.ts';
import { nodePlatform } from '../../../../src-main/services/node-platform.ts';
import { answerCall, createStudio, type Studio } from '../../../../src-main/services/host/studio.ts';
import { answeringEngine } from '../../../support/answering-engine.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

let home: string;
let studio: Studio;
let told: StudioEvent[];

beforeEach(() => {
  home = temporaryFolder();
  told = [];
  studio = createStudio({ host: 'browser', runtime: 'test', platform: nodePlatform({ environment: { VELATURA_HOME: home } }), engine: answeringEngine() });
  studio.onEvent((event) => told.push(event));
});

const ask = async (method: StudioCall['method'], params?: unknown) => (await answerCall(studio, { id: 1, method, params }))?.result;

describe('settings', () => {
  test('are kept on disk, told to every window, and read back', async () => {
    const changes = { theme: 'system', language: 'zh-CN', shortcuts: { undo: 'Ctrl+Z' }, firstRunDone: true };
    expect(await ask('settings.change', changes)).toEqual({ ok: true, value: { formatVersion: 1, ...changes } });
    expect(told).toEqual([{ kind: 'settings', settings: { formatVersion: 1, ...changes } }]);
    expect(await ask('settings.read')).toEqual({ ok: true, value: { formatVersion: 1, ...changes } });
  });

  test('changed at the same time are all kept', async () => {
    await Promise.all([ask('settings.change', { theme: 'dark' }), ask('settings.change', { device: 'cpu' }), ask('settings.change', { firstRunDone: true })]);
    expect(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'))).toEqual({ formatVersion: 1, theme: 'dark', device: 'cpu', firstRunDone: true });
  });

  test('what is null is forgotten, and decided by the program again', async () => {
    await ask('settings.change', { memoryMB: 512, threads: 3, historyMB: 500, theme: 'dark' });
    expect(await ask('settings.change', { memoryMB: null, threads: null, historyMB: null })).toMatchObject({ ok: true });
    expect(await ask('settings.read')).toEqual({ ok: true, value: { formatVersion: 1, theme: 'dark' } });
  });

  test.each([
    ['a theme there is none of', { theme: 'pink' }],
    ['a memory limit that is no number', { memoryMB: 'much' }],
    ['keys beyond counting', { shortcuts: Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`command-${i}`, 'x'.repeat(90)])) }],
  ])('refuse %s and stay as they were', async (_, changes) => {
    expect(await ask('settings.change', changes)).toMatchObject({ ok: false, fault: { code: 'usage.invalid' } });
    expect(existsSync(join(home, 'settings.json'))).toBe(false);
    expect(told).toEqual([]);
  });

  test('take no keys that this program does not know, and none of a prototype', async () => {
    const changes: unknown = JSON.parse('{"theme":"dark","surprise":1,"formatVersion":9,"__proto__":{"polluted":1},"shortcuts":{"__proto__":"x"}}');
    expect(await ask('settings.change', changes)).toMatchObject({ ok: true });
    expect(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'))).toEqual({ formatVersion: 1, theme: 'dark', shortcuts: {} });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('keep what a newer program has written', async () => {
    writeFileSync(join(home, 'settings.json'), '{"formatVersion":1,"hologram":true}');
    await ask('settings.change', { theme: 'light' });
    expect(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'))).toEqual({ formatVersion: 1, hologram: true, theme: 'light' });
  });
});

// Whether the system tells of long work: on by itself in Electron, in a browser only once it is wished and allowed.
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useEnds } from '../../../../src-renderer/settings/ends-store.ts';
import { useSettings } from '../../../../src-renderer/settings/settings-store.ts';

vi.mock('../../../../src-renderer/client/host-store.ts', () => ({
  useHost: () => ({ transport: { onEvent: () => undefined, onState: () => undefined }, studio: { ask: (_name: string, changes: object) => Promise.resolve({ formatVersion: 1, ...changes }) } }),
}));

beforeEach(() => setActivePinia(createPinia()));
afterEach(() => void vi.unstubAllGlobals());

test('Electron tells by itself, until the artist switches it off', async () => {
  vi.stubGlobal('window', { velatura: { notify: () => Promise.resolve() } });
  const ends = useEnds();
  expect(ends.isOn).toBe(true);
  await ends.set(false);
  expect([ends.isOn, useSettings().settings.tellsEnds]).toEqual([false, false]);
});

test('a browser tells once it is wished and allowed; a wish of another browser is not enough', async () => {
  const Shown = { permission: 'default', requestPermission: () => Promise.resolve((Shown.permission = 'granted')) };
  vi.stubGlobal('window', { Notification: Shown });
  const [ends, settings] = [useEnds(), useSettings()];
  await settings.change({ tellsEnds: true });
  expect(ends.isOn).toBe(false);
  await ends.set(true);
  expect(ends.isOn).toBe(true);
  Shown.permission = 'denied';
  ends.look();
  expect(ends.isOn).toBe(false);
});

// Files that are followed and cannot be read: tried less and less often, told once, taken when they are whole again.
import { randomUUID } from 'node:crypto';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StudioError, type FaultCode } from '../../../../src-main/contract/fault.ts';
import { followLinks } from '../../../../src-main/services/documents/linked-pictures.ts';
import { documentsIn, emptyDocument } from '../../../support/open-documents.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** As many looks, each given the time to end. */
async function looks(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    vi.advanceTimersByTime(1000);
    await pause(4);
  }
}

async function followed() {
  const home = temporaryFolder();
  const path = join(home, 'linked.png');
  writeFileSync(path, 'not a picture');
  utimesSync(path, 100, 100);
  const documents = documentsIn(home);
  const place = vi.fn<(path: string) => Promise<unknown>>();
  const [told, failed, logged] = [vi.fn(), vi.fn(), vi.fn()];
  const stop = followLinks({ documents, place: (_document, at) => place(at) as never, tell: told, failed, log: logged });
  const document = await emptyDocument(documents);
  const record = document.record();
  const root = record.layers['root']!;
  const children = root.kind === 'group' ? root.children : [];
  const [source = ''] = await document.assets.put([new Uint8Array([1])]);
  const layer = { id: 'placed', name: 'linked', visible: true, locked: false, opacity: 1, blend: 'normal', clip: false, kind: 'image', source, sourceName: 'linked.png', sourceSize: { width: 1, height: 1 }, transform: [1, 0, 0, 1, 0, 0], pixels: { x: 0, y: 0, depth: 8, tiles: {} }, link: { path, modifiedMs: 1 } };
  const changes = [{ path: ['layers', 'placed'], after: layer }, { path: ['layers', 'root', 'children'], before: [...children], after: [...children, 'placed'] }];
  await document.write({ kind: 'entry', entry: { id: randomUUID(), parent: 'first', label: { key: 'place' }, at: new Date().toISOString(), changes } });
  return { path, place, told, failed, logged, document, end: async () => (stop(), documents.closeAll()) };
}

it('that stays broken is read at 1, 2, 4 … looks, and told once', async () => {
  const { place, failed, logged, document, end } = await followed();
  place.mockRejectedValue(new StudioError('picture.corrupt', { file: 'linked.png', reason: 'it is cut off' }));
  await looks(200);
  await vi.waitFor(() => expect(failed).toHaveBeenCalledTimes(1));
  expect(failed).toHaveBeenCalledWith(document.id, 'placed', { code: 'picture.corrupt', details: { file: 'linked.png', reason: 'it is cut off' } });
  expect(logged).toHaveBeenCalledTimes(1);
  expect(place.mock.calls.length).toBeGreaterThan(4);
  expect(place.mock.calls.length).toBeLessThanOrEqual(10); // looks 1 2 4 8 16 32 64 124 184
  await end();
});

it('is read at once when it is saved anew, and a later failure is told again', async () => {
  const { path, place, told, failed, end } = await followed();
  place.mockRejectedValue(new StudioError('disk.failed', { file: 'linked.png', reason: 'EIO' }));
  await looks(20);
  expect(failed).toHaveBeenCalledTimes(1);
  place.mockResolvedValue({ source: 'b'.repeat(64) });
  utimesSync(path, 200, 200);
  await looks(2);
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1));
  place.mockRejectedValue(new StudioError('disk.failed', { file: 'linked.png', reason: 'EIO' }));
  utimesSync(path, 300, 300);
  await looks(10);
  expect(failed).toHaveBeenCalledTimes(2);
  await end();
});

it('is not taken again once that was undone, by another process too, until it is saved anew', async () => {
  const { path, place, told, document, end } = await followed();
  place.mockResolvedValue({ source: 'b'.repeat(64) });
  const { head } = document.state();
  const link = { path, modifiedMs: 100_000 };
  const changes = [{ path: ['layers', 'placed', 'link'], before: { path, modifiedMs: 1 }, after: link }];
  await document.write({ kind: 'entry', entry: { id: randomUUID(), parent: head, label: { key: 'canvas.linked' }, at: new Date().toISOString(), changes } });
  await document.write({ kind: 'move', head, redo: [] });
  await looks(3); // Nothing of this process's has seen the file yet.
  expect(place).not.toHaveBeenCalled();
  utimesSync(path, 200, 200);
  await looks(2);
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1));
  await end();
});

it('is not blamed where it was written for a moment, or the engine was lost', async () => {
  for (const [codes, count] of [[['picture.corrupt'], 0], [['engine.lost', 'engine.lost', 'engine.lost'], 0], [['engine.lost', 'picture.corrupt'], 1]] as [FaultCode[], number][]) {
    const { place, told, failed, end } = await followed();
    for (const code of codes) place.mockRejectedValueOnce(new StudioError(code));
    place.mockResolvedValue({ source: 'b'.repeat(64) });
    await looks(12);
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1));
    expect(failed).toHaveBeenCalledTimes(count);
    await end();
  }
});

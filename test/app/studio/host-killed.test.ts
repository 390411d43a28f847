// Journey: the host is killed in the middle of strokes, fifty times; the document always opens with every stroke it had acknowledged.
import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { applyChanges } from '../../../src-main/contract/changes.ts';
import { tileSidePx, type DocumentRecord, type LayerOf } from '../../../src-main/contract/document.ts';
import type { HistoryEntry } from '../../../src-main/contract/history.ts';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';
import { startStudioHost, type StudioHost } from '../../support/studio-host.ts';
import { openStudioWire, type StudioWire } from '../../support/studio-wire.ts';

/** Without a window: so many lines of kills side by side, each in a home of its own. */
const [lines, killsEach] = [3, 16];
/** The host runs for so many strokes at most, by the time that the first one took. */
const mostStrokes = 5;

function paintLayer(record: DocumentRecord): LayerOf<'raster'> {
  const layer = Object.values(record.layers).find((each): each is LayerOf<'raster'> => each.kind === 'raster');
  if (!layer) throw new Error('There is no layer to paint on.');
  return layer;
}

/** One stroke as the page sends it: two tiles of pixels, then the step that names them. */
async function stroke(wire: StudioWire, record: DocumentRecord, parent: string): Promise<{ readonly record: DocumentRecord; readonly entry: string }> {
  const layer = paintLayer(record);
  const tiles = [0, 1].map(() => new Uint8Array(4 * tileSidePx ** 2).fill(randomInt(256)).fill(randomInt(256), 0, randomInt(4 * tileSidePx ** 2)));
  const ids = await wire.put(record.id, ...tiles);
  const changes = ids.map((id, index) => {
    const place = `${index},${randomInt(2)}`;
    return { path: ['layers', layer.id, 'pixels', 'tiles', place], before: layer.pixels.tiles[place], after: id };
  });
  const entry: HistoryEntry = { id: randomUUID(), parent, label: { key: 'canvas.paint' }, at: new Date().toISOString(), changes };
  await wire.ask('documents.commit', { document: record.id, entry });
  return { record: applyChanges(record, changes), entry: entry.id };
}

/** Paints until the host is killed under it, after `longestMs` at most; answers the steps it was told are kept. */
async function paintUntilKilled(host: StudioHost, wire: StudioWire, opened: DocumentRecord, head: string, longestMs: number): Promise<string[]> {
  const kept: string[] = [];
  let [record, parent] = [opened, head];
  const killed = new Promise<void>((done) => setTimeout(() => void host.kill().then(done), randomInt(Math.ceil(longestMs))));
  try {
    for (;;) {
      const painted = await stroke(wire, record, parent);
      [record, parent] = [painted.record, painted.entry];
      kept.push(painted.entry);
    }
  } catch {
    await killed; // The line broke: that is what this is about.
  }
  wire.close();
  return kept;
}

async function survives(kills: number): Promise<number> {
  const host = await startStudioHost();
  try {
    const first = await openStudioWire(host.address());
    const { record } = await first.ask('documents.create', { name: 'Strokes', width: 512, height: 512 });
    const startedMs = performance.now();
    const begun = await stroke(first, record, 'first');
    const longestMs = mostStrokes * (performance.now() - startedMs);
    const kept = [begun.entry, ...(await paintUntilKilled(host, first, begun.record, begun.entry, longestMs))];
    for (let kill = 1; kill <= kills; kill++) {
      await host.start();
      const wire = await openStudioWire(host.address());
      const opened = await wire.ask('documents.open', { document: record.id });
      const found = new Set(opened.history.entries.map(({ id }) => id));
      expect(opened.readOnly).toBe(false);
      expect(opened.notes.map(({ key }) => key)).toEqual([expect.stringMatching(/^document\.recovered/)]);
      expect(kept.filter((id) => !found.has(id))).toEqual([]);
      for (const id of Object.values(paintLayer(opened.record).pixels.tiles)) expect((await wire.fetch(`/assets/${record.id}/${id}`)).length).toBe(4 * tileSidePx ** 2);
      if (kill < kills) kept.push(...(await paintUntilKilled(host, wire, opened.record, opened.history.head, longestMs)));
      else wire.close();
    }
    return kept.length;
  } finally {
    await host.close();
  }
}

test.concurrent.each(Array.from({ length: lines }, (_, line) => line + 1))(`survives ${killsEach} kills at random moments, line %i`, { timeout: 240_000 }, async () => {
  expect(await survives(killsEach)).toBeGreaterThan(killsEach / 2);
});

describe('in the window', () => {
  let studio: StudioDriver | undefined;
  afterAll(() => studio?.close());
  shootFailures(() => studio);

  test('after a kill in the middle of a stroke the document opens from the start screen with one quiet notice', async () => {
    studio = await openStudio();
    const { page, host } = studio;
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Drawing');
    await page.getByRole('dialog').getByLabel('Unit').selectOption({ label: 'px' });
    for (const side of ['Width', 'Height']) await page.getByRole('dialog').getByLabel(side, { exact: true }).fill('400');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    const line = (y: number) => Array.from({ length: 40 }, (_, i) => ({ x: 20 + i * 9, y, pressure: 0.6 }));

    for (const kill of [1, 2]) {
      await page.getByRole('application', { name: 'Canvas: Drawing' }).waitFor();
      await studio.stroke(line(60 * kill));
      await studio.saved();
      const before = await studio.steps();
      await Promise.all([studio.pen(line(60 * kill + 30)), new Promise((done) => setTimeout(done, randomInt(150))).then(host.kill)]);
      await page.getByText('Connection lost; trying again').waitFor();
      if (kill === 1) await studio.shoot('host-killed');
      await host.start();
      await studio.reopen();
      await page.getByRole('button', { name: /^Drawing/ }).click();
      await page.getByText(/^The program ended while /).waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect((await studio.steps()).slice(0, before.length)).toEqual(before);
      await studio.agrees();
      if (kill === 1) await studio.shoot('recovered');
    }
  });
});

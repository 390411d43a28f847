// Journey: the host is killed in the middle of strokes, fifty times, thirty-two of them under a page; the document always opens with every stroke it had acknowledged.
import { randomInt, randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { applyChanges } from '../../../src-main/contract/changes.ts';
import { tileSidePx, type DocumentRecord, type LayerOf } from '../../../src-main/contract/document.ts';
import type { HistoryEntry } from '../../../src-main/contract/history.ts';
import { openStudio, patienceMs, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';
import { startStudioHost, type StudioHost } from '../../support/studio-host.ts';
import { openStudioWire, type StudioWire } from '../../support/studio-wire.ts';

/** Without a window: so many lines of kills side by side, each in a home of its own. */
const [lines, killsEach] = [2, 9];
/** In one page that stays open and goes on by itself after each. */
const killsInPage = 30;
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

/** What a page told its host and was answered: steps that are kept, and how often it has opened a document. */
function heardBy(page: Page): { readonly kept: Set<string>; opened(): number } {
  const [kept, opens] = [new Set<string>(), [] as number[]];
  page.on('websocket', (socket) => {
    const commits = new Map<number, string>();
    const asked = new Set<number>();
    socket.on('framesent', ({ payload }) => {
      const { id, method, params } = JSON.parse(String(payload)) as { id: number; method?: string; params?: { entry?: { id: string } } };
      if (method === 'documents.commit' && params?.entry) commits.set(id, params.entry.id);
      if (method === 'documents.open') asked.add(id);
    });
    socket.on('framereceived', ({ payload }) => {
      const { id = -1, result } = JSON.parse(String(payload)) as { id?: number; result?: { ok: boolean } };
      const entry = commits.get(id);
      if (result?.ok && entry !== undefined) kept.add(entry);
      if (result?.ok && asked.has(id)) opens.push(id);
    });
  });
  return { kept, opened: () => opens.length };
}

describe('in the window', () => {
  let studio: StudioDriver | undefined;
  afterAll(() => studio?.close());
  shootFailures(() => studio);

  test(`a page that stays open goes on after each of ${killsInPage} kills at random moments, and no step it was told is kept is lost`, async () => {
    studio = await openStudio();
    const { page, host } = studio;
    const heard = heardBy(page);
    await studio.reopen();
    const { record } = await (await studio.wire()).ask('documents.create', { name: 'Going on', width: 400, height: 400, background: [1, 1, 1, 1] });
    await studio.reopen();
    await page.getByRole('button', { name: /^Going on/ }).click();
    await page.getByRole('application', { name: 'Canvas: Going on' }).waitFor();
    await expect.poll(heard.opened).toBe(1);
    for (let kill = 1; kill <= killsInPage; kill++) {
      let isKilled = false;
      const killed = new Promise((done) => setTimeout(done, randomInt(900))).then(host.kill).then(() => (isKilled = true));
      while (!isKilled) {
        const y = 20 + randomInt(360);
        await studio.pen(Array.from({ length: 10 }, (_, i) => ({ x: 20 + i * 36, y: y + randomInt(9), pressure: 0.6 })));
      }
      await killed;
      await host.start();
      await expect.poll(heard.opened, { timeout: patienceMs }).toBe(kill + 1);
      const { history } = await (await studio.wire()).ask('documents.open', { document: record.id });
      const found = new Set(history.entries.map(({ id }) => id));
      expect([...heard.kept].filter((id) => !found.has(id))).toEqual([]);
    }
    await page.getByRole('application', { name: 'Canvas: Going on' }).waitFor();
    expect(heard.kept.size).toBeGreaterThan(killsInPage / 2);
    await studio.agrees();
    await studio.close();
  });

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

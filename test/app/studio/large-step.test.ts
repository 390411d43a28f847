// Very large steps: every tile of a very large document, and 70 MB in one message; taken whole and there after a kill.
import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { tileSidePx, type LayerOf } from '../../../src-main/contract/document.ts';
import { startStudioHost } from '../../support/studio-host.ts';
import { openStudioWire } from '../../support/studio-wire.ts';

const sidePx = 16_384;

test('a fill of 4096 tiles is one step, kept and read again', { timeout: 120_000 }, async () => {
  const host = await startStudioHost();
  onTestFinished(() => host.close());
  const wire = await openStudioWire(host.address());
  const { record, history } = await wire.ask('documents.create', { name: 'Wall', width: sidePx, height: sidePx });
  const layer = Object.values(record.layers).find((each): each is LayerOf<'raster'> => each.kind === 'raster');
  if (!layer) throw new Error('There is no layer to fill.');
  const [tile = ''] = await wire.put(record.id, new Uint8Array(4 * tileSidePx ** 2).fill(9));
  const tiles = sidePx / tileSidePx;
  const changes = Array.from({ length: tiles ** 2 }, (_, index) => {
    const place = `${index % tiles},${Math.floor(index / tiles)}`;
    return { path: ['layers', layer.id, 'pixels', 'tiles', place], before: layer.pixels.tiles[place], after: tile };
  });
  const entry = { id: randomUUID(), parent: history.head, label: { key: 'canvas.fill' }, at: new Date().toISOString(), changes };
  expect(JSON.stringify(entry).length).toBeGreaterThan(600_000);
  await wire.ask('documents.commit', { document: record.id, entry });
  wire.close();
  await host.kill();
  await host.start();
  const again = await openStudioWire(host.address());
  const opened = await again.ask('documents.open', { document: record.id });
  const found = opened.record.layers[layer.id] as LayerOf<'raster'>;
  expect(Object.values(found.pixels.tiles)).toHaveLength(tiles ** 2);
  expect(opened.history.entries.map(({ id }) => id)).toEqual([entry.id]);
  again.close();
});

test('a step of 70 MB reaches the host, is kept and read again', { timeout: 120_000 }, async () => {
  const host = await startStudioHost();
  onTestFinished(() => host.close());
  const wire = await openStudioWire(host.address());
  const { record, history } = await wire.ask('documents.create', { name: 'Wall', width: 512, height: 512 });
  // Fields this program does not know are kept: values of any size.
  const changes = Array.from({ length: 7 }, (_, i) => ({ path: ['layers', 'root', `x${i}`], after: 'x'.repeat(10 * 2 ** 20) }));
  const entry = { id: randomUUID(), parent: history.head, label: { key: 'canvas.fill' }, at: new Date().toISOString(), changes };
  await wire.ask('documents.commit', { document: record.id, entry });
  wire.close();
  await host.kill();
  await host.start();
  const again = await openStudioWire(host.address());
  const opened = await again.ask('documents.open', { document: record.id });
  expect(opened.history.entries.map(({ id }) => id)).toEqual([entry.id]);
  expect(opened.record.layers['root']).toMatchObject({ x6: changes[6]!.after });
  again.close();
});

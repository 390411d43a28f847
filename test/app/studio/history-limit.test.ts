// Journey: a history beyond the artist's limit is asked about, and thinned to the limit after a yes, by as much as was said.
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tileSidePx, type LayerOf } from '../../../src-main/contract/document.ts';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';
import type { StudioWire } from '../../support/studio-wire.ts';

const sidePx = 1024;
const steps = 18;
const limitMB = 64;

let studio: StudioDriver;
let wire: StudioWire;
let document: string;
shootFailures(() => studio);

beforeAll(async () => {
  studio = await openStudio();
  wire = await studio.wire();
  await wire.ask('settings.change', { historyMB: limitMB });
  document = await largeHistory();
});

afterAll(() => studio?.close());

/** 4 MB a step: each paints every tile anew. */
async function largeHistory(): Promise<string> {
  const { record } = await wire.ask('documents.create', { name: 'Long', width: sidePx, height: sidePx });
  const layer = Object.values(record.layers).find((each): each is LayerOf<'raster'> => each.kind === 'raster');
  if (!layer) throw new Error('There is no layer to paint on.');
  const places = Array.from({ length: (sidePx / tileSidePx) ** 2 }, (_, index) => `${index % 4},${Math.floor(index / 4)}`);
  let tiles: Readonly<Record<string, string>> = layer.pixels.tiles;
  for (let step = 0, parent = 'first'; step < steps; step++) {
    const ids = await wire.put(record.id, ...places.map(() => new Uint8Array(randomBytes(4 * tileSidePx ** 2))));
    const next = Object.fromEntries(places.map((place, index) => [place, ids[index] ?? '']));
    const changes = places.map((place) => ({ path: ['layers', layer.id, 'pixels', 'tiles', place], ...(tiles[place] === undefined ? {} : { before: tiles[place] }), after: next[place]! }));
    const entry = { id: randomUUID(), parent, label: { key: 'canvas.paint' }, at: new Date().toISOString(), changes };
    await wire.ask('documents.commit', { document: record.id, entry });
    [parent, tiles] = [entry.id, next];
  }
  await wire.ask('documents.close', { document: record.id });
  return record.id;
}

test('it is asked about when it is opened; nothing goes while nobody says yes', async () => {
  const { page } = studio;
  await studio.reopen();
  await page.getByRole('button', { name: /^Long/ }).click();
  const question = page.getByRole('region', { name: 'Notices' }).getByText(/more than your limit of 64 MB/);
  await question.waitFor();
  await studio.shoot('history-question');
  await page.getByRole('button', { name: 'Make the history smaller …' }).filter({ hasText: /./ }).click();
  const dialog = page.getByRole('dialog', { name: 'Make the history smaller' });
  await dialog.getByText(/^4 steps are forgotten; that frees 12\.\d MB\.$/).waitFor();
  expect(await dialog.getByLabel('Keep').locator('option:checked').innerText()).toBe('up to my limit (64 MB)');
  await studio.shoot('history-thin');
  await dialog.getByLabel('Keep').selectOption('0');
  await dialog.getByText(/^18 steps are forgotten; that frees 71\.\d MB\.$/).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(await question.count()).toBe(0);
  expect((await wire.ask('documents.thinPlan', { document, keepBytes: 0 })).states).toBe(steps);
});

test('from the panel another share is proposed; to the limit, the foretold steps go and the rest fits', async () => {
  const { page } = studio;
  await page.getByRole('button', { name: 'Make the history smaller' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make the history smaller' });
  expect(await dialog.getByLabel('Keep').locator('option:checked').innerText()).toMatch(/^50 %/);
  await dialog.getByLabel('Keep').selectOption({ label: 'up to my limit (64 MB)' });
  await dialog.getByText('4 steps are forgotten').waitFor();
  await dialog.getByRole('button', { name: 'Forget the oldest steps' }).click();
  const said = page.getByText(/^The history takes .* now\.$/);
  await said.waitFor();
  expect(Number(/takes ([\d.]+) MB/.exec(await said.innerText())?.[1])).toBeLessThanOrEqual(limitMB);
  expect((await wire.ask('documents.thinPlan', { document, keepBytes: 0 })).states).toBe(steps - 4);
  expect(studio.complaints).toEqual([]);
});

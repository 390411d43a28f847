// Journey: strokes of a pen with pressure on a layer beneath a glaze, which follows them.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePicture } from '../../support/sample-picture.ts';
import { largestDifference, openStudio, rawOf, shootFailures, type PenPoint, type RawPicture, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;

beforeAll(async () => {
  studio = await openStudio();
  await studio.openPicture('lake.png', await samplePicture('evening-lake', 400, 300));
});

afterAll(() => studio?.close());
shootFailures(() => studio);

/** From left to right, pressed harder and harder. */
const swelling: readonly PenPoint[] = Array.from({ length: 30 }, (_, i) => ({ x: 60 + i * 9, y: 200 + 12 * Math.sin(i / 4), pressure: 0.08 + (0.9 * i) / 29 }));

/** Px of a column that are not white. */
function painted({ width, height, data }: RawPicture, x: number): number {
  let count = 0;
  for (let y = 0; y < height; y++) count += Number((data[3 * (y * width + x)] ?? 255) < 200);
  return count;
}

test('a stroke beneath the glaze is wider where it was pressed harder, and the glaze follows it', async () => {
  await studio.addGlaze(/Starry Night/);
  await studio.agrees();
  const before = await studio.flattened();
  await studio.chooseLayer('lake');
  await studio.menu('Layer', 'New layer', 'New paint layer');
  await studio.page.getByRole('button', { name: 'Brush', exact: true }).click();
  await studio.stroke(swelling);
  await studio.saved();
  await studio.agrees();
  await studio.shoot('paint-stroke');

  const wire = await studio.wire();
  const [card] = await wire.ask('documents.list');
  const { record } = await wire.ask('documents.open', { document: card!.id });
  const paint = Object.values(record.layers).find(({ kind }) => kind === 'raster');
  const { picture } = await wire.ask('pictures.flatten', { document: record.id, longSidePx: 400, only: paint!.id });
  const alone = await rawOf(await wire.fetch(`/pictures/${picture}`));
  expect(painted(alone, 300)).toBeGreaterThan(2 * painted(alone, 90));
  expect(painted(alone, 90)).toBeGreaterThan(0);

  const after = await studio.flattened();
  expect(largestDifference(before, after)).toBeGreaterThan(60);
  const dark = (shown: RawPicture): number => shown.data[3 * (200 * 400 + 300)] ?? 0;
  expect(dark(after)).not.toBe(dark(alone)); // Painted in the glaze's hand, not shown as it was drawn.
});

test('undoing the stroke brings back the very picture there was', async () => {
  const painted = await studio.flattened();
  await studio.tells(() => studio.page.getByRole('button', { name: 'Undo', exact: true }).click());
  await studio.saved();
  await studio.agrees();
  expect(largestDifference(painted, await studio.flattened())).toBeGreaterThan(60);
  await studio.tells(() => studio.page.getByRole('button', { name: 'Redo', exact: true }).click());
  await studio.saved();
  await studio.agrees();
  expect(largestDifference(painted, await studio.flattened())).toBe(0);
  expect(studio.complaints).toEqual([]);
});

/** How far the middle of a stroke is from what was there, in 1/255: mean of its points. */
function farFrom(before: RawPicture, shown: RawPicture, points: readonly PenPoint[]): number {
  const apart = points.map(({ x, y }) => {
    const at = 3 * (Math.round(y) * before.width + Math.round(x));
    return Math.max(...[0, 1, 2].map((i) => Math.abs((shown.data[at + i] ?? 0) - (before.data[at + i] ?? 0))));
  });
  return apart.reduce((sum, each) => sum + each, 0) / apart.length;
}

test('beneath two glazes of a slow engine, of two quick strokes none goes out of sight', async () => {
  await studio.page.getByRole('treeitem').first().locator('.name').click();
  await studio.menu('Layer', 'New layer', 'New glaze');
  await studio.saved();
  await studio.agrees();
  const before = await studio.screen();
  const engine = studio.host.child('engine')!;
  await studio.chooseLayer('Paint');
  const strokes = [60, 250].map((y) => Array.from({ length: 24 }, (_, i): PenPoint => ({ x: 40 + i * 14, y, pressure: 0.9 })));
  let isRunning = true;
  const slowly = (async () => {
    for (; isRunning; await pause(60)) {
      process.kill(engine, 'SIGSTOP');
      await pause(150);
      process.kill(engine, 'SIGCONT');
    }
  })();
  const seen: number[][] = [];
  try {
    for (const points of strokes) await studio.stroke(points);
    await pause(500); // The page has drawn them.
    const badge = studio.page.getByRole('status').filter({ hasText: /^Painting …$/ }).first();
    for (let rests = 0; rests < 3; rests = (await badge.isVisible()) ? 0 : rests + 1) {
      const screen = await studio.screen();
      seen.push(strokes.map((points) => farFrom(before, screen, points)));
      await pause(200);
    }
  } finally {
    isRunning = false;
    await slowly;
  }
  await studio.agrees();
  const last = await studio.screen();
  expect(seen.length).toBeGreaterThan(5);
  strokes.forEach((points, i) => {
    const least = Math.min(farFrom(before, last, points), seen[0]![i]!);
    expect(least).toBeGreaterThan(20);
    for (const each of seen) expect(each[i]).toBeGreaterThan(least / 2);
  });
  expect(studio.complaints).toEqual([]);
});

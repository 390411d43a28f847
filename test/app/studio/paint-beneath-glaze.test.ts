// Journey: strokes of a pen with pressure on a layer beneath a glaze, which follows them.
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

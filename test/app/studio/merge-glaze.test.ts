// Journey: layers are merged while their glaze is still being painted: the merge waits for it, and can be called off.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePicture } from '../../support/sample-picture.ts';
import { largestDifference, openStudio, patienceMs, shootFailures, type RawPicture, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;
let layers: number;

beforeAll(async () => {
  studio = await openStudio();
  await studio.openPicture('lake.png', await samplePicture('evening-lake', 600, 450));
  await studio.addGlaze(/Starry Night/);
  await studio.agrees();
  await studio.chooseLayer('lake');
  await studio.menu('Layer', 'New layer', 'New paint layer');
  await studio.page.getByRole('button', { name: 'Brush', exact: true }).click();
  await studio.saved();
  layers = await rows().count();
});

afterAll(() => studio?.close());
shootFailures(() => studio);

const rows = () => studio.page.getByRole('treeitem');
const notice = () => studio.page.getByText(/^Waiting until the glaze .* is painted …$/);

/** The engine stands still; `go` lets it paint. */
function holdEngine(): { go(): void } {
  const engine = studio.host.child('engine')!;
  process.kill(engine, 'SIGSTOP');
  return { go: () => void process.kill(engine, 'SIGCONT') };
}

/** A stroke across the picture, then the glaze is chosen and merged at once. */
async function strokeAndMerge(y: number): Promise<void> {
  await studio.stroke(Array.from({ length: 20 }, (_, i) => ({ x: 60 + i * 25, y: y + 10 * Math.sin(i / 3), pressure: 0.9 })));
  await rows().first().locator('.name').click();
  await studio.page.keyboard.press('Control+e');
}

test('Escape calls a merge off that waits for its glaze, and nothing is merged', async () => {
  const held = holdEngine();
  try {
    await strokeAndMerge(120);
    await notice().waitFor();
    await studio.shoot('merge-waits');
    await studio.page.keyboard.press('Escape');
    await notice().waitFor({ state: 'detached' });
  } finally {
    held.go();
  }
  await studio.agrees();
  expect(await rows().count()).toBe(layers);
});

test('undo calls a merge off that waits, and takes nothing else back', async () => {
  const held = holdEngine();
  let bare: RawPicture;
  try {
    await strokeAndMerge(200);
    await notice().waitFor();
    bare = await studio.screen();
    await studio.page.keyboard.press('Control+z');
    await notice().waitFor({ state: 'detached' });
  } finally {
    held.go();
  }
  await studio.saved();
  await studio.agrees();
  expect(await rows().count()).toBe(layers);
  await studio.tells(() => studio.page.getByRole('button', { name: 'Undo', exact: true }).click()); // The stroke is still there to be taken back.
  await studio.agrees();
  expect(largestDifference(bare, await studio.screen())).toBeGreaterThan(60);
});

test('a merge right after a stroke bakes the glaze with the whole stroke in it, as it would be at rest', async () => {
  const before = await studio.flattened();
  const held = holdEngine();
  try {
    await strokeAndMerge(300);
    await notice().waitFor();
    await studio.page.waitForTimeout(1000);
    expect(await rows().count()).toBe(layers);
  } finally {
    held.go();
  }
  await expect.poll(() => rows().count(), { timeout: patienceMs }).toBe(layers - 1);
  await notice().waitFor({ state: 'detached' });
  await studio.saved();
  await studio.agrees();
  const merged = await studio.flattened();
  expect(largestDifference(before, merged)).toBeGreaterThan(60);
  await studio.tells(() => studio.page.getByRole('button', { name: 'Undo', exact: true }).click());
  await studio.saved();
  await studio.agrees();
  expect(largestDifference(await studio.flattened(), merged)).toBeLessThanOrEqual(1);
});

test('merged at rest, it is the very same picture', async () => {
  const before = await studio.flattened();
  await studio.tells(() => studio.page.keyboard.press('Control+e'));
  await studio.saved();
  expect(largestDifference(await studio.flattened(), before)).toBeLessThanOrEqual(1);
  expect(studio.complaints).toEqual([]);
});

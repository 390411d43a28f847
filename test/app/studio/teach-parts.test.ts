// Journey: two parts of a painting are marked and learned from; the curves are whole after the page or the host was started again.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLibrary } from '../../../src-main/services/library/library.ts';
import { nodePlatform } from '../../../src-main/services/node-platform.ts';
import { smallPainting } from '../../support/sample-picture.ts';
import { openStudio, patienceMs, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;

beforeAll(async () => {
  studio = await openStudio();
});

afterAll(() => studio?.close());
shootFailures(() => studio);

const step = async (): Promise<number> => Number(/step (\d+)/.exec((await studio.page.getByText(/step \d+ of/).textContent()) ?? '')?.[1]);
const frames = (): Locator => studio.page.getByRole('group', { name: /of field\.png that is learned/ });

/** From corner to corner, in shares of the painting. */
async function draw(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const { page } = studio;
  const box = await page.getByRole('img', { name: 'Painting field.png' }).boundingBox();
  if (!box) throw new Error('no painting');
  const at = ([x, y]: readonly [number, number]): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 4 });
  await page.mouse.up();
}

/** What the details say of the steps their curves show. */
async function shownSteps(): Promise<{ readonly first: number; readonly last: number }> {
  const { page } = studio;
  const details = page.getByRole('button', { name: 'Details' });
  if ((await details.getAttribute('aria-expanded')) === 'false') await details.click();
  const [, first, last] = /Steps (\d+) to (\d+)\./.exec((await page.getByText(/Steps \d+ to \d+\./).textContent()) ?? '') ?? [];
  return { first: Number(first), last: Number(last) };
}

test('parts are drawn, added, changed and removed, by pointer and by keys', async () => {
  const { page } = studio;
  await studio.workspace('Teach');
  await studio.drop('field.png', await smallPainting(640, 480), page.locator('.draft'));
  await frames().waitFor();
  await page.getByRole('img', { name: 'Painting field.png' }).waitFor();
  await frames().hover(); // Waits until it stands still.

  await draw([0.05, 0.05], [0.12, 0.4]); // 45 px wide
  await page.getByText('A part must be at least 96 px wide and high: draw a larger frame.').waitFor();
  await studio.shoot('teach-part-small');
  expect(await frames().count()).toBe(1);

  await draw([0.05, 0.05], [0.45, 0.55]);
  await page.getByRole('group', { name: 'Part of field.png that is learned: 256 × 240 px' }).waitFor();
  await draw([0.55, 0.3], [0.95, 0.9]);
  await expect.poll(() => frames().count()).toBe(2);
  await page.getByRole('group', { name: /^Part 2 of 2 of field\.png .* 256 × 288 px, 352 px from the left, 144 px from the top$/ }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Part 2 of 2/);

  await page.getByRole('button', { name: 'Add a part' }).click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Part 3 of 3 .* 320 × 240 px/);
  await page.keyboard.press('Shift+ArrowLeft');
  const changed = page.getByRole('group', { name: /^Part 3 of 3/ });
  await expect.poll(async () => Number(/(\d+) × 240 px/.exec((await changed.getAttribute('aria-label')) ?? '')?.[1])).toBeLessThan(320);
  await studio.shoot('teach-parts-three');
  await page.keyboard.press('Delete');
  await expect.poll(() => frames().count()).toBe(2);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Part 2 of 2/);
  await page.getByRole('group', { name: /^Part 1 of 2/ }).focus();
  await page.getByRole('button', { name: 'Remove part 1' }).click();
  await page.getByRole('group', { name: 'Part of field.png that is learned: 256 × 288 px' }).waitFor();
  await draw([0.05, 0.05], [0.45, 0.55]);
  await page.getByText('Part 2 of 2. Each counts as much as a whole painting.').waitFor();
});

test('both parts are learned from, and the curves are whole after the page was loaded anew', async () => {
  const { page } = studio;
  await page.getByRole('button', { name: 'Start teaching' }).click();
  await expect.poll(step, { timeout: 3 * patienceMs }).toBeGreaterThan(8);
  const [folder = ''] = readdirSync(join(studio.host.home, 'teaching'));
  const record = JSON.parse(readFileSync(join(studio.host.home, 'teaching', folder, 'run.json'), 'utf8')) as { crops: unknown };
  expect(record.crops).toEqual([[{ x: 352, y: 144, width: 256, height: 288 }, { x: 32, y: 24, width: 256, height: 240 }]]);

  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused').waitFor();
  const paused = await step();
  await page.reload();
  await studio.workspace('Teach');
  await page.getByText('Paused').waitFor();
  const shown = await shownSteps();
  expect(shown.first).toBe(1);
  expect(shown.last).toBeGreaterThanOrEqual(paused);
  await studio.shoot('teach-curves-reloaded');

  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await expect.poll(async () => (await shownSteps()).last, { timeout: patienceMs }).toBeGreaterThan(shown.last);
  expect((await shownSteps()).first).toBe(1);
});

test('they are whole after the host was killed, and when the run has finished; the style says what it was learned from', async () => {
  const { page } = studio;
  await expect.poll(async () => (await shownSteps()).last, { timeout: 3 * patienceMs }).toBeGreaterThan(110); // past the first checkpoint
  await page.getByRole('button', { name: 'Pause' }).click(); // Numbers are written every five seconds; a pause ends with none waiting.
  await page.getByText('Paused').waitFor();
  await studio.host.kill();
  await studio.host.start();
  await studio.reopen();
  await studio.workspace('Teach');
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await expect.poll(step, { timeout: 3 * patienceMs }).toBeGreaterThan(100);
  const again = await shownSteps();
  expect(again.first).toBe(1);
  expect(again.last).toBeGreaterThan(100);

  await page.getByRole('button', { name: 'Keep this state' }).click();
  await page.getByRole('button', { name: /^Choose Step \d+ for the comparison$/ }).waitFor();
  await page.getByRole('button', { name: 'Finish and save …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('“field” is in the gallery.').waitFor();
  const { lineage } = (await openLibrary(nodePlatform({ environment: { VELATURA_HOME: studio.host.home } }).folders, 'test').get('field')).record;
  expect(lineage.recipe.paintings.map((painting) => painting.split(' ')[1])).toEqual(['352,144,256x288', '32,24,256x240']);
  await page.reload(); // The workspace comes back with its run.
  const finished = await shownSteps();
  expect(finished.first).toBe(1);
  expect(finished.last).toBeGreaterThanOrEqual(again.last);
  await studio.shoot('teach-curves-finished');
  expect(studio.complaints).toEqual([]);
});

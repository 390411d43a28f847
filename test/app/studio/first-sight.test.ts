// Journey: a large picture, its first glaze and its next opening look right from the first second.
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePicture } from '../../support/sample-picture.ts';
import { openStudio, patienceMs, rawOf, shootFailures, type RawPicture, type StudioDriver } from '../../support/studio-driver.ts';

const size = { width: 3600, height: 2700 };
let studio: StudioDriver;

beforeAll(async () => {
  studio = await openStudio();
});
afterAll(() => studio?.close());
shootFailures(() => studio);

/** The middle of the canvas, small: mean colours of parts of what is seen. */
async function seen({ page }: StudioDriver): Promise<RawPicture> {
  const box = (await page.locator('.surface').boundingBox())!;
  const side = Math.min(box.width, box.height) * 0.7;
  const shot = await page.screenshot({ clip: { x: box.x + (box.width - side) / 2, y: box.y + (box.height - side) / 2, width: side, height: side } });
  return rawOf(await sharp(shot).resize(6, 6, { kernel: 'cubic' }).png().toBuffer());
}

/** Largest mean of a part's difference, in 1/255. */
function apart(a: RawPicture, b: RawPicture): number {
  let most = 0;
  for (let i = 0; i < a.data.length; i += 3) most = Math.max(most, [0, 1, 2].reduce((sum, n) => sum + Math.abs(a.data[i + n]! - b.data[i + n]!), 0) / 3);
  return most;
}

/** Of the glaze in hand: between coarse and fine a busy machine pauses. */
const painted = ({ page }: StudioDriver): Promise<void> => page.locator('.right').getByText('Painted', { exact: true }).waitFor();

const atRest = async ({ page }: StudioDriver): Promise<void> => {
  for (let rests = 0; rests < 3; await pause(150)) {
    const isAtWork = (await page.locator('.surface[aria-busy=true]').count()) + (await page.getByRole('status').filter({ hasText: /^Painting …$/ }).count());
    rests = isAtWork > 0 ? 0 : rests + 1;
  }
};

test('a first glaze on a large picture is seen as a whole at once, then finely', async () => {
  const small = await samplePicture('evening-lake', 800, 600);
  await studio.openPicture('lake.png', await sharp(small).resize(size.width, size.height, { fit: 'fill' }).png({ compressionLevel: 1 }).toBuffer());
  await atRest(studio);
  const bare = await seen(studio);
  await studio.addGlaze(/Starry Night/);
  const painting = studio.page.getByRole('status').filter({ hasText: /^Painting …$/ });
  await painting.waitFor();
  const shots: RawPicture[] = [];
  for (; (await painting.count()) > 0; await pause(100)) {
    const shot = await seen(studio);
    if (shots.length === 0 && apart(bare, shot) < 10) continue;
    if (shots.length === 0) await studio.shoot('first-sight-coarse');
    if (shots.length < 60) shots.push(shot);
  }
  await painted(studio);
  await atRest(studio);
  const last = await seen(studio);
  await studio.shoot('first-sight-fine');
  expect(apart(bare, last)).toBeGreaterThan(40);
  expect(shots.length).toBeGreaterThan(3);
  // Seen as a whole soon (a slow screen draws it in a few turns), and from then on no part stands unpainted beside painted ones.
  const isWhole = shots.map((shot) => apart(shot, last) < apart(bare, last) / 2);
  const whole = isWhole.indexOf(true);
  expect(whole).toBeGreaterThanOrEqual(0);
  expect(whole).toBeLessThan(shots.length / 3);
  expect(isWhole.slice(whole)).not.toContain(false);
}, 4 * patienceMs);

test('opened again it is seen as it was painted last, and says that it loads', async () => {
  const { page, host } = studio;
  const last = await seen(studio);
  const wire = await studio.wire();
  const [card] = await wire.ask('documents.list');
  const hasPicture = async (): Promise<boolean> => {
    const { history } = await wire.ask('documents.open', { document: card!.id });
    return history.entries.at(-1)?.thumbnail !== undefined;
  };
  await expect.poll(hasPicture, { timeout: patienceMs }).toBe(true);
  await pause(2000);
  await host.stop();
  await host.start();
  await studio.reopen();
  // Tiles are slow to come: the small picture is asked for alone.
  await page.context().route('**/assets/**/read', async (route) => {
    if ((JSON.parse(route.request().postData() ?? '[]') as string[]).length > 1) await pause(3000);
    await route.continue();
  });
  await page.getByRole('button', { name: /^lake/ }).click();
  const loading = page.getByRole('status').filter({ hasText: 'Loading the picture …' });
  await loading.waitFor();
  await pause(800);
  await studio.shoot('first-sight-loading');
  const shots: RawPicture[] = [];
  for (let i = 0; i < 40; i++, await pause(100)) shots.push(await seen(studio));
  await studio.shoot('first-sight-again');
  expect(Math.max(...shots.map((shot) => apart(shot, last)))).toBeLessThan(25);
  await loading.waitFor({ state: 'detached', timeout: patienceMs });
  await painted(studio);
  await atRest(studio);
  expect(apart(await seen(studio), last)).toBeLessThan(3);
  expect(studio.complaints).toEqual([]);
}, 4 * patienceMs);

// Journey: the trainer process is killed while it learns; the window says so, the run goes on from its last state.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallPainting } from '../../support/sample-picture.ts';
import { openStudio, patienceMs, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver;

beforeAll(async () => {
  studio = await openStudio();
});

afterAll(() => studio?.close());
shootFailures(() => studio);

const steps = async (): Promise<number> => Number(/step (\d+)/.exec((await studio.page.getByText(/step \d+ of/).textContent()) ?? '')?.[1]);

test('a run whose trainer is killed stops with its reason, goes on when asked, and can be finished', async () => {
  const { page } = studio;
  await studio.workspace('Teach');
  await studio.drop('night.png', await smallPainting(320, 320, 4), page.locator('.draft'));
  await page.getByRole('button', { name: 'Start teaching' }).click();
  await expect.poll(steps, { timeout: patienceMs }).toBeGreaterThan(0);

  const trainer = studio.host.child('trainer');
  expect(trainer).toBeDefined();
  process.kill(trainer!, 'SIGKILL');
  const goOn = page.getByRole('button', { name: 'Go on', exact: true });
  await goOn.waitFor();
  await page.getByRole('alert').waitFor();
  await studio.shoot('trainer-killed');
  await studio.workspace('Paint'); // The window is as before.
  await studio.workspace('Teach');

  await goOn.click();
  await expect.poll(steps, { timeout: patienceMs }).toBeGreaterThan(0);
  expect(studio.host.child('trainer')).not.toBe(trainer);
  await page.getByRole('button', { name: 'Finish and save …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('“night” is in the gallery.').waitFor();
  expect(studio.complaints).toEqual([]);
});

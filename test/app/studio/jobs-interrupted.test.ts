// Journey: the host ends in the middle of an export and of variants; after it is back both are listed and can be tried again.
import { afterAll, expect, test } from 'vitest';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

let studio: StudioDriver | undefined;
afterAll(() => studio?.close());
shootFailures(() => studio);

test('interrupted work is told of, listed, and goes on where the artist sees it', async () => {
  studio = await openStudio();
  const { page, host } = studio;
  await page.getByRole('button', { name: 'Start with the sample picture', exact: true }).click();
  await page.getByRole('application', { name: /^Canvas: / }).waitFor();
  await studio.saved();
  const wire = await studio.wire();
  const [card] = await wire.ask('documents.list');
  if (!card) throw new Error('There is no document.');
  const { record } = await wire.ask('documents.open', { document: card.id });
  const glaze = Object.values(record.layers).find((layer) => layer.kind === 'glaze');
  if (glaze?.kind !== 'glaze') throw new Error('There is no glaze.');
  await wire.ask('export', { document: card.id, format: 'png', width: 6000, height: 4500, name: 'Large print' });
  await wire.ask('variants.render', { document: card.id, beneath: glaze.id, longSidePx: 96, meters: false, items: [{ ...glaze.settings, seed: 1 }, { ...glaze.settings, seed: 2 }] });
  await expect.poll(async () => (await wire.ask('jobs.list')).map(({ state }) => state)).toEqual(['running', 'waiting']);
  await host.kill();
  await host.start();

  await page.getByText('The program ended before some jobs had.').waitFor();
  await page.getByRole('button', { name: 'Show the jobs' }).click();
  const jobs = page.getByRole('region', { name: 'Jobs' });
  await expect.poll(() => jobs.getByText('interrupted when the program ended').count()).toBe(2);
  await studio.shoot('jobs-interrupted');
  await page.getByRole('application', { name: /^Canvas: / }).waitFor(); // The page has found its document again.

  await jobs.getByRole('listitem').filter({ hasText: 'Variants' }).getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => page.locator('.results .grid img').count()).toBe(2);
  await jobs.getByRole('listitem').filter({ hasText: 'Large print' }).getByRole('button', { name: 'Try again' }).click();
  await jobs.getByRole('listitem').filter({ hasText: 'Large print' }).getByText(/painting|reading|putting|writing|at work/).waitFor();
  await studio.shoot('jobs-again');
  await jobs.getByRole('button', { name: 'Cancel the job' }).click();
  await jobs.getByRole('listitem').filter({ hasText: 'Large print' }).getByText('cancelled').waitFor();
});

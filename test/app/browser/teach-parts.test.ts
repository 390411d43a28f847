// The workspace Teach, over a scripted host: parts of a painting, and numbers of a run that has finished.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { MetricSeries } from '../../../src-main/contract/metric-series.ts';
import type { TeachRunState } from '../../../src-main/contract/studio-api.ts';
import { choosePainting } from '../../support/choose-painting.ts';
import { openScriptedPage, type ScriptedPage } from '../../support/scripted-page.ts';

const finished: TeachRunState = {
  run: 'done-1', name: 'Old style', state: 'done', style: 'Old style', paintings: ['p'], wishes: { balance: 0.5, strokePercent: 100, marks: [] },
  checkpoints: [{ name: 'Step 40', step: 40, style: 'early', preview: 'picture-5' }],
};
const framed = { key: 'painting.framed', details: { file: 'mine.png' } };
const kept: MetricSeries = { every: 2, steps: [2, 4, 5], counts: [2, 2, 1], values: { style: [3, 2, 1], adversarial: [0.5, 0.6, 0.7], accuracy: [0.5, 0.6, 0.5] } };
let opened: ScriptedPage;
beforeAll(async () => {
  opened = await openScriptedPage({
    'teach.list': () => [finished],
    'teach.survey': () => ({ picture: 'picture-6', size: { width: 960, height: 720 }, notes: [framed], proposed: { x: 60, y: 40, width: 800, height: 600 } }),
    'teach.judge': ({ crop }) => ({ notes: crop.y < 40 ? [framed] : [] }),
    'teach.start': () => ({ run: 'run-1' }),
    'teach.metrics': () => kept,
  });
});
afterAll(() => opened?.close());
beforeEach(async () => {
  await opened.page.evaluate(() => sessionStorage.clear()); // else it comes back to the run of the test before
  await opened.page.reload();
  await opened.openDocument();
  await opened.workspace('Teach');
  opened.studio.calls.splice(0);
});

test('a finished run shows the numbers the host has kept', async () => {
  const { page, studio } = opened;
  await page.getByRole('listitem').filter({ hasText: 'Old style' }).getByRole('button', { name: 'Look at it' }).click();
  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByText('Steps 1 to 5.').waitFor();
  await page.getByRole('img', { name: 'Generator and discriminator' }).locator('canvas').waitFor();
  await page.getByRole('img', { name: 'accuracy of the discriminator' }).locator('canvas').waitFor();
  expect(studio.callsOf('teach.metrics')).toEqual([{ run: 'done-1' }]);
});

test('several parts are asked for, each judged by itself; sixteen at most', async () => {
  const { page, studio } = opened;
  await choosePainting(opened.page);
  const add = page.getByRole('button', { name: 'Add a part' });
  for (let count = 2; count <= 16; count++) {
    await add.click();
    await page.getByRole('group', { name: `Part ${count} of ${count} of mine.png` }).waitFor();
  }
  expect(await add.isDisabled()).toBe(true);
  expect(await add.getAttribute('title')).toBe('A painting can have 16 parts at most: remove one first.');
  for (let left = 16; left > 2; left--) await page.keyboard.press('Delete'); // The keyboard stays on a part.
  await page.getByRole('group', { name: /^Part 2 of 2/ }).focus();
  const said = page.getByText('mine.png seems to have a frame');
  await page.getByRole('button', { name: 'As proposed' }).click();
  expect(await said.count()).toBe(0);
  await page.getByRole('group', { name: /^Part 2 of 2/ }).focus();
  await page.keyboard.press('ArrowUp');
  await said.waitFor(); // of the part in hand
  await page.getByRole('group', { name: /^Part 1 of 2/ }).focus();
  await said.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Start teaching' }).click();
  await expect.poll(() => studio.callsOf('teach.start').at(-1)?.paintings[0]?.crops?.length).toBe(2);
});

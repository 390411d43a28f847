// The workspace Teach, over a scripted host.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Region } from '../../../src-main/contract/image.ts';
import { emptySeries, withMetrics } from '../../../src-main/contract/metric-series.ts';
import type { PreviewMark, TeachRunState } from '../../../src-main/contract/studio-api.ts';
import { choosePainting } from '../../support/choose-painting.ts';
import { openedDocument } from '../../support/scripted-gallery.ts';
import { openScriptedPage, type ScriptedPage } from '../../support/scripted-page.ts';

const wishes: TeachRunState['wishes'] = { balance: 0.5, strokePercent: 100, marks: [] };
const left: TeachRunState = { run: 'left-1', name: 'Old run', state: 'left', checkpoints: [], paintings: ['p'], wishes };
const framed = { key: 'painting.framed', details: { file: 'mine.png', crop: '60,40,800×600' } };
const finished: TeachRunState = { ...left, run: 'done-1', name: 'Old style', state: 'done', style: 'Old style', preview: 'picture-7', checkpoints: [{ name: 'Step 40', step: 40, style: 'early', preview: 'picture-5' }] };
/** What the run at work has told. */
let heard = emptySeries;
let opened: ScriptedPage;
beforeAll(async () => {
  opened = await openScriptedPage({
    'teach.list': () => [left, finished],
    'teach.survey': () => ({ picture: 'picture-6', size: { width: 960, height: 720 }, notes: [framed, { key: 'painting.crop-proposed', details: { file: 'mine.png', crop: '60,40,800×600' } }], proposed: { x: 60, y: 40, width: 800, height: 600 } }),
    'teach.judge': ({ crop }) => ({ notes: crop.y < 40 ? [framed] : [{ key: 'painting.cropped', details: framed.details }] }),
    'teach.start': () => ({ run: 'run-1' }),
    'teach.metrics': () => heard,
    'teach.adjust': () => null,
    'teach.pause': () => null,
    'teach.resume': () => null,
    'teach.checkpoint': () => null,
    'teach.take': ({ name }) => ({ style: name }),
    'teach.discard': () => null,
    'teach.stop': () => ({ style: 'mine' }),
  });
});
afterAll(() => opened?.close());
beforeEach(async () => {
  await opened.page.evaluate(() => sessionStorage.clear()); // Each begins where a new window does.
  await opened.page.reload();
  await opened.openDocument();
  await opened.workspace('Teach');
  opened.studio.calls.splice(0);
});

function run(changes: Partial<TeachRunState>): void {
  if (changes.metrics) heard = withMetrics(heard, changes.metrics);
  opened.studio.emit({ kind: 'teach', run: { run: 'run-1', name: 'mine', state: 'running', depth: 'paint', checkpoints: [], paintings: ['p'], wishes, ...changes } });
}

test('a painting is looked at, its frame is moved with the keys, and the run is asked for as it stands', async () => {
  const { page, studio } = opened;
  await choosePainting(opened.page);
  await page.getByRole('group', { name: /800 × 600 px/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Start teaching' }).click();
  await expect.poll(() => studio.callsOf('teach.start').length).toBe(1);
  const [order] = studio.callsOf('teach.start');
  expect(order).toMatchObject({ name: 'mine', document: 'document-1', practise: true, balance: 0.5, seconds: 300 });
  expect(order?.paintings[0]?.crops).toEqual([{ x: expect.any(Number) as number, y: 40, width: 800, height: 600 }]);
  expect((order?.paintings[0]?.crops as Region[])[0]?.x).toBeGreaterThan(60);
});

test('the keyboard goes from the draft to the run, and back', async () => {
  const { page } = opened;
  const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
  await choosePainting(opened.page);
  await page.getByRole('button', { name: 'Start teaching' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => opened.studio.callsOf('teach.start').length).toBe(1);
  run({});
  await expect.poll(focused).toBe('mine');
  run({ state: 'done', style: 'mine' });
  await page.getByRole('button', { name: 'Teach another style' }).press('Enter');
  await expect.poll(focused).toBe('Teach a style');
});

test('the handles of a frame around the whole painting are seen and taken hold of entirely', async () => {
  const { page } = opened;
  await choosePainting(opened.page);
  await page.getByRole('button', { name: 'All of it' }).click();
  const frame = page.getByRole('group', { name: /960 × 720 px/ });
  await frame.hover(); // Waits until it stands still.
  const hidden = await page.locator('.frame .handle').evaluateAll((handles) =>
    handles.flatMap((handle) => {
      const { left, top, right, bottom } = handle.getBoundingClientRect();
      const corners = [[left + 1, top + 1], [right - 1, top + 1], [left + 1, bottom - 1], [right - 1, bottom - 1]] as const;
      return corners.filter(([x, y]) => document.elementFromPoint(x, y) !== handle).map(([x, y]) => `${handle.className} ${x} ${y}`);
    }),
  );
  expect(hidden).toEqual([]);
  const corner = await page.locator('.frame .handle.se').boundingBox();
  if (!corner) throw new Error('no handle');
  await page.mouse.move(corner.x + 15, corner.y + 15); // Outside of the painting.
  await page.mouse.down();
  await page.mouse.move(corner.x - 85, corner.y - 85, { steps: 3 });
  await page.mouse.up();
  await expect.poll(() => page.getByRole('group', { name: /960 × 720 px/ }).count()).toBe(0);
});

test('a run is watched, marked, steered, kept, finished and used', async () => {
  const { page, studio } = opened;
  await choosePainting(opened.page);
  await page.getByRole('button', { name: 'Start teaching' }).click();
  await expect.poll(() => studio.callsOf('teach.start').length).toBe(1);
  for (let step = 10; step <= 40; step += 10) run({ preview: 'picture-7', before: 'picture-5', metrics: { step, steps: 400, depth: 'paint', losses: { style: 1 / step, adversarial: 0.6 }, discriminatorAccuracy: 0.55, gradientNorm: 1, stepMs: 40, secondsLeft: 30 } });
  await page.getByText('step 40 of 400').waitFor();
  await page.getByText('30 s left').waitFor();
  await page.getByRole('button', { name: 'Details' }).click();
  await expect.poll(() => page.getByRole('img', { name: 'Losses' }).locator('canvas').count()).toBe(1);

  await page.getByRole('application', { name: /in the style so far/ }).getByRole('slider').waitFor(); // Both pictures are there.
  await page.getByRole('radio', { name: 'More like this' }).click();
  const view = page.getByRole('application', { name: /in the style so far/ });
  await view.hover(); // Waits until it stands still.
  const stage = await view.boundingBox();
  if (!stage) throw new Error('no stage');
  const [x, y] = [stage.x + stage.width / 2, stage.y + stage.height / 2];
  await page.mouse.move(x - 60, y - 40);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 40, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => studio.callsOf('teach.adjust').at(-1)?.marks?.length).toBe(1);
  const [mark] = studio.callsOf('teach.adjust').at(-1)?.marks ?? [];
  expect(mark?.verdict).toBe('more');
  expect((mark?.x ?? 0) + (mark?.width ?? 0) / 2).toBeCloseTo(0.5, 1);

  await page.getByRole('slider', { name: /my picture ↔ the painting/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => studio.callsOf('teach.adjust').at(-1)?.balance).toBe(0.55);
  await page.getByRole('button', { name: 'Keep this state' }).click();
  await expect.poll(() => studio.callsOf('teach.checkpoint')).toEqual([{ run: 'run-1', name: 'Step 40' }]);
  await page.getByText('Step 40: being kept …').waitFor(); // Before the trainer has answered.
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect.poll(() => studio.callsOf('teach.pause').length).toBe(1);

  await page.getByRole('button', { name: 'Finish and save …' }).click();
  await page.getByRole('dialog').getByLabel('Name of the style').fill('kitchen');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(() => studio.callsOf('teach.stop')).toEqual([{ run: 'run-1', keep: true, name: 'kitchen' }]);
  run({ state: 'done', style: 'kitchen' });
  await page.getByRole('button', { name: 'Glaze my picture with it' }).click();
  await expect.poll(() => JSON.stringify(studio.callsOf('documents.commit'))).toContain('"style":"kitchen"');
});

test('a window that comes back to a run shows what was asked of it, and steers on from there', async () => {
  const { page, studio } = opened;
  const mark: PreviewMark = { x: 0.2, y: 0.2, width: 0.3, height: 0.3, verdict: 'less' };
  run({ preview: 'picture-7', wishes: { balance: 0.8, strokePercent: 150, marks: [mark] } });
  const balance = page.getByRole('slider', { name: /my picture ↔ the painting/ });
  await expect.poll(() => balance.getAttribute('aria-valuenow')).toBe('0.8');
  await page.getByRole('img', { name: 'Marked: not like this' }).waitFor();
  await balance.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => studio.callsOf('teach.adjust').at(-1)).toEqual({ run: 'run-1', balance: 0.85, strokePercent: 150, marks: [mark] });
});

test('a window that comes back to a run has the picture it began with, and the style goes where that was', async () => {
  const { page, studio } = opened;
  const begun = { before: 'picture-4', place: { document: 'document-1', above: 'paint' } };
  studio.emit({ kind: 'teach', run: { ...left, run: 'run-1', state: 'running', preview: 'picture-7', ...begun } });
  await page.getByRole('application', { name: /in the style so far/ }).getByRole('slider').waitFor(); // Both pictures are there.
  await opened.workspace('Paint');
  await page.locator('[data-style-card]').first().click(); // A glaze of its own, which is in hand from then on.
  await expect.poll(() => studio.callsOf('documents.commit').length).toBe(1);
  await opened.workspace('Teach');
  run({ state: 'done', style: 'kitchen', ...begun });
  await page.getByRole('button', { name: 'Glaze my picture with it' }).click();
  await expect.poll(() => studio.callsOf('documents.commit').at(-1)?.entry.label.key).toBe('glaze.add');
  const order = studio.callsOf('documents.commit').at(-1)?.entry.changes.find(({ path }) => path.join('.') === 'layers.root.children');
  expect((order?.after as string[])[0]).toBe('paint');
  expect((order?.after as string[]).length).toBe(3);
});

test('what is said of a painting is said of the part that is learned, and names no option of the command line', async () => {
  const { page, studio } = opened;
  const said = page.getByText('mine.png seems to have a frame');
  await choosePainting(opened.page);
  await expect.poll(() => studio.callsOf('teach.judge').length).toBe(1);
  expect(await said.count()).toBe(0);
  await page.getByRole('group', { name: /800 × 600 px/ }).focus();
  await page.keyboard.press('ArrowUp');
  await said.waitFor();
  await page.keyboard.press('ArrowDown');
  await said.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'All of it' }).click();
  await said.waitFor();
  expect(await page.getByText('--crop').count()).toBe(0);
  run({ notes: [framed, { key: 'painting.crop-proposed', details: framed.details }] }); // As the run says it.
  await page.getByText(/Learning/).first().waitFor();
  await said.waitFor();
  expect(await page.getByText('--crop').count()).toBe(0);
});

test('a run that was left behind is offered again, and is discarded only when asked twice', async () => {
  const { page, studio } = opened;
  await page.getByText('“Old run” was interrupted.').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Old run' }).getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  expect(studio.callsOf('teach.discard')).toEqual([]);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect.poll(() => studio.callsOf('teach.resume')).toEqual([{ run: 'left-1' }]);
});

test('a finished run with kept states is called finished; its states are compared, and it goes when that is wished', async () => {
  const { page, studio } = opened;
  await page.getByText('“Old style” has finished. Kept states: 1.').waitFor();
  expect(await page.getByText('“Old style” was interrupted.').count()).toBe(0);
  await page.getByRole('button', { name: 'Look at it' }).click();
  await page.getByText('“Old style” is in the gallery.').waitFor();
  expect(await page.getByRole('button', { name: 'Go on' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Choose Step 40 for the comparison' }).click();
  await page.getByRole('button', { name: 'Into the gallery …' }).click();
  const name = page.getByRole('dialog').getByLabel('Name of the style');
  expect(await name.inputValue()).toBe('Old style, Step 40');
  await name.fill('Early');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('“Early” is in the gallery.').waitFor();
  expect(studio.callsOf('teach.take')).toEqual([{ run: 'done-1', state: 'Step 40', name: 'Early' }]);
  await page.getByRole('button', { name: 'Compare with the present' }).click();
  await page.getByRole('tab', { name: 'Two pictures', selected: true }).waitFor();
  await opened.workspace('Teach');
  await page.getByRole('button', { name: 'Teach another style' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Old style' }).getByRole('button', { name: 'Discard' }).click();
  await page.getByText('Its curves and kept states are lost. The style stays in the gallery.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await expect.poll(() => studio.callsOf('teach.discard')).toEqual([{ run: 'done-1' }]);
  await expect.poll(() => page.getByText('“Old style” has finished.').count()).toBe(0);
});

test('before the first picture all of the artist’s own is seen, and stays where it is', async () => {
  const { page } = opened;
  run({ before: 'picture-4' });
  await page.getByText(/^First picture in about \d+ s$/).waitFor();
  await page.getByRole('progressbar', { name: 'Time until the first picture' }).waitFor();
  const view = page.getByRole('application', { name: /in the style so far/ });
  const canvas = view.locator('canvas');
  /** How far to the right the picture reaches, in shares of the view. */
  const right = (): Promise<number> =>
    canvas.evaluate((element: HTMLCanvasElement) => {
      const { width, height } = element;
      const line = new OffscreenCanvas(width, 1).getContext('2d', { willReadFrequently: true })!;
      line.drawImage(element, 0, -Math.round(height * 0.2));
      return line.getImageData(0, 0, width, 1).data.reduce((last, value, at) => (at % 4 === 3 && value > 0 ? (at >> 2) / width : last), 0);
    });
  await expect.poll(right).toBeGreaterThan(0.6);
  const before = await right();
  await view.hover();
  await page.mouse.wheel(0, 600);
  await view.press('ArrowLeft');
  await view.press('ArrowLeft');
  expect(await right()).toBe(before);
  run({ before: 'picture-4', preview: 'picture-7' });
  await page.getByRole('application', { name: /in the style so far/ }).getByRole('slider').waitFor();
  expect(await page.getByRole('progressbar', { name: 'Time until the first picture' }).count()).toBe(0);
});

test('a page that is loaded anew in mid-teaching comes back to the run and to its document, where the style goes', async () => {
  const { page, studio } = opened;
  const place = { document: 'document-1' };
  const going: TeachRunState = { ...left, run: 'run-1', name: 'mine', state: 'running', preview: 'picture-7', before: 'picture-4', place };
  studio.emit({ kind: 'teach', run: going });
  await page.getByRole('button', { name: 'Finish and save …' }).waitFor();
  const [list, documents, open] = [studio.answers['teach.list'], studio.answers['documents.list'], studio.answers['documents.open']];
  studio.answers['teach.list'] = () => [going];
  studio.answers['documents.list'] = () => [{ id: 'document-1', name: 'Evening lake', width: 96, height: 72, changedAt: new Date(0).toISOString(), bytes: 1, recovered: false }];
  studio.answers['documents.open'] = () => openedDocument();
  try {
    await page.reload();
    await page.getByRole('button', { name: 'Finish and save …' }).waitFor();
    await expect.poll(() => studio.callsOf('documents.open')).toEqual([{ document: 'document-1' }]);
    run({ state: 'done', style: 'kitchen', place });
    const apply = page.getByRole('button', { name: 'Glaze my picture with it' });
    await expect.poll(() => apply.isEnabled()).toBe(true);
    await apply.click();
    await expect.poll(() => JSON.stringify(studio.callsOf('documents.commit'))).toContain('"style":"kitchen"');
  } finally {
    Object.assign(studio.answers, { 'teach.list': list, 'documents.list': documents, 'documents.open': open });
  }
});

test('nothing complained', () => expect(opened.complaints).toEqual([]));

test('what cannot be used without a picture says so, and where to find one', async () => {
  const { page } = opened;
  await page.reload();
  await opened.workspace('Teach');
  await choosePainting(opened.page);
  await page.getByLabel('Name of the style').fill('');
  const start = page.getByRole('button', { name: 'Start teaching' });
  await page.getByText('The style needs a name.').waitFor();
  expect(await start.isDisabled()).toBe(true);
  await page.getByLabel('Name of the style').fill('mine');
  await start.click();
  run({ state: 'done', style: 'kitchen' });
  const apply = page.getByRole('button', { name: 'Glaze my picture with it' });
  await apply.waitFor();
  expect(await apply.isDisabled()).toBe(true);
  await page.getByText('Open a picture first to glaze it.').waitFor();
  await page.getByRole('button', { name: 'To the pictures' }).click();
  await page.getByRole('button', { name: /Start with the sample picture/ }).first().waitFor();
  expect(await page.getByRole('button', { name: 'Export', exact: true }).getAttribute('title')).toBe('Open a picture first.');
});

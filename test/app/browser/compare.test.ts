// The comparison and the variants, over a scripted host.
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { StudioError } from '../../../src-main/contract/fault.ts';
import type { HistoryEntry } from '../../../src-main/contract/history.ts';
import type { JobState } from '../../../src-main/contract/studio-records.ts';
import { galleryStyle, openedDocument, smallPicture } from '../../support/scripted-gallery.ts';
import { openScriptedPage, scriptedStyles, type ScriptedPage } from '../../support/scripted-page.ts';

let opened: ScriptedPage;
beforeAll(async () => {
  opened = await openScriptedPage({
    'compare.measure': () => ({ contentKept: 0.9, colourShift: 12 }),
    'variants.judge': () => null,
    'compare.save': () => ({ name: 'sheet.png', path: '/sheet.png', bytes: 1 }),
    'styles.list': () => [...scriptedStyles, galleryStyle('harbour', { origin: 'own', painting: 'picture-3' })],
    'pictures.keep': () => ({ picture: 'picture-6' }),
  });
});
afterAll(() => opened?.close());
beforeEach(async () => {
  await opened.page.reload();
  await opened.openDocument();
  await opened.workspace('Compare');
  opened.studio.calls.splice(0);
});

async function chooseSource(side: 'Left' | 'Right', words: string): Promise<void> {
  await opened.page.getByRole('button', { name: new RegExp(`^${side} picture`) }).click();
  await opened.page.getByRole('dialog').getByRole('option', { name: words }).first().click();
}

/** A point of the viewer as it is drawn, red, green and blue. */
async function colourAt(x: number, y: number): Promise<number[]> {
  return opened.page.locator('.viewer canvas').evaluate(
    (canvas, [across, down]) => {
      const drawn = canvas as HTMLCanvasElement;
      const copy = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      copy?.drawImage(drawn, -Math.round(drawn.width * (across ?? 0)), -Math.round(drawn.height * (down ?? 0)));
      return [...(copy?.getImageData(0, 0, 1, 1).data.slice(0, 3) ?? [])];
    },
    [x, y],
  );
}

describe('two pictures', () => {
  test('stand on both sides of a line, and their difference is black where they are the same', async () => {
    const { page } = opened;
    await page.getByText('nearly all of the picture is kept').waitFor();
    await page.getByText('cannot be told').waitFor();
    await expect.poll(async () => String(await colourAt(0.3, 0.2)) === String(await colourAt(0.7, 0.2))).toBe(false); // Both are drawn.
    const [left, right] = [await colourAt(0.3, 0.2), await colourAt(0.7, 0.2)];
    await page.getByRole('slider', { name: 'Line between A and B' }).focus();
    await Promise.all(Array.from({ length: 25 }, () => page.keyboard.press('ArrowRight')));
    await expect.poll(() => colourAt(0.7, 0.2)).not.toEqual(right);
    expect(await colourAt(0.3, 0.2)).toEqual(left);
    await chooseSource('Right', 'As it was opened');
    await page.getByText('A and B are the same picture.').waitFor();
    await page.getByRole('radio', { name: 'Difference' }).click();
    await expect.poll(() => colourAt(0.5, 0.5)).toEqual([0, 0, 0]);
  });

  test('numbers are shown on demand', async () => {
    const { page } = opened;
    await page.getByText('nearly all of the picture is kept').waitFor();
    expect(await page.getByText('90 %', { exact: true }).count()).toBe(0);
    await page.locator('.pair').getByRole('checkbox', { name: 'Numbers' }).check();
    await page.getByText('90 %', { exact: true }).waitFor();
    await page.getByText('ΔE 12.0').waitFor();
  });

  test('zooming keeps to the cursor, and the keys fit it again', async () => {
    const { page } = opened;
    await page.getByText('nearly all of the picture is kept').waitFor();
    const shown = (): Promise<string> => page.locator('.zoom').innerText();
    const fitted = await shown();
    await page.getByRole('application', { name: /^A: / }).focus();
    await page.keyboard.press('1');
    await expect.poll(shown).toBe('100 %');
    await page.keyboard.press('0');
    await expect.poll(shown).toBe(fitted);
  });

  test('the sheet has the painting in the middle where it is kept, and is said to have it only then', async () => {
    const { page, studio } = opened;
    const saveWith = async (style: string, sheet: string): Promise<void> => {
      await opened.workspace('Paint');
      await page.locator('[data-style-card]').and(page.getByRole('button', { name: style })).first().click();
      await opened.workspace('Compare');
      await page.getByRole('button', { name: 'Save as one picture …' }).click();
      await page.getByRole('menuitem', { name: sheet, exact: true }).click();
      await expect.poll(() => studio.callsOf('compare.save').at(-1)?.style).toBe(style);
    };
    await saveWith('harbour', 'Before, style and after on one sheet');
    await saveWith('kitchen', 'Before and after on one sheet');
  });

  test('any state of the tree can be chosen: of this line, undone, or of another branch, however long ago', async () => {
    const { page, studio } = opened;
    const step = (id: string, parent: string, at: number): HistoryEntry => ({ id, parent, label: { key: 'layer.add', details: { name: id } }, at: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString(), changes: [] });
    const line = Array.from({ length: 200 }, (_, n) => step(`s${n}`, n === 0 ? 'first' : `s${n - 1}`, n));
    const entries = [...line, step('aside-1', 's3', 300), step('aside-2', 'aside-1', 301)];
    studio.answers['documents.sample'] = () => ({ ...openedDocument(), history: { entries, head: 's149', redo: ['s150', 's151'], snapshots: [], bytes: 0 } });
    onTestFinished(() => void (studio.answers['documents.sample'] = () => openedDocument()));
    await page.reload();
    await opened.openDocument();
    await opened.workspace('Compare');
    const states = (): (string | undefined)[] => studio.callsOf('pictures.flatten').map(({ entry }) => entry);
    const choice = page.getByRole('button', { name: /^Left picture \(A\)/ });
    const list = page.getByRole('listbox', { name: 'Left picture (A)' });
    const shown = async (): Promise<(string | undefined)[]> => (await list.locator('li').allInnerTexts()).map((words) => words.split('\n')[0]);
    const find = page.getByRole('combobox', { name: 'Search states and layers' });

    await choice.click();
    await find.fill('New: s150');
    await expect.poll(shown).toEqual(['History: steps undone', 'New: s150']);
    await page.keyboard.press('Enter');
    await expect.poll(states).toContain('s150');
    await choice.filter({ hasText: 'New: s150' }).click();
    await find.fill('aside');
    await expect.poll(shown).toEqual(['History: other branches', 'New: aside-2', 'New: aside-1']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(states).toContain('aside-1');

    await choice.click();
    const option = list.getByRole('option', { name: 'New: s75 ' });
    await list.getByRole('option', { name: 'New: aside-1', selected: true }).waitFor(); // It opens where the choice stands.
    expect(await option.count()).toBe(0); // Far up: drawn once it is in sight.
    expect(Number(await list.getByRole('option').first().getAttribute('aria-setsize'))).toBe(1 + 2 + 203);
    await list.getByRole('option', { name: 'New: aside-1' }).hover();
    await expect.poll(async () => {
      await page.mouse.wheel(0, -300);
      return option.count();
    }).toBe(1);
    await option.click();
    await expect.poll(states).toContain('s75');
    await choice.filter({ hasText: 'New: s75' }).waitFor();
  });

  test('a file is kept by the host, so that it can be measured', async () => {
    const { page, studio } = opened;
    await page.locator('input[type=file][hidden]').first().setInputFiles({ name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(await smallPicture(9)) });
    await expect.poll(() => studio.callsOf('pictures.keep').length).toBe(1);
    await expect.poll(() => studio.callsOf('compare.measure').some(({ before }) => before === 'picture-6')).toBe(true);
    expect(studio.callsOf('pictures.read')).toEqual([]);
  });

  test('a file that the browser does not read is read by the host, with what it says of it; one that neither reads is refused', async () => {
    const { page, studio } = opened;
    const take = (name: string): Promise<void> => page.locator('input[type=file][hidden]').first().setInputFiles({ name, mimeType: '', buffer: Buffer.from(`no ${name}`) });
    studio.answers['pictures.read'] = ({ file }) => {
      if ('upload' in file && file.name === 'text.png') throw new StudioError('picture.not-a-picture', { file: file.name });
      return { picture: 'picture-7', notes: [{ key: 'picture.page-shown', details: { file: 'scan.tif', pages: 3 } }] };
    };
    await take('scan.tif');
    await page.getByText('scan.tif has 3 pages or frames; the first is compared.').waitFor();
    await page.getByRole('button', { name: 'Left picture (A): scan.tif, page 1 of 3' }).waitFor();
    await expect.poll(() => studio.callsOf('compare.measure').some(({ before }) => before === 'picture-7')).toBe(true);
    expect(studio.callsOf('pictures.keep')).toEqual([]);
    await take('text.png');
    await page.getByRole('alert').filter({ hasText: 'text.png' }).waitFor();
  });
});

describe('variants', () => {
  const job = (state: JobState['state']): JobState => ({ id: 'job-1', kind: 'variants', details: {}, state, canCancel: true, canRetry: false, sequence: 1 });

  beforeEach(async () => {
    const { page, studio } = opened;
    studio.answers['variants.render'] = ({ items }) => {
      items.slice(0, 3).forEach((_, index) => studio.emit({ kind: 'variant', job: 'job-1', index, picture: `picture-${index + 1}`, width: 96, height: 72, meters: { contentKept: 0.3 + 0.2 * index } }));
      return { job: 'job-1' };
    };
    await page.getByRole('tab', { name: 'Variants' }).click();
    await page.getByLabel('Add a style …').selectOption('scream');
    await page.getByLabel('Add a style …').selectOption('wave');
    const strength = page.getByLabel(/^Strength: /);
    await strength.fill('50');
    await strength.press('Enter');
    await page.getByText(/^4 variants, about/).waitFor();
    await page.getByRole('button', { name: 'Paint the variants' }).click();
    await page.getByText('3 of 4').waitFor();
  });

  test('a click takes one as one step; another one can be refused; both are told', async () => {
    const { page, studio } = opened;
    studio.emit({ kind: 'variant.failed', job: 'job-1', index: 3, fault: { code: 'engine.lost', details: {} } });
    studio.emit({ kind: 'job', job: job('done') });
    await page.getByRole('button', { name: 'Paint the variants' }).waitFor();
    await page.getByRole('button', { name: /^Take this one: The Scream, strength 50/ }).click();
    await page.getByRole('button', { name: 'Not this one' }).nth(1).click();
    await expect.poll(() => studio.callsOf('variants.judge').map(({ verdict }) => verdict)).toEqual(['taken', 'refused']);
    const [commit] = studio.callsOf('documents.commit');
    expect(studio.callsOf('documents.commit')).toHaveLength(1);
    expect(JSON.stringify(commit?.entry.changes)).toContain('"strength":0.5');
    await page.getByText('not painted').waitFor();
  });

  test('cancelling keeps what was painted', async () => {
    const { page, studio } = opened;
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => studio.callsOf('jobs.cancel')).toEqual([{ job: 'job-1' }]);
    studio.emit({ kind: 'job', job: job('cancelled') });
    await page.getByText('Cancelled; what was painted stays.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^Take this one/, disabled: false }).count()).toBe(3);
  });

  test('keep the keyboard at the button that takes the place of the other', async () => {
    const { page, studio } = opened;
    const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement && document.activeElement.textContent);
    await expect.poll(focused).toBe('Cancel');
    await page.keyboard.press('Enter');
    await expect.poll(() => studio.callsOf('jobs.cancel').length).toBe(1);
    studio.emit({ kind: 'job', job: job('cancelled') });
    await expect.poll(focused).toBe('Paint the variants');
  });

  test('are ordered by their meters and opened side by side', async () => {
    const { page, studio } = opened;
    await page.getByLabel('Sort by').last().selectOption('contentKept');
    await expect.poll(() => page.locator('figure .facts').first().innerText()).toContain('50 %');
    await page.getByRole('button', { name: 'As A in the comparison' }).first().click();
    await page.getByRole('button', { name: 'As B in the comparison' }).last().click();
    await expect.poll(() => studio.callsOf('compare.measure').some(({ before, after }) => before === 'picture-3' && after === 'picture-1')).toBe(true);
  });
});

test('the plan of variants begins with the glaze that is seen, until the artist plans', async () => {
  const { page } = opened;
  await opened.workspace('Paint');
  await page.locator('[data-style-card]').and(page.getByRole('button', { name: /The Scream/ })).first().click();
  const strength = page.getByRole('textbox', { name: 'Strength', exact: true });
  await strength.fill('70');
  await strength.press('Enter');
  await opened.workspace('Compare');
  await page.getByRole('tab', { name: 'Variants' }).click();
  await page.getByText(/^1 variant, about/).waitFor();
  const plan = page.locator('.plan');
  await plan.getByText('The Scream', { exact: true }).waitFor();
  await plan.getByText('70 %', { exact: true }).waitFor();
  await page.getByLabel('Add a style …').selectOption('wave');
  await page.getByText(/^2 variants, about/).waitFor();
  await opened.workspace('Paint');
  await strength.fill('30');
  await strength.press('Enter');
  await opened.workspace('Compare');
  await plan.getByText('70 %', { exact: true }).waitFor(); // What was planned stays.
});

test('nothing complained', () => expect(opened.complaints).toEqual([]));

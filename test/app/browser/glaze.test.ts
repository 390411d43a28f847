// The gallery and the glaze panel, over a scripted host: what is asked of it, what stands in the history.
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { applyChanges } from '../../../src-main/contract/changes.ts';
import type { DocumentRecord, Layer, LayerOf } from '../../../src-main/contract/document.ts';
import { openedDocument } from '../../support/scripted-gallery.ts';
import { openScriptedPage, type ScriptedPage } from '../../support/scripted-page.ts';

let opened: ScriptedPage;
beforeAll(async () => void (opened = await openScriptedPage()));
afterAll(() => opened?.close());
beforeEach(async () => {
  await opened.page.reload();
  await opened.openDocument();
  opened.studio.calls.splice(0);
});

const card = (name: RegExp) => opened.page.getByRole('button', { name }).and(opened.page.locator('[data-style-card]'));

const strength = () => opened.page.getByRole('slider', { name: 'Strength' });

/** The record as the host knows it from all it was told. */
async function record(): Promise<DocumentRecord> {
  await opened.page.locator('[data-state=saved]').filter({ hasText: 'saved' }).waitFor();
  const told = opened.studio.calls.flatMap(({ method, params }) => {
    if (method === 'documents.commit') return (params as { entry: { changes: [] } }).entry.changes;
    return method === 'documents.amend' ? (params as { changes: [] }).changes : [];
  });
  return applyChanges(openedDocument().record, told);
}

async function glaze(): Promise<LayerOf<'glaze'>> {
  const found = Object.values((await record()).layers).find((layer) => layer.kind === 'glaze');
  if (found?.kind !== 'glaze') throw new Error('There is no glaze.');
  return found;
}

/** A click on a card; its glaze stands in the panel. */
async function glazeWith(name: RegExp): Promise<void> {
  await card(name).click();
  await strength().waitFor();
}

async function choose(name: RegExp, action: string): Promise<void> {
  await card(name).click({ button: 'right' });
  await opened.page.getByRole('menuitem', { name: action, exact: true }).click();
}

describe('the gallery', () => {
  test('a click glazes what is there, in one step of history', async () => {
    await glazeWith(/The Scream/);
    expect((await glaze()).settings).toMatchObject({ styles: [{ style: 'scream', weight: 1 }], strength: 1 });
    expect(opened.studio.callsOf('documents.commit')).toHaveLength(1);
    expect((await record()).layers['root']).toMatchObject({ children: ['paint', (await glaze()).id] });
  });

  test('another click gives the glaze in hand the other style, and another layer in hand a glaze of its own', async () => {
    const { page, studio } = opened;
    await glazeWith(/The Scream/);
    await page.getByRole('textbox', { name: 'Strength' }).fill('40');
    await page.getByRole('textbox', { name: 'Strength' }).press('Enter');
    await card(/Great Wave/).click();
    await expect.poll(async () => (await glaze()).settings).toMatchObject({ styles: [{ style: 'wave', weight: 1 }], strength: 0.4 });
    expect(await glaze()).toMatchObject({ name: expect.stringMatching(/Great Wave/) as string });
    await page.getByRole('treeitem', { name: /^Photograph,/ }).locator('.name').click();
    await card(/kitchen/).click();
    await expect.poll(async () => (await record()).layers['root']).toMatchObject({ children: ['paint', expect.not.stringMatching((await glaze()).id) as string, (await glaze()).id] });
    await choose(/The Scream/, 'New glaze with this style');
    await expect.poll(async () => Object.values((await record()).layers).filter(({ kind }) => kind === 'glaze').length).toBe(3);
    expect(studio.callsOf('documents.commit')).toHaveLength(5);
  });

  test('finds by painter, and says where nothing fits', async () => {
    const search = opened.page.getByRole('searchbox', { name: 'Search styles' });
    await search.fill('hokusai');
    await expect.poll(() => opened.page.locator('[data-style-card]').count()).toBe(1);
    await search.fill('nobody');
    await opened.page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => opened.page.locator('[data-style-card]').count()).toBe(3);
  });

  test('is walked with the arrow keys and applied with Enter', async () => {
    await card(/Great Wave/).focus();
    await opened.page.keyboard.press('ArrowRight');
    await opened.page.keyboard.press('Enter');
    await strength().waitFor();
    expect((await glaze()).settings.styles).toMatchObject([{ style: 'kitchen' }]);
  });

  test('shows what is known of a style', async () => {
    await choose(/The Scream/, 'About this style');
    const dialog = opened.page.getByRole('dialog');
    for (const words of ['Edvard Munch', 'Oslo', 'Pictures may be sold.']) await dialog.getByText(words).first().waitFor();
    await opened.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('asks before it removes a style, and tells the host only then', async () => {
    opened.studio.answers['styles.remove'] = () => null;
    await choose(/kitchen/, 'Remove …');
    await opened.page.getByRole('button', { name: 'Keep it' }).click();
    expect(opened.studio.callsOf('styles.remove')).toHaveLength(0);
    await choose(/kitchen/, 'Remove …');
    await opened.page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect.poll(() => opened.studio.callsOf('styles.remove')).toEqual([{ style: 'kitchen' }]);
  });

  test('paints my own picture in the styles in sight, and only when asked to', async () => {
    const { studio, page } = opened;
    studio.answers['variants.render'] = ({ items }) => {
      items.forEach((_, index) => studio.emit({ kind: 'variant', job: 'mine', index, picture: 'picture-7', width: 96, height: 72 }));
      setTimeout(() => studio.emit({ kind: 'job', job: { id: 'mine', kind: 'variants', details: {}, state: 'done', canCancel: false, canRetry: false, sequence: 1 } }), 50);
      return { job: 'mine' };
    };
    expect(studio.callsOf('variants.render')).toHaveLength(0);
    await page.getByRole('radio', { name: 'My picture' }).click();
    await expect.poll(() => studio.callsOf('variants.render').flatMap(({ items }) => items.map(({ styles }) => styles[0]?.style)).sort()).toEqual(['kitchen', 'scream', 'wave']);
    await expect.poll(() => page.locator('.tile.waiting').count()).toBe(0);
    expect(studio.callsOf('variants.render')[0]).toMatchObject({ above: 'paint' });
    // What the glaze sees, with what is set on it: what a click will make of it.
    await glazeWith(/The Scream/);
    await page.getByRole('textbox', { name: 'Strength' }).fill('40');
    await page.getByRole('textbox', { name: 'Strength' }).press('Enter');
    const { id } = await glaze();
    await expect.poll(() => studio.callsOf('variants.render').at(-1)).toMatchObject({ beneath: id, items: [{ strength: 0.4 }, { strength: 0.4 }, { strength: 0.4 }] });
  });
});

describe('the glaze panel', () => {
  test('dragging a slider is one step, seen while it goes on', async () => {
    const { page, studio } = opened;
    await glazeWith(/The Scream/);
    const thumb = strength();
    await thumb.hover(); // Waits until it stands still.
    const box = await thumb.boundingBox();
    if (!box) throw new Error('no thumb');
    await page.mouse.down();
    for (let step = 1; step <= 10; step++) {
      await page.mouse.move(box.x - step * 5, box.y + box.height / 2);
      if (step === 5) await expect.poll(async () => (await glaze()).settings.strength).toBeLessThan(1); // Seen while it goes on.
      if (step === 8) await page.waitForTimeout(1500); // A hand that rests has not let go.
    }
    await page.mouse.up();
    const shown = Number(await thumb.getAttribute('aria-valuenow'));
    expect(shown).toBeLessThan(90);
    await expect.poll(async () => Math.round((await glaze()).settings.strength * 100)).toBe(shown);
    expect(studio.callsOf('documents.commit')).toHaveLength(2);
    expect(studio.callsOf('documents.amend').length).toBeGreaterThan(0);
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.getByRole('textbox', { name: 'Strength' }).inputValue()).toBe('100');
  });

  test('a second style brings a pad; its handle moves by keys and by hand', async () => {
    await glazeWith(/The Scream/);
    await choose(/Great Wave/, 'Add to the mix');
    const pad = opened.page.getByRole('slider', { name: 'Mix of the styles' });
    await pad.focus();
    await opened.page.keyboard.press('ArrowRight');
    await expect.poll(() => pad.getAttribute('aria-valuetext')).toBe('The Scream 45 %, Great Wave 55 %');
    const { styles, pad: place } = (await glaze()).settings;
    expect(styles.map(({ weight }) => weight)).toEqual([0.45, 0.55]);
    expect(place).toEqual({ x: 0.55, y: 0.5 });
  });

  test('statistics that were measured join the step that made the glaze', async () => {
    await glazeWith(/The Scream/);
    const { id } = await glaze();
    const statistics = 'c'.repeat(64);
    opened.studio.emit({ kind: 'glaze.measured', document: 'document-1', layer: id, statistics, drift: false });
    await expect.poll(() => opened.studio.callsOf('documents.amend').length).toBe(1);
    expect((await glaze()).statistics).toBe(statistics);
    expect(opened.studio.callsOf('documents.commit')).toHaveLength(1);
  });

  test('says what went wrong with a remedy, and tries again', async () => {
    await glazeWith(/The Scream/);
    const { id } = await glaze();
    opened.studio.emit({ kind: 'glaze.failed', document: 'document-1', layer: id, fault: { code: 'session.out-of-memory', details: { provider: 'cpu' } } });
    const alert = opened.page.getByRole('alert').filter({ hasText: 'The memory of cpu is exhausted.' });
    await alert.waitFor();
    await opened.page.getByRole('treeitem', { name: /^Photograph,/ }).locator('.name').click();
    const badge = opened.page.getByRole('status').filter({ hasText: /^Shown without the glaze “.*”: The memory of cpu is exhausted\./ });
    await badge.getByRole('button', { name: 'Try again' }).waitFor();
    await opened.page.getByRole('treeitem').first().locator('.name').click();
    opened.studio.answers['glaze.measure'] = () => ({ statistics: 'd'.repeat(64) });
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => opened.studio.callsOf('glaze.measure')).toEqual([{ document: 'document-1', layer: id }]);
  });

  test('everything has a name', async () => {
    await glazeWith(/The Scream/);
    await choose(/Great Wave/, 'Add to the mix');
    await opened.page.getByRole('slider', { name: 'Mix of the styles' }).waitFor();
    const unnamed = await opened.page.locator('.glaze, .gallery').locator('button, input, select, [role=slider]').evaluateAll((controls) =>
      controls.filter((control) => !control.getAttribute('aria-label') && !control.textContent?.trim() && !(control as HTMLInputElement).labels?.length && !control.getAttribute('title')).map((control) => control.outerHTML),
    );
    expect(unnamed).toEqual([]);
  });
});

test('nothing complained', () => expect(opened.complaints).toEqual([]));

describe('a glaze of many styles', () => {
  const styles = ['scream', 'wave', 'kitchen', 'a', 'b'].map((style) => ({ style, weight: 1 }));
  const settings = { styles, strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 1 };
  const mixed = { id: 'glaze', name: 'Mixed', kind: 'glaze', visible: true, locked: false, opacity: 1, blend: 'normal', clip: false, settings, statisticsLocked: false } as unknown as Layer;

  test('says where its pad has gone, and has it again with four', async () => {
    const { page, studio } = opened;
    const sample = studio.answers['documents.sample'];
    onTestFinished(() => void (studio.answers['documents.sample'] = sample));
    studio.answers['documents.sample'] = () => openedDocument({ layers: { glaze: mixed }, children: ['paint', 'glaze'] });
    await page.reload();
    await opened.openDocument();
    const note = page.getByText('The pad mixes up to 4 styles.');
    await note.waitFor();
    expect(await page.getByLabel('Mix of the styles').count()).toBe(0);
    await page.screenshot({ path: `${process.env['VELATURA_SCREENS'] ?? '.work/screens'}/no-pad.png` });
    await page.getByRole('button', { name: 'Take b out of the mix' }).click();
    await page.getByLabel('Mix of the styles').first().waitFor();
    expect(await note.count()).toBe(0);
  });
});

test('the style brush is offered nothing of a glaze with paint in hand, and says why', async () => {
  const { page } = opened;
  await page.keyboard.press('s');
  const what = page.getByRole('combobox', { name: 'What is brushed' });
  expect([await what.isDisabled(), await what.locator('option').allInnerTexts(), await what.getAttribute('title')]).toEqual([true, ['No glaze in hand'], 'The style brush paints on a glaze: choose one in the layers panel.']);
  expect(await page.getByRole('button', { name: 'In', exact: true }).isDisabled()).toBe(true);
  await page.screenshot({ path: `${process.env['VELATURA_SCREENS'] ?? '.work/screens'}/no-glaze.png` });
  await glazeWith(/The Scream/);
  await expect.poll(() => what.isEnabled()).toBe(true);
  expect(await what.locator('option').allInnerTexts()).toEqual(['The whole glaze', 'The Scream']);
});

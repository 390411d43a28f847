// Tab through the window, its workspaces and dialogs: in reading order, everything seen, named and marked, nothing a trap; dialogs keep the focus and give it back.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Layer } from '../../../src-main/contract/document.ts';
import { focusNothing, walkFocus, type FocusStop } from '../../support/focus-walk.ts';
import { openedDocument } from '../../support/scripted-gallery.ts';
import { openScriptedPage, type ScriptedPage } from '../../support/scripted-page.ts';

const settings = { styles: [{ style: 'scream', weight: 1 }], strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 1 };
const glaze = { id: 'glaze', name: 'The Scream', kind: 'glaze', visible: true, locked: false, opacity: 1, blend: 'normal', clip: false, settings, statisticsLocked: false } as unknown as Layer;
let opened: ScriptedPage;

beforeAll(async () => {
  const sample = () => openedDocument({ layers: { glaze }, children: ['paint', 'glaze'] });
  opened = await openScriptedPage({ 'documents.sample': sample, 'documents.create': sample });
  await opened.page.emulateMedia({ reducedMotion: 'reduce' });
});
afterAll(() => opened?.close());

const faultsOf = (stops: readonly FocusStop[]): string[] => stops.flatMap(({ role, name, faults }) => faults.map((fault) => `${role} “${name}” ${fault}`));
const namesOf = (stops: readonly FocusStop[]): string[] => stops.map(({ name }) => name);
const focused = (): Promise<string> => opened.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? '');

/** From the page's beginning, where nothing has the focus. */
async function walk(): Promise<FocusStop[]> {
  await focusNothing(opened.page);
  const stops = await walkFocus(opened.page);
  return stops;
}

describe('Tab', () => {
  test('walks the start screen', async () => {
    const stops = await walk();
    expect(faultsOf(stops)).toEqual([]);
    expect(namesOf(stops)).toEqual(expect.arrayContaining(['New', 'Teach', 'No jobs']));
  });

  test('walks the workspace Paint with a layer and with a glaze in hand', async () => {
    await opened.openDocument();
    for (const layer of [/^Photograph,/, /^The Scream,/]) {
      await opened.page.getByRole('treeitem', { name: layer }).locator('.name').click();
      const stops = await walk();
      expect(faultsOf(stops)).toEqual([]);
      expect(namesOf(stops)).toEqual(expect.arrayContaining(['Brush', 'Search styles', 'Canvas: Evening lake', 'No jobs']));
    }
  });

  test.each([['Compare', 'Split'], ['Teach', 'Choose paintings …']])('walks the workspace %s', async (name, own) => {
    await opened.workspace(name);
    const stops = await walk();
    await opened.workspace('Paint');
    expect(faultsOf(stops)).toEqual([]);
    expect(namesOf(stops)).toContain(own);
  });
});

test('the menu of masks opens where a layer can have one', async () => {
  const { page } = opened;
  const isDisabled = async (): Promise<string | null> => {
    await page.getByRole('menuitem', { name: 'Layer', exact: true }).click();
    const state = await page.getByRole('menuitem', { name: 'Mask', exact: true }).getAttribute('aria-disabled');
    await page.keyboard.press('Escape');
    return state;
  };
  expect(await isDisabled()).not.toBe('true');
  await page.getByRole('button', { name: 'Start screen' }).first().click();
  await page.getByRole('button', { name: 'New', exact: true }).waitFor();
  expect(await isDisabled()).toBe('true');
  await page.getByRole('button', { name: 'Start screen' }).first().click();
});

test('the canvas is marked where keys have led to it, not under the pen', async () => {
  const { page } = opened;
  const surface = page.locator('.surface');
  const mark = (): Promise<string> => surface.evaluate((canvas) => (document.activeElement === canvas ? getComputedStyle(canvas, '::after').outlineStyle : 'not in focus'));
  await page.getByRole('button', { name: 'Pressure changes the opacity' }).focus();
  await page.keyboard.press('Tab');
  expect(await mark()).toBe('solid');
  await surface.click();
  await expect.poll(mark).toBe('none');
  await page.getByRole('textbox', { name: 'Size' }).press('Enter');
  await expect.poll(focused).toBe('Canvas: Evening lake');
  await surface.click();
  await expect.poll(mark).toBe('none');
});

describe('a dialog', () => {
  const dialogs = [
    ['New …', 'New document'], ['Export …', 'Export'], ['Settings …', 'Settings'], ['Keyboard shortcuts', 'Keyboard shortcuts'],
    ['About Velatura', 'Velatura'], ['Rename the document …', 'Rename the document …'], ['Snapshot of this state …', ''],
  ] as const;

  test.each(dialogs)('%s keeps the focus and gives it back', async (command, title) => {
    const { page } = opened;
    const opener = page.getByRole('button', { name: 'Find a command' });
    await opener.focus();
    const before = await focused();
    await page.keyboard.press('Enter');
    await page.getByRole('combobox').fill(command);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: title });
    await dialog.waitFor();
    await page.getByRole('combobox', { name: /command/i }).waitFor({ state: 'detached' });
    await expect.poll(() => dialog.evaluate((pane) => pane.contains(document.activeElement))).toBe(true);
    await dialog.focus(); // Before the first of its stops.
    const stops = await walkFocus(page, dialog);
    expect(faultsOf(stops)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(focused).toBe(before);
  });
});

test('a new document has the keyboard, whose opener is gone', async () => {
  const { page } = opened;
  await page.reload();
  await page.getByRole('button', { name: 'New', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Name' }).press('Enter');
  await expect.poll(focused).toBe('Canvas: Evening lake');
});

test('nothing complained', () => expect(opened.complaints).toEqual([]));

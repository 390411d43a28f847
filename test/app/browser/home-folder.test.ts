// The artist's folder chosen in the settings: refused with a sentence, copied, in force when the studio is started again, missed when it is gone.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallPainting } from '../../support/sample-picture.ts';
import { openStudio, shootFailures, type StudioDriver } from '../../support/studio-driver.ts';

const root = mkdtempSync(join(tmpdir(), 'velatura-home-'));
const chosen = join(root, 'disk', 'art');
let studio: StudioDriver;
let dialog: Locator;
let standard: string;

beforeAll(async () => {
  studio = await openStudio({ home: root, inStandardFolder: true });
  dialog = studio.page.getByRole('dialog', { name: 'Settings' });
});

afterAll(async () => {
  await studio?.close();
  rmSync(root, { recursive: true, force: true });
});
shootFailures(() => studio);

async function openSettings(): Promise<void> {
  await studio.page.keyboard.press('Control+,');
  await dialog.waitFor();
}

async function check(path: string): Promise<void> {
  await dialog.getByRole('textbox', { name: 'Another folder, its whole path' }).fill(path);
  await dialog.getByRole('button', { name: 'Check', exact: true }).click();
}

test('says where it is, and why a folder cannot be taken', async () => {
  await studio.openPicture('kept.png', await smallPainting(160, 120));
  await studio.saved();
  await openSettings();
  standard = (await dialog.locator('code').first().textContent()) ?? '';
  expect(standard.startsWith(root)).toBe(true);
  await check('paintings');
  await dialog.getByText('“paintings” is no whole path.').waitFor();
  await check(join(standard, 'inner'));
  await dialog.getByText('lies inside your present folder').waitFor();
  await check(tmpdir());
  await dialog.getByText('holds other things').waitFor();
});

test('copies everything there, and says to start again', async () => {
  await check(chosen);
  await dialog.getByText(`${chosen} can be used, and is empty.`).waitFor();
  expect(existsSync(chosen)).toBe(false);
  await dialog.getByRole('button', { name: 'Copy everything there' }).click();
  await dialog.getByText(`From the next start on: ${chosen}`).waitFor();
  await dialog.getByText('End the studio with Ctrl-C').waitFor();
  await studio.shoot('home-moved');
  const kept = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  // Pixels that nothing names, of a picture of a state that came too late, may lie in the old folder.
  const known = kept(standard).filter((path) => !/^work|lock$|^home\.json$|\Wassets\W/.test(path));
  expect(known.some((path) => path.endsWith('base.json'))).toBe(true);
  expect(kept(chosen).filter((path) => path !== 'velatura.json' && !/\Wassets\W/.test(path)).sort()).toEqual(known.sort());
  expect(kept(chosen).filter((path) => /\Wassets\W/.test(path)).length).toBeGreaterThan(1);
});

test('opens there when it is started again, the document with it, and the page goes on by itself', async () => {
  await studio.host.stop();
  await studio.host.start();
  await studio.page.locator('[data-state=engine].answering').waitFor();
  await expect.poll(() => dialog.locator('code').first().textContent()).toBe(chosen);
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await studio.page.getByRole('treeitem', { name: /^kept,/ }).waitFor();
  const wire = await studio.wire();
  expect(await wire.ask('home.read')).toEqual({ folder: chosen, from: 'chosen' });
  expect(await wire.ask('documents.list')).toMatchObject([{ name: 'kept' }]);
});

test('does not start in an empty folder instead where that one is gone', async () => {
  await studio.host.stop();
  renameSync(chosen, `${chosen}-unplugged`);
  mkdirSync(chosen);
  await expect(studio.host.start()).rejects.toThrow(`Your folder ${chosen} is not there`);
  expect(readdirSync(chosen)).toEqual([]);
  rmSync(chosen, { recursive: true });
  renameSync(`${chosen}-unplugged`, chosen);
  await studio.host.start();
  expect(await (await studio.wire()).ask('home.read')).toEqual({ folder: chosen, from: 'chosen' });
});

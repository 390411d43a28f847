// A style is duplicated from its menu, over a scripted host: the copy bears the title that is seen, a name nobody has, and is told of.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { galleryStyle } from '../../support/scripted-gallery.ts';
import { openScriptedPage, scriptedStyles, type ScriptedPage } from '../../support/scripted-page.ts';

let opened: ScriptedPage;
beforeAll(async () => {
  opened = await openScriptedPage({ 'styles.saveMix': ({ name }) => ({ name }) });
  await opened.openDocument();
});
afterAll(() => opened?.close());

async function duplicate(title: RegExp): Promise<void> {
  const { page } = opened;
  await page.locator('[data-style-card]').and(page.getByRole('button', { name: title })).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Duplicate', exact: true }).click();
}

const told = (words: string) => opened.page.getByRole('region', { name: 'Notices' }).getByText(words).waitFor();

test('a copy of a shipped style is called by its title, and the next has a number', async () => {
  const { studio } = opened;
  await duplicate(/^The Scream, Edvard/);
  await told('“The Scream copy” is in the gallery now.');
  studio.answers['styles.list'] = () => [...scriptedStyles, galleryStyle('The Scream copy', { origin: 'own', thumbnail: 'picture-1' })];
  studio.emit({ kind: 'styles.changed' });
  await opened.page.locator('[data-style-card]').and(opened.page.getByRole('button', { name: /^The Scream copy/ })).waitFor();
  await duplicate(/^The Scream, Edvard/);
  await told('“The Scream copy 2” is in the gallery now.');
  expect(studio.callsOf('styles.saveMix').map(({ name, settings }) => [name, settings.styles[0]?.style])).toEqual([['The Scream copy', 'scream'], ['The Scream copy 2', 'scream']]);
  expect(opened.complaints).toEqual([]);
});

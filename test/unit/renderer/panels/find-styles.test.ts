// Looking for styles.
import { expect, test } from 'vitest';
import type { StyleCard } from '../../../../src-main/contract/style-card.ts';
import { findStyles, foldersOf, tagCounts, type StyleQuery } from '../../../../src-renderer/panels/gallery/find-styles.ts';
import { galleryStyle } from '../../../support/scripted-gallery.ts';

const card = (en: string, zh: string, painter: string, tags: string[], match: number): StyleCard => ({
  title: { en, 'zh-CN': zh },
  painter: { en: painter, 'zh-CN': painter },
  painterDied: 1900,
  year: '1890',
  heldAt: { en: 'Oslo', 'zh-CN': '奥斯陆' },
  medium: { en: 'oil', 'zh-CN': '油画' },
  tags,
  source: '',
  sale: { en: '', 'zh-CN': '' },
  meters: { styleMatch: { value: match, judge: 'x' } },
});
const scream = galleryStyle('munch-scream', { card: card('The Scream', '呐喊', 'Edvard Munch', ['expressionism', 'oil'], 0.9) });
const wave = galleryStyle('wave', { card: { ...card('Great Wave', '神奈川冲浪里', 'Hokusai', ['woodcut'], 1.3), year: 'c. 1831', yearWords: { en: 'c. 1831', 'zh-CN': '约1831年' } }, favourite: true });
const apples = galleryStyle('apples', { card: card('Apples', '苹果', 'Paul Cézanne', ['oil', 'still-life'], 1.1) });
const mine = galleryStyle('Kitchen', { origin: 'own', folder: 'Family', tags: ['warm'], createdAt: '2026-05-01T00:00:00.000Z' });
const all = [scream, wave, apples, mine];

const find = (query: Partial<StyleQuery>): string[] => findStyles(all, { words: '', tags: [], shelf: 'all', order: 'title', language: 'en', ...query }).map(({ name }) => name);

test.each([
  ['scream', ['munch-scream']],
  ['呐喊', ['munch-scream']],
  ['cezanne', ['apples']],
  ['oil munch', ['munch-scream']],
  ['约1831', ['wave']],
  ['c. 1831', ['wave']],
  ['warm', ['Kitchen']],
  ['family', ['Kitchen']],
  ['nothing of this', []],
])('the words “%s” find %j', (words, names) => expect(find({ words })).toEqual(names));

test('favourites come first, then the order that is wished for', () => {
  expect(find({})).toEqual(['wave', 'apples', 'Kitchen', 'munch-scream']);
  expect(find({ order: 'match' })).toEqual(['wave', 'munch-scream', 'apples', 'Kitchen']);
  expect(find({ order: 'newest' })).toEqual(['wave', 'Kitchen', 'apples', 'munch-scream']);
  expect(find({ order: 'painter' })).toEqual(['wave', 'munch-scream', 'apples', 'Kitchen']);
});

test('shelves and tags narrow what is shown', () => {
  expect(find({ shelf: 'favourites' })).toEqual(['wave']);
  expect(find({ shelf: 'own' })).toEqual(['Kitchen']);
  expect(find({ shelf: { folder: 'Family' } })).toEqual(['Kitchen']);
  expect(find({ tags: ['oil', 'still-life'] })).toEqual(['apples']);
});

test('tags are counted and folders are listed', () => {
  expect(tagCounts(all)[0]).toEqual(['oil', 2]);
  expect(foldersOf(all)).toEqual(['Family']);
});

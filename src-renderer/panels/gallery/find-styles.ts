// Which styles of the gallery are shown, and in what order.
import type { GalleryStyle } from '../../../src-main/contract/studio-records.ts';
import type { Language } from '../../locales/words.ts';
import { painterOf, tagsOf, titleOf } from './style-words.ts';

export const styleOrders = ['title', 'painter', 'newest', 'match'] as const;
export type StyleOrder = (typeof styleOrders)[number];

/** `shelf`: all, favourites, the artist's own, or a folder. */
export type Shelf = 'all' | 'favourites' | 'own' | { readonly folder: string };

export interface StyleQuery {
  /** Words that must all be found. */
  readonly words: string;
  /** All of these. */
  readonly tags: readonly string[];
  readonly shelf: Shelf;
  readonly order: StyleOrder;
  readonly language: Language;
}

/** Styles that fit the query; words are looked for in the names of both languages, painters, tags and holders. */
export function findStyles(styles: readonly GalleryStyle[], query: StyleQuery): GalleryStyle[] {
  const words = plain(query.words).split(/\s+/).filter(Boolean);
  return styles
    .filter((style) => isOnShelf(style, query.shelf))
    .filter((style) => query.tags.every((tag) => tagsOf(style).includes(tag)))
    .filter((style) => {
      const text = plain(textOf(style));
      return words.every((word) => text.includes(word));
    })
    .sort(comparing(query));
}

/** Tags of some styles with how many bear them, the most frequent first. */
export function tagCounts(styles: readonly GalleryStyle[]): [tag: string, count: number][] {
  const counts = new Map<string, number>();
  for (const tag of styles.flatMap(tagsOf)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
}

/** Folders in use, by name. */
export function foldersOf(styles: readonly GalleryStyle[]): string[] {
  return [...new Set(styles.flatMap(({ folder }) => (folder ? [folder] : [])))].sort((a, b) => a.localeCompare(b));
}

function isOnShelf(style: GalleryStyle, shelf: Shelf): boolean {
  if (shelf === 'all') return true;
  if (shelf === 'favourites') return style.favourite;
  if (shelf === 'own') return style.origin === 'own';
  return style.folder === shelf.folder;
}

function textOf(style: GalleryStyle): string {
  const { card } = style;
  const worded = card ? [card.title, card.painter, card.heldAt, card.medium].flatMap((words) => Object.values(words)) : [];
  const years = card ? [card.year, ...Object.values(card.yearWords ?? {})] : [];
  return [style.name, style.folder ?? '', ...years, ...worded, ...tagsOf(style)].join(' ');
}

/** Without accents and case: “cezanne” finds Cézanne. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function comparing({ order, language }: StyleQuery): (a: GalleryStyle, b: GalleryStyle) => number {
  const byTitle = (a: GalleryStyle, b: GalleryStyle): number => titleOf(a, language).localeCompare(titleOf(b, language), language);
  const orders: Readonly<Record<StyleOrder, (a: GalleryStyle, b: GalleryStyle) => number>> = {
    title: byTitle,
    painter: (a, b) => lastIfEmpty(painterOf(a, language), painterOf(b, language), language) || byTitle(a, b),
    newest: (a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? '') || byTitle(a, b),
    match: (a, b) => (a.card?.meters?.styleMatch?.value ?? Infinity) - (b.card?.meters?.styleMatch?.value ?? Infinity) || byTitle(a, b),
  };
  return (a, b) => Number(b.favourite) - Number(a.favourite) || orders[order](a, b) || 0;
}

function lastIfEmpty(a: string, b: string, language: Language): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  return a.localeCompare(b, language);
}

// How a style is found by what somebody calls it: its name, its titles, its file's name, its id.
import { basename } from 'node:path';
import type { PresetRecord } from '../../contract/style.ts';
import { presetEnding } from './preset-file.ts';
import { nearestFirst } from './style-name.ts';

/** One style of the library. */
export interface LibraryStyle {
  /** Name to call it by; an older version's is NAME@ID. */
  readonly name: string;
  readonly path: string;
  readonly record: PresetRecord;
  readonly shipped: boolean;
}

export const shortIdLength = 12;
const shortestIdAsked = 8;

/** Ever looser readings of a name: as written, in any case, without accents. */
const readings: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.normalize('NFC').toLowerCase(),
  (name) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase(),
];

/** Every name a style answers to; a shipped one's titles and its file's name are names too. */
export function namesOf({ name, path, record, shipped }: LibraryStyle): string[] {
  if (!shipped) return [name];
  return [...new Set([name, basename(path, presetEnding), ...Object.values(record.card?.title ?? {})])];
}

/** The style meant by a name or an id. The artist's own go before shipped ones, nearer readings before looser, names before ids. */
export function styleCalled(asked: string, own: readonly LibraryStyle[], shipped: readonly LibraryStyle[]): LibraryStyle | undefined {
  return namedIn(asked, own) ?? namedIn(asked, shipped) ?? byId(asked, [...own, ...shipped]);
}

/** What to call the style by that an own one of the same name stands before. */
export function otherNameOf(style: LibraryStyle, own: readonly LibraryStyle[]): string {
  return namesOf(style).find((name) => namedIn(name, own) === undefined) ?? style.record.id.slice(0, shortIdLength);
}

/** The names nearest to one that nobody has, at most one of each style. */
export function namesNear(asked: string, styles: readonly LibraryStyle[], most: number): string[] {
  const nearest = styles.flatMap((style) => nearestFirst(asked, namesOf(style)).slice(0, 1));
  return nearestFirst(asked, nearest).slice(0, most);
}

/** A reading that fits several styles means none of them. */
function namedIn(asked: string, styles: readonly LibraryStyle[]): LibraryStyle | undefined {
  for (const read of readings) {
    const [found, ...others] = styles.filter((style) => namesOf(style).some((name) => read(name) === read(asked)));
    if (found && others.length === 0) return found;
  }
  return undefined;
}

function byId(asked: string, styles: readonly LibraryStyle[]): LibraryStyle | undefined {
  const wanted = asked.toLowerCase();
  return wanted.length < shortestIdAsked ? undefined : styles.find(({ record }) => record.id.startsWith(wanted));
}

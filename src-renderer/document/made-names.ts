// The one rule of names that the program made: they are shown in the language of the page, and a glaze's follows its style.
// A name is one of them when it is what the program would have called it in any language; what the artist typed otherwise stays.
import type { GlazeStyle } from '../../src-main/contract/document.ts';
import { madeNames } from '../../src-main/contract/made-names.ts';
import type { GalleryStyle } from '../../src-main/contract/studio-records.ts';
import { titleOf } from '../panels/gallery/style-words.ts';
import { languages, type Language } from '../locales/words.ts';

type ShownName = (name: string) => string;

/** Of layers that can be many: the second is told from the first by a number. */
type NumberedName = 'paint' | 'fill' | 'group' | 'text' | 'glaze' | 'picture';

const plainNames = ['untitled', 'sample', 'background', 'firstLayer', 'picture', 'glaze', 'paint', 'fill', 'group', 'text'] as const;

/** A name with the number that tells it from earlier ones. */
const numbered = /^(.+) ([2-9]|[1-9]\d{1,5})$/;
const plain: ReadonlySet<string> = new Set(languages.flatMap((one) => plainNames.map((key) => madeNames[one][key])));

/** What a name is called in a language; the artist's own comes back as it is. */
export function shownNames(language: Language, styles: Iterable<GalleryStyle>): ShownName {
  const known = new Map<string, string>();
  for (const style of styles) for (const one of languages) known.set(titleOf(style, one), titleOf(style, language));
  for (const one of languages) for (const key of plainNames) known.set(madeNames[one][key], madeNames[language][key]);
  const shown: ShownName = (name) => {
    const original = copiedName(name);
    if (original !== undefined) return madeNames[language].copy.replace('{name}', () => shown(original));
    const [, base = '', number = ''] = numbered.exec(name) ?? [];
    return known.get(name) ?? (plain.has(base) ? `${known.get(base)} ${number}` : name);
  };
  return shown;
}

/** What the program calls one more layer: "Paint", then "Paint 2", one more than the highest number that a name bears in any language. */
export function nextName(key: NumberedName, language: Language, names: Iterable<string>): string {
  const shown = shownNames(language, []);
  const base = madeNames[language][key];
  let highest = 0;
  for (const name of names) {
    const one = shown(name);
    const [, before, number] = numbered.exec(one) ?? [];
    if (one === base) highest = Math.max(highest, 1);
    else if (before === base) highest = Math.max(highest, Number(number));
  }
  return highest === 0 ? base : `${base} ${highest + 1}`;
}

/** What a glaze is called when its styles change; undefined where its name stays. */
export function glazeNameFor(name: string, before: readonly GlazeStyle[], after: readonly GlazeStyle[], byName: ReadonlyMap<string, GalleryStyle>, language: Language): string | undefined {
  const title = (style: string, one: Language): string => {
    const known = byName.get(style);
    return known ? titleOf(known, one) : style;
  };
  const namesake = before.find(({ style }) => languages.some((one) => title(style, one) === name));
  const next = after[0];
  if (!namesake || !next || after.some(({ style }) => style === namesake.style)) return undefined;
  return title(next.style, language);
}

/** Of what a layer is a copy by its name. */
function copiedName(name: string): string | undefined {
  for (const language of languages) {
    const [start = '', end = ''] = madeNames[language].copy.split('{name}');
    if (name.length > start.length + end.length && name.startsWith(start) && name.endsWith(end)) return name.slice(start.length, name.length - end.length);
  }
  return undefined;
}

// Finds the font for every character: the chosen family first, then those that ship, then any of the system that has it.
import { join } from 'node:path';
import type { Note } from '../../contract/note.ts';
import { bundledFonts } from './bundled-fonts.ts';
import { faceKey, isWithin, nearestFaces, type CharacterRanges, type FontFace, type FontFamily } from './font-face.ts';
import { coverageOf } from './font-file.ts';
import type { OpenFont, Shaper } from './shaper.ts';
import { systemFontFolders, type FontScan } from './system-fonts.ts';

export interface FontWish {
  readonly font: string;
  readonly weight: number;
  readonly italic: boolean;
  readonly sizePx: number;
}

/** The fonts of one text. */
export interface TextFonts {
  /** A font that has all characters of a cluster, else the chosen family's first. Throws font.unusable | disk.*. */
  fontFor(cluster: string): Promise<OpenFont>;
  /** What had to be replaced, once all clusters are found. */
  notes(): readonly Note[];
}

export interface FontBook {
  /** Those that ship, then the artist's own, then the system's. */
  list(home: string): Promise<readonly FontFamily[]>;
  fontsOf(wish: FontWish, home: string): Promise<TextFonts>;
}

/** Folder of the artist's own font files. */
export const ownFontsFolder = (home: string): string => join(home, 'fonts');

const standard = 'Inter';
/** Characters that are shown as pictures. */
const picture = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\u20e3/u;
/** Signs that are missing are named in a note; the first of them. */
const mostNamed = 8;

export function createFontBook(shaper: Shaper, scan: Pick<FontScan, 'families'>): FontBook {
  let bundled: Promise<readonly FontFamily[]> | undefined;
  const coverages = new Map<string, Promise<CharacterRanges>>();
  const shipped = (): Promise<readonly FontFamily[]> => (bundled ??= bundledFonts());
  const own = (home: string): Promise<readonly FontFamily[]> => scan.families([ownFontsFolder(home)], 'own');
  const ofSystem = (): Promise<readonly FontFamily[]> => scan.families(systemFontFolders(process.env, process.platform), 'system');

  const list: FontBook['list'] = async (home) => {
    const all = (await Promise.all([shipped(), own(home), ofSystem()])).flat();
    return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
  };

  async function familyOf(name: string, sources: readonly (() => Promise<readonly FontFamily[]>)[]): Promise<FontFamily | undefined> {
    for (const families of sources) {
      const found = (await families()).find((family) => family.name === name);
      if (found) return found;
    }
    return undefined;
  }

  function coverage(face: FontFace): Promise<CharacterRanges> {
    if (face.ranges) return Promise.resolve(face.ranges);
    const key = faceKey(face);
    const known = coverages.get(key) ?? coverageOf(face.path, face.index).then((found) => [...found].sort(([a], [b]) => a - b), () => []);
    coverages.set(key, known);
    return known;
  }

  return {
    list,
    async fontsOf(wish, home) {
      const families = await shipped();
      let scanned: Promise<readonly FontFamily[]> | undefined;
      /** Its folders are searched once for a text, however many signs need them. */
      const systemOnce = (): Promise<readonly FontFamily[]> => (scanned ??= ofSystem());
      let found: Promise<readonly FontFamily[]> | undefined;
      const ownOnce = (): Promise<readonly FontFamily[]> => (found ??= own(home));
      const chosen = await familyOf(wish.font, [shipped, ownOnce, systemOnce]);
      const first = chosen ?? families[0]!;
      const others = families.filter((family) => family !== first).sort((a, b) => Number(b.name === standard) - Number(a.name === standard));
      const missing = new Set<string>();
      const byCluster = new Map<string, Promise<OpenFont>>();
      const byFace = new Map<FontFace, Promise<OpenFont>>();
      /** One for all signs: those of one font are shaped together. */
      const opened = (face: FontFace): Promise<OpenFont> => {
        const font = byFace.get(face) ?? shaper.open(face, wish.weight, wish.sizePx);
        byFace.set(face, font);
        return font;
      };

      async function within(family: FontFamily, characters: readonly number[]): Promise<OpenFont | undefined> {
        for (const face of nearestFaces(family, wish.weight, wish.italic)) {
          const ranges = await coverage(face);
          if (!characters.every((character) => isWithin(ranges, character))) continue;
          const font = await opened(face);
          if (characters.every((character) => font.has(character))) return font;
        }
        return undefined;
      }

      async function find(cluster: string): Promise<OpenFont> {
        const characters = [...cluster].map((character) => character.codePointAt(0)!).filter((character) => !isInvisible(character));
        // Pictures come in colours where a font has them; what the artist has chosen goes first.
        const coloured = picture.test(cluster) ? [...(await ownOnce()), ...(await systemOnce())].filter(({ faces }) => faces.some(({ hasColours }) => hasColours)) : [];
        for (const family of [first, ...coloured, ...others]) {
          const font = await within(family, characters);
          if (font) return font;
        }
        for (const family of await systemOnce()) {
          const font = await within(family, characters).catch(() => undefined); // One of many: the next may be readable.
          if (font) return font;
        }
        missing.add(cluster);
        return opened(nearestFaces(first, wish.weight, wish.italic)[0]!);
      }

      return {
        fontFor(cluster) {
          const found = byCluster.get(cluster) ?? find(cluster);
          byCluster.set(cluster, found);
          return found;
        },
        notes: () => {
          const notes: Note[] = chosen ? [] : [{ key: 'text.font-missing', details: { font: wish.font, used: first.name } }];
          if (missing.size > 0) notes.push({ key: 'text.signs-missing', details: { signs: [...missing].slice(0, mostNamed).join(' '), count: missing.size } });
          return notes;
        },
      };
    },
  };
}

/** Joiners, marks of direction and variation selectors: no font needs a sign for them. */
function isInvisible(character: number): boolean {
  return (character >= 0x200b && character <= 0x200f) || (character >= 0x202a && character <= 0x202e) || (character >= 0x2060 && character <= 0x2069) || (character >= 0xfe00 && character <= 0xfe0f) || character === 0xfeff || character === 0xad;
}

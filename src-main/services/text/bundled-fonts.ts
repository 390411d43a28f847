// The fonts that ship with the program, cut into files by characters: beside the build, or in their packages when run from the sources.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programFolder } from '../node-platform.ts';
import type { CharacterRanges, FontFace, FontFamily } from './font-face.ts';

/** Family names by the package that holds them; the build copies what is read here to out/main/fonts. */
export const bundledFamilies = [
  { name: 'Inter', package: 'inter', styles: ['normal', 'italic'] },
  { name: 'Noto Sans SC', package: 'noto-sans-sc', styles: ['normal'] },
] as const;

/** Throws the disk's error where the program is damaged. */
export async function bundledFonts(): Promise<FontFamily[]> {
  return Promise.all(
    bundledFamilies.map(async ({ name, package: folder, styles }): Promise<FontFamily> => {
      const path = join(fontsFolder(), folder);
      const subsets = JSON.parse(await readFile(join(path, 'unicode.json'), 'utf8')) as Readonly<Record<string, string>>;
      const faces = styles.flatMap((style) =>
        Object.entries(subsets).map(([subset, ranges]): FontFace => ({
          path: join(path, 'files', `${folder}-${subset.replace(/[[\]]/g, '')}-wght-${style}.woff2`),
          index: 0,
          weights: [100, 900],
          italic: style === 'italic',
          ranges: rangesOf(ranges),
        })),
      );
      return { name, origin: 'bundled', faces };
    }),
  );
}

function fontsFolder(): string {
  const isSource = fileURLToPath(import.meta.url).endsWith('.ts');
  return isSource ? join(programFolder(), 'node_modules', '@fontsource-variable') : join(programFolder(), 'out', 'main', 'fonts');
}

/** "U+41-5A,U+61", as style sheets write it. */
function rangesOf(words: string): CharacterRanges {
  const ranges = words.split(',').map((range): readonly [number, number] => {
    const [first = '', last = first] = range.trim().replace(/^U\+/i, '').split('-');
    return [parseInt(first, 16), parseInt(last, 16)];
  });
  return ranges.sort(([a], [b]) => a - b);
}

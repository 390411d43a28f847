// Copies the fonts that ship beside the built program, in the folders their packages have.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { bundledFamilies } from '../src-main/services/text/bundled-fonts.ts';

export function bundledFonts(root: string): Plugin {
  return {
    name: 'velatura-fonts',
    apply: 'build',
    generateBundle() {
      for (const { package: name, styles } of bundledFamilies) {
        const folder = join(root, 'node_modules', '@fontsource-variable', name);
        const subsets = Object.keys(JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as object);
        const files = styles.flatMap((style) => subsets.map((subset) => `files/${name}-${subset.replace(/[[\]]/g, '')}-wght-${style}.woff2`));
        for (const file of ['unicode.json', ...files]) this.emitFile({ type: 'asset', fileName: `fonts/${name}/${file}`, source: readFileSync(join(folder, file)) });
      }
    },
  };
}

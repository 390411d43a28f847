// What the engine process answers of text: which fonts there are, whether a file is one, and text as pixels.
import type { EngineAnswer, EngineParams } from '../../contract/engine-api.ts';
import type { TileWatch } from '../documents/write-tiles.ts';
import { createFontBook, ownFontsFolder } from './font-book.ts';
import { cardOf } from './font-face.ts';
import { factsOf } from './font-file.ts';
import { renderText } from './render-text.ts';
import { createShaper } from './shaper.ts';
import { createFontScan } from './system-fonts.ts';
import { layoutText } from './text-layout.ts';

export type TextMethod = 'text.fonts' | 'text.inspect' | 'text.ownFiles' | 'text.render';
export type TextAnswers = { readonly [M in TextMethod]: (params: EngineParams<M>, work?: TileWatch) => Promise<EngineAnswer<M>> };

export function textEngine(log: (message: string) => void): TextAnswers {
  const scan = createFontScan(log);
  const book = createFontBook(createShaper(), scan);
  return {
    'text.fonts': async ({ home }) => (await book.list(home)).map(cardOf),
    'text.inspect': async ({ path }) => ({ families: [...new Set((await factsOf(path)).map(({ family }) => family))] }),
    'text.ownFiles': async ({ home, font }) => {
      const found = [...(await scan.files(ownFontsFolder(home)))].filter(([, families]) => families.includes(font));
      return { files: found.map(([path]) => path), families: [...new Set(found.flatMap(([, families]) => families))] };
    },
    'text.render': async ({ settings, home, canvas, depth, assets }, work = {}) => {
      const { font, weight = 400, italic = false, sizePx } = settings;
      const fonts = await book.fontsOf({ font, weight, italic, sizePx }, home);
      const layout = await layoutText(settings, fonts, work.signal);
      const pixels = await renderText(settings, layout, { canvas, depth, assets }, work);
      return { pixels, box: layout.box, notes: fonts.notes() };
    },
  };
}

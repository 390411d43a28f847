// How fonts are found: what is asked of the disk for one text.
import { expect, it } from 'vitest';
import { createFontBook } from '../../../../src-main/services/text/font-book.ts';
import { createShaper } from '../../../../src-main/services/text/shaper.ts';

it('a text with many signs that no font has searches the system’s folders once', async () => {
  const searched: string[] = [];
  const families = async (_: readonly string[], origin: 'system' | 'own') => {
    searched.push(origin);
    return [];
  };
  const book = createFontBook(createShaper(), { families });
  const fonts = await book.fontsOf({ font: 'Nowhere', weight: 400, italic: false, sizePx: 24 }, '/nowhere');
  for (const sign of ['\u{10FFFC}', '\u{10FFFD}', 'a']) await fonts.fontFor(sign);
  expect(searched.filter((origin) => origin === 'system')).toHaveLength(1);
  expect(fonts.notes()).toMatchObject([{ key: 'text.font-missing' }, { key: 'text.signs-missing', details: { count: 2 } }]);
});

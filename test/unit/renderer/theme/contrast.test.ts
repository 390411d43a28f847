// Words can be read in both themes: every colour of words against every ground it stands on, by WCAG 2.2 (1.4.3).
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const least = 4.5;
const panels = ['ground', 'surface', 'raised', 'field', 'hover', 'selected'];
/** Colour of the words: what they stand on. */
const words: Readonly<Record<string, readonly string[]>> = {
  'text': [...panels, 'pasteboard'],
  'quiet': [...panels, 'pasteboard'],
  'faint': panels,
  'accent': ['surface', 'raised', 'field', 'hover', 'selected'],
  'good': ['surface', 'raised'],
  'bad': ['surface', 'raised'],
  'on-accent': ['accent'],
};

const css = readFileSync(resolve(import.meta.dirname, '../../../../src-renderer/theme/theme.css'), 'utf8');

function coloursOf(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? '';
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));
}

/** Relative luminance, 0..1, of #rrggbb. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

test.each([':root', ":root[data-theme='light']"])('words stand out from what is beneath them in %s', (selector) => {
  const colours = { ...coloursOf(':root'), ...coloursOf(selector) };
  const weak = Object.entries(words).flatMap(([word, grounds]) =>
    grounds.map((ground) => ({ pair: `${word} on ${ground}`, ratio: contrast(colours[word] ?? '', colours[ground] ?? '') })).filter(({ ratio }) => !(ratio >= least)),
  );
  expect(weak).toEqual([]);
});

// Letters as lines of our own: capitals and digits on a grid 4 wide and 6 high, origin at the top left.

/** Polylines as runs of two digits (column, row); an open curve is a run of its own. */
const glyphs: Readonly<Record<string, string>> = {
  A: '06 20 46|14 34', B: '00 06 36 45 44 33 03|00 30 41 42 33', C: '41 30 10 01 05 16 36 45', D: '00 06 26 44 42 20 00', E: '40 00 06 46|03 33',
  F: '40 00 06|03 33', G: '41 30 10 01 05 16 36 45 43 23', H: '00 06|40 46|03 43', I: '20 26|10 30|16 36', J: '40 45 36 16 05', K: '00 06|40 03 46',
  L: '00 06 46', M: '06 00 23 40 46', N: '06 00 46 40', O: '10 30 41 45 36 16 05 01 10', P: '06 00 30 41 42 33 03', Q: '10 30 41 45 36 16 05 01 10|24 46',
  R: '06 00 30 41 42 33 03|23 46', S: '41 30 10 01 02 13 33 44 45 36 16 05', T: '00 40|20 26', U: '00 05 16 36 45 40', V: '00 26 40', W: '00 16 22 36 40',
  X: '00 46|40 06', Y: '00 23 40|23 26', Z: '00 40 06 46', 0: '10 30 41 45 36 16 05 01 10', 1: '11 20 26|16 36', 2: '01 10 30 41 42 06 46',
  3: '01 10 30 41 42 33 44 45 36 16 05|13 33', 4: '36 30 04 44', 5: '40 00 03 33 44 45 36 16 05', 6: '30 10 01 05 16 36 45 44 33 03', 7: '00 40 16',
  8: '10 30 41 42 33 13 02 01 10|13 04 05 16 36 45 44 33', 9: '43 13 02 01 10 30 41 45 36 16', '&': '46 11 10 20 21 04 05 16 26 44',
};

export type GlyphLine = readonly (readonly [number, number])[];

export const letters: readonly string[] = Object.keys(glyphs);

/** The lines of a letter, in units of its height (0..1 down, 0..⅔ across). */
export function glyphLines(letter: string): readonly GlyphLine[] {
  const runs = glyphs[letter];
  return runs === undefined ? [] : runs.split('|').map((run) => run.split(' ').map((pair) => [Number(pair[0]) / 6, Number(pair[1]) / 6] as const));
}

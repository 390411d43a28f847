// Names of styles as files, and near misses.
import { describe, expect, it } from 'vitest';
import { isFileName, nearestFirst, slugOf } from '../../../../src-main/services/library/style-name.ts';

describe('slugOf', () => {
  it.each([
    ['Starry Night', 'Starry Night'],
    ['梵高 · 星夜', '梵高 · 星夜'],
    ['../../etc/passwd', 'etc-passwd'],
    ['a/b\\c:d*?"<>|@e', 'a-b-c-d-e'],
    ['..', 'style'],
    ['   ', 'style'],
    ['CON', 'style-CON'],
    ['nul.txt', 'style-nul.txt'],
    ['dots...', 'dots'],
    ['a\u0000b\u202ec', 'a-b-c'],
  ])('turns %j into %j', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it('cuts a long name between characters', () => {
    expect(slugOf('🎨'.repeat(200))).toBe('🎨'.repeat(80));
  });

  it('gives both spellings of an accent one file', () => {
    expect(slugOf('Cézanne')).toBe(slugOf('Ce\u0301zanne'));
  });
});

describe('isFileName', () => {
  it.each(['Starry Night', '梵高 · 星夜', 'Ce\u0301zanne', 'v1.2'])('takes %j', (name) => expect(isFileName(name)).toBe(true));
  it.each(['', ' ', 'a/b', '..', 'night.', 'CON', 'a@b', 'x'.repeat(81), '-r'])('refuses %j', (name) => expect(isFileName(name)).toBe(false));
});

describe('nearestFirst', () => {
  it('puts the likely meaning of a misspelt name first', () => {
    expect(nearestFirst('strary', ['Hokusai', 'Starry', 'Monet'])[0]).toBe('Starry');
  });
});

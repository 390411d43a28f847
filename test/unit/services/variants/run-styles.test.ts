// Styles of a run of variants are looked up once.
import { expect, test } from 'vitest';
import type { Folders } from '../../../../src-main/services/platform.ts';
import { runStyles } from '../../../../src-main/services/variants/run-styles.ts';

const folders: Folders = { home: '/h', styles: '/s', work: '/w', resources: '/r' };

test('a style is looked up once for all variants of a run, each style for itself', async () => {
  const asked: string[] = [];
  const styles = runStyles({ find: async (style) => void asked.push(`known ${style}`) }, folders, async (style) => (asked.push(style), []));
  const [first, again] = [await styles.paintings('a'), await styles.paintings('a')];
  expect(again).toBe(first);
  await styles.paintings('b');
  await Promise.all([styles.known('a'), styles.known('a')]);
  expect(asked).toEqual(['a', 'b', 'known a']);
});

test('a look-up that fails is tried again', async () => {
  let tries = 0;
  const styles = runStyles({ find: async () => undefined }, folders, async () => {
    tries += 1;
    if (tries === 1) throw new Error('the disk is away');
    return [];
  });
  await expect(styles.paintings('a')).rejects.toThrow('away');
  expect(await styles.paintings('a')).toEqual([]);
});

// A first mask is said to part a mix only where it does.
import { expect, test } from 'vitest';
import type { GlazeStyle } from '../../../../src-main/contract/document.ts';
import { isPaintedAsOne } from '../../../../src-renderer/canvas/painted-as-one.ts';
import { galleryStyle } from '../../../support/scripted-gallery.ts';

const byName = new Map(
  [
    galleryStyle('wave', { kind: 'network' }),
    galleryStyle('scream', { kind: 'network' }),
    galleryStyle('code', { kind: 'code' }),
    galleryStyle('sketch', { kind: 'code' }),
    galleryStyle('elsewhere', { kind: 'network', base: 'c'.repeat(64) }),
    galleryStyle('candy', { kind: 'foreign' }),
  ].map((style) => [style.name, style]),
);
const mask = { x: 0, y: 0, depth: 8 as const, tiles: {}, outside: 0 as const, enabled: true };
const mix = (...names: string[]): GlazeStyle[] => names.map((style) => ({ style, weight: 1 }));

test.each([
  [['wave', 'scream'], true],
  [['wave', 'code'], true],
  [['elsewhere', 'candy', 'wave', 'scream'], true],
  [['code', 'sketch'], false],
  [['wave', 'elsewhere'], false],
  [['wave', 'candy'], false],
  [['wave', 'nobody'], false],
])('of %j it is %s', (names, expected) => {
  expect(isPaintedAsOne(mix(...names), byName)).toBe(expected);
});

test('a mix that has a mask already is painted one by one already, and one that is switched off counts for nothing', () => {
  const [wave, scream] = mix('wave', 'scream') as [GlazeStyle, GlazeStyle];
  expect(isPaintedAsOne([{ ...wave, mask }, scream], byName)).toBe(false);
  expect(isPaintedAsOne([{ ...wave, mask: { ...mask, enabled: false } }, scream], byName)).toBe(true);
  expect(isPaintedAsOne([wave, { ...scream, weight: 0 }], byName)).toBe(false);
});

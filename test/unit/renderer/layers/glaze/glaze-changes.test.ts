// Edits of a glaze.
import { expect, test } from 'vitest';
import { applyChanges, inverse } from '../../../../../src-main/contract/changes.ts';
import { glazeSettingsSchema, layerSchema, plainPaint } from '../../../../../src-main/contract/document.ts';
import * as v from 'valibot';
import { atPad, glazeOf, newGlaze, setSettings, withoutStyle, withStyle, withWeight } from '../../../../../src-renderer/layers/glaze/glaze-changes.ts';
import { strokeMm } from '../../../../../src-renderer/layers/glaze/stroke-size.ts';
import { openedDocument } from '../../../../support/scripted-gallery.ts';

const glaze = { ...newGlaze('Glaze', [{ style: 'a', weight: 1 }]), id: 'glaze' };
const { record } = openedDocument({ layers: { glaze }, children: ['paint', 'glaze'] });

test('a new glaze is a valid layer', () => {
  expect(v.safeParse(layerSchema, glaze).success).toBe(true);
  expect(glaze.settings).toEqual({ ...plainPaint, styles: [{ style: 'a', weight: 1 }] });
});

test('settings are changed where they differ, and can be taken back', () => {
  const changes = setSettings(record, 'glaze', { strength: 0.5, keepColours: 0, styles: [{ style: 'a', weight: 1 }] });
  expect(changes.map(({ path }) => path.join('/'))).toEqual(['layers/glaze/settings/strength']);
  const after = applyChanges(record, changes);
  expect(glazeOf(after, 'glaze')?.settings.strength).toBe(0.5);
  expect(applyChanges(after, inverse(changes))).toEqual(record);
});

test('a style that joins gets the mean weight, and the pad stands for the same mix', () => {
  const two = { ...glaze.settings, ...withStyle(glaze.settings, { style: 'b', weight: 1 }) };
  expect(two.pad).toEqual({ x: 0.5, y: 0.5 });
  const three = { ...two, ...withStyle(two, { style: 'c', weight: 1 }) };
  expect(three.styles.map(({ weight }) => weight)).toEqual([1, 1, 1]);
  expect(three.pad?.y).toBeCloseTo(1 / 3, 9);
  expect(v.safeParse(glazeSettingsSchema, three).success).toBe(true);
});

test('the same style does not join twice, and no ninth one does', () => {
  expect(withStyle(glaze.settings, { style: 'a', weight: 1 }).styles).toHaveLength(1);
  const full = { ...glaze.settings, styles: 'abcdefgh'.split('').map((style) => ({ style, weight: 1 })) };
  expect(withStyle(full, { style: 'i', weight: 1 }).styles).toHaveLength(8);
});

test('one style has no pad', () => {
  const two = { ...glaze.settings, ...withStyle(glaze.settings, { style: 'b', weight: 1 }) };
  expect(withoutStyle(two, 'b')).toEqual({ styles: [{ style: 'a', weight: 1 }], pad: undefined });
});

test('masks stay with their styles when the handle moves', () => {
  const mask = { x: 0, y: 0, depth: 8 as const, tiles: {}, outside: 0 as const, enabled: true };
  const settings = { ...glaze.settings, styles: [{ style: 'a', weight: 1, mask }, { style: 'b', weight: 1 }] };
  const moved = atPad(settings, { x: 0.25, y: 0.5 });
  expect(moved.styles).toEqual([{ style: 'a', weight: 0.75, mask }, { style: 'b', weight: 0.25 }]);
  expect(withWeight(settings, 'b', 3).pad?.x).toBe(0.75);
});

test('a stroke on paper follows the resolution', () => {
  const a4 = { width: 2480, height: 3508, dpi: 300 };
  const mm = strokeMm(100, a4, 512) ?? 0;
  expect(mm).toBeCloseTo((3508 / 300) * 25.4 * (8 / 512), 9);
  expect(strokeMm(200, a4, 512)).toBeCloseTo(2 * mm, 9);
  expect(strokeMm(0, a4, 512)).toBeUndefined();
});

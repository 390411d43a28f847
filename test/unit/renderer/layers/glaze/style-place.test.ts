// Where a style goes, and that its preview is painted over what it will see there.
import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../../../../src-main/contract/changes.ts';
import type { DocumentRecord, Layer } from '../../../../../src-main/contract/document.ts';
import { stretchOf } from '../../../../../src-main/raster/clipping-group.ts';
import { sightOf } from '../../../../../src-main/services/glaze/glaze-sight.ts';
import { addAbove } from '../../../../../src-renderer/document/layer-changes.ts';
import { newGlaze } from '../../../../../src-renderer/layers/glaze/glaze-changes.ts';
import { isThere, repaintersOf, seenAt, settingsAt, stylePlace, variantPlace } from '../../../../../src-renderer/layers/glaze/style-place.ts';
import { openedDocument } from '../../../../support/scripted-gallery.ts';

const envelope = { name: '', visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
const fill = (id: string, more: Partial<Layer> = {}): Layer => ({ ...envelope, id, kind: 'fill', fill: { type: 'solid', colour: [0, 0, 0, 1] }, ...more }) as Layer;
const glaze = { ...newGlaze('Glaze', [{ style: 'a', weight: 1 }], { strength: 0.4 }), id: 'glaze' };
const layers: Record<string, Layer> = {
  clipped: fill('clipped', { clip: true }),
  glaze,
  group: { ...envelope, id: 'group', kind: 'group', children: ['low', 'high'] },
  low: fill('low'),
  high: fill('high'),
};

/** paint with what is clipped to it, a glaze, a group of two. */
function started(changes: Record<string, Partial<Layer>> = {}): DocumentRecord {
  const changed = Object.fromEntries(Object.entries(layers).map(([id, layer]) => [id, { ...layer, ...changes[id] } as Layer]));
  return openedDocument({ layers: changed, children: ['paint', 'clipped', 'glaze', 'group'] }).record;
}

const idsOf = (record: DocumentRecord, options: ReturnType<typeof sightOf>): string[] => stretchOf(record, options).flatMap(({ base, clipped }) => [base, ...clipped].map(({ id }) => id));

describe('a style goes', () => {
  test('into the glaze in hand, which keeps what is set on it', () => {
    const record = started();
    expect(stylePlace(record, ['glaze'])).toEqual({ glaze: 'glaze' });
    const mask = { x: 0, y: 0, depth: 8 as const, tiles: {}, outside: 0 as const, enabled: true };
    const masked = started({ glaze: { settings: { ...glaze.settings, styles: [{ style: 'a', weight: 0.5, mask }] } } as Partial<Layer> });
    expect(settingsAt(masked, { glaze: 'glaze' }, { style: 'b', weight: 1 })).toMatchObject({ strength: 0.4, styles: [{ style: 'b', weight: 1, mask }] });
  });

  test.each([['hidden', { visible: false }], ['locked', { locked: true }]])('above a glaze that is %s', (_, changes) => {
    expect(stylePlace(started({ glaze: changes }), ['glaze'])).toEqual({ above: 'glaze' });
  });

  test('on top where nothing is in hand', () => {
    expect(stylePlace(started(), [])).toEqual({});
  });
});

test.each([
  ['paint', ['paint', 'clipped']],
  ['clipped', ['paint', 'clipped']],
  ['low', ['low']],
  ['high', ['low', 'high']],
  ['group', ['paint', 'clipped', 'glaze', 'group']],
])('with %s in hand the preview sees what the new glaze will see', (hand, seen) => {
  const record = started();
  const place = stylePlace(record, [hand]);
  expect(idsOf(record, sightOf(record, seenAt(place)))).toEqual(seen);
  const made = { ...newGlaze('New', [{ style: 'b', weight: 1 }]), id: 'new' };
  const after = applyChanges(record, addAbove(record, made, place.above));
  expect(idsOf(after, { beneath: 'new' })).toEqual(seen);
});

describe('a variant goes', () => {
  test('into the glaze that would repaint it, the topmost of several', () => {
    const record = started();
    expect(variantPlace(record, ['paint'])).toEqual({ glaze: 'glaze' });
    const twice = applyChanges(record, addAbove(record, { ...glaze, id: 'second' }, 'group'));
    expect(repaintersOf(twice, 'low').map(({ id }) => id)).toEqual(['second']);
    expect([variantPlace(twice, ['paint']), variantPlace(twice, ['low'])]).toEqual([{ glaze: 'second' }, { glaze: 'second' }]);
    expect(variantPlace(twice, ['glaze'])).toEqual({ glaze: 'glaze' });
  });

  test('above that glaze where it is locked, and as any style where none repaints it', () => {
    expect(variantPlace(started({ glaze: { locked: true } }), ['paint'])).toEqual({ above: 'glaze' });
    expect(variantPlace(started({ glaze: { visible: false } }), ['paint'])).toEqual({ above: 'clipped' });
    expect([variantPlace(started(), ['high']), variantPlace(started(), [])]).toEqual([{ above: 'high' }, {}]);
  });

  test.each([['paint'], ['glaze'], ['low']])('where nothing repaints what its tile has shown, with %s in hand', (hand) => {
    const record = started();
    const place = variantPlace(record, [hand]);
    const shown = idsOf(record, sightOf(record, seenAt(place)));
    const made = { ...newGlaze('New', [{ style: 'b', weight: 1 }]), id: 'new' };
    const after = place.glaze === undefined ? applyChanges(record, addAbove(record, made, place.above)) : record;
    expect(idsOf(after, { beneath: place.glaze ?? 'new' })).toEqual(shown);
    expect(repaintersOf(after, place.glaze ?? 'new')).toEqual([]);
  });
});

test('a place whose layer has gone is a place no more', () => {
  const record = started();
  expect([isThere(record, { glaze: 'glaze' }), isThere(record, { above: 'low' }), isThere(record, {})]).toEqual([true, true, true]);
  expect([isThere(record, { glaze: 'low' }), isThere(record, { above: 'gone' })]).toEqual([false, false]);
});

// Text layers as changes: their names, and their settings under an affine map.
import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../../../../src-main/contract/changes.ts';
import type { DocumentRecord, LayerOf, TextSettings } from '../../../../../src-main/contract/document.ts';
import { keptBox, nameOfText, setText, settingsOf, textIn, textUnder } from '../../../../../src-renderer/layers/text/text-changes.ts';

const settings: TextSettings = { text: 'Velatura', font: 'Inter', sizePx: 40, colour: [0, 0, 0, 1], align: 'left', lineHeight: 1.5, at: [20, 60] };
const pixels = { x: 0, y: 0, depth: 8 as const, tiles: {} };
const layer: LayerOf<'text'> = { id: 't', name: 'Velatura', visible: true, locked: false, opacity: 1, blend: 'normal', clip: false, kind: 'text', ...settings, pixels };
const record = (changes: Partial<LayerOf<'text'>> = {}): DocumentRecord => ({
  formatVersion: 1, id: 'd', name: '', width: 400, height: 300, dpi: 72, depth: 8,
  layers: { root: { ...layer, id: 'root', kind: 'group', children: ['t'] } as never, t: { ...layer, ...changes } },
});

describe('names', () => {
  test('are the first words, shortened', () => {
    expect(nameOfText('\n  画   Velatura \nsecond')).toBe('画 Velatura');
    expect(nameOfText('x'.repeat(100))).toBe(`${'x'.repeat(40)}…`);
    expect(nameOfText(' \n ')).toBe('');
  });

  test('go along with the words until the artist gives another', () => {
    const set = (name: string) => applyChanges(record({ name }), setText(record({ name }), 't', { ...settings, text: 'Glaze' }, pixels)).layers['t']?.name;
    expect(set('Velatura')).toBe('Glaze');
    expect(set('Title')).toBe('Title');
  });
});

test('only what differs is changed, and options that are taken back are gone', () => {
  expect(setText(record(), 't', settings, { ...pixels })).toEqual([]);
  const bold = record({ weight: 700 });
  const changes = setText(bold, 't', settings, pixels);
  expect(changes.map(({ path }) => path.at(-1))).toEqual(['weight']);
  expect(settingsOf(applyChanges(bold, changes).layers['t'] as LayerOf<'text'>)).toEqual(settings);
});

describe('in a box', () => {
  const box = { x: 100, y: 50, width: 200, height: 300 };

  test('the first line stands at its top, the first vertical one at its right', () => {
    expect(textIn(box, { align: 'left', sizePx: 40 })).toEqual({ at: [100, 89], boxWidth: 200 });
    expect(textIn(box, { align: 'right', sizePx: 40 })).toEqual({ at: [300, 89], boxWidth: 200 });
    expect(textIn(box, { align: 'left', sizePx: 40, vertical: true })).toEqual({ at: [280, 50], boxWidth: 300 });
    expect(textIn(box, { align: 'center', sizePx: 40, vertical: true })).toEqual({ at: [280, 200], boxWidth: 300 });
  });

  test('another alignment leaves the box where it is, turned or not', () => {
    expect(keptBox({ ...settings, boxWidth: 200 }, 'right').at).toEqual([220, 60]);
    expect(keptBox({ ...settings, boxWidth: 200, vertical: true }, 'center').at).toEqual([20, 160]);
    expect(keptBox({ ...settings, boxWidth: 200, vertical: true, linear: [0, 1, -1, 0] }, 'center').at).toEqual([-80, 60]);
    expect(keptBox(settings, 'right').at).toEqual([20, 60]);
  });
});

describe('under a map', () => {
  test('a move and a scale change place and size and leave it upright', () => {
    expect(textUnder({ ...settings, boxWidth: 200 }, [1.5, 0, 0, 1.5, 10, -5])).toEqual({ ...settings, boxWidth: 300, sizePx: 60, at: [40, 85] });
  });

  test('a turn stands in the record, and turned back it is as it was', () => {
    const turned = textUnder(settings, [0, 1, -1, 0, 100, 0])!;
    expect(turned).toMatchObject({ sizePx: 40, linear: [0, 1, -1, 0], at: [40, 20] });
    expect(textUnder(turned, [0, -1, 1, 0, 0, 100])).toEqual(settings);
  });

  test('a stretch keeps the area in the size and the rest in the matrix', () => {
    const { sizePx, linear } = textUnder(settings, [4, 0, 0, 1, 0, 0])!;
    expect(sizePx).toBeCloseTo(80, 9);
    expect(linear!.map((value) => Math.round(value * 1000) / 1000)).toEqual([2, 0, 0, 0.5]);
  });

  test('beyond the largest size the matrix takes the rest; what flattens is refused', () => {
    const { sizePx, linear } = textUnder(settings, [1000, 0, 0, 1000, 0, 0])!;
    expect(sizePx).toBe(4096);
    expect(linear![0] * sizePx).toBeCloseTo(40_000, 6);
    expect(textUnder(settings, [1, 0, 0, 0, 0, 0])).toBeUndefined();
  });
});

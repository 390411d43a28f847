// Compositing of layer groups: order, masks, clipping, nesting, parts of the whole.
import { describe, expect, test } from 'vitest';
import { blendModes, type DocumentRecord } from '../../../src-main/contract/document.ts';
import { clippingBase } from '../../../src-main/raster/clipping-group.ts';
import { compositeGroup, layerSurface, neededAssets, type CompositeOptions } from '../../../src-main/raster/composite.ts';
import { pixelsOf } from '../../../src-main/raster/pixels.ts';
import { cropSurface } from '../../../src-main/raster/surface.ts';
import { documentOf, filled, grouped, noise, painted, TileShelf, type Straight } from './document-of.ts';

const pixel = { x: 3, y: 3, width: 1, height: 1 };
const blue: Straight = [0, 0, 1, 1];

function at(record: DocumentRecord, shelf = new TileShelf(), options: CompositeOptions = {}, region = pixel): number[] {
  return [...compositeGroup(record, region, shelf.access, options).data].map((value) => Math.round(value * 1e5) / 1e5);
}

/** Layers of every kind of trouble: translucent noise, masks, a nested group, clipped layers, off-grid rasters. */
function rich(): { record: DocumentRecord; shelf: TileShelf } {
  const shelf = new TileShelf();
  const random = noise(7);
  const speckled = (): Straight => [random() * 255, random() * 255, random() * 255, random() < 0.3 ? 0 : random() * 255];
  const paint = (x: number, y: number, depth: 8 | 16 = 8) => shelf.raster({ x: x + 10, y: y + 20, width: 300, height: 280 }, speckled, depth, { x, y });
  const layers = [
    painted('ground', paint(0, 0)),
    painted('base', paint(-37, 15), { blend: 'multiply', opacity: 0.8 }),
    painted('clipped', paint(20, -9, 16), { clip: true, blend: 'luminosity', opacity: 0.6 }),
    painted('masked', paint(100, 90), { blend: 'overlay', mask: shelf.mask({ x: 60, y: 60, width: 250, height: 250 }, (x, y) => (x * y) % 256, 255) }),
    painted('inner', paint(50, 50), { blend: 'screen' }),
    filled('tint', [1, 0.5, 0, 0.4], { clip: true, blend: 'soft-light' }),
    grouped('group', ['inner', 'tint'], { opacity: 0.7, blend: 'difference' }),
    painted('top', paint(5, 5), { opacity: 0.5 }),
  ];
  return { shelf, record: documentOf(layers, ['ground', 'base', 'clipped', 'masked', 'group', 'top']) };
}

describe('compositeGroup', () => {
  test('lays layers bottom to top', () => {
    expect(at(documentOf([filled('a', [1, 0, 0, 1]), filled('b', [0, 0, 1, 0.5])]))).toEqual([0.5, 0, 0.5, 1]);
  });

  test('shows nothing of hidden layers, of layers without opacity and of layers left out', () => {
    const base = filled('a', blue);
    expect(at(documentOf([base, filled('b', [1, 0, 0, 1], { visible: false })]))).toEqual([0, 0, 1, 1]);
    expect(at(documentOf([base, filled('b', [1, 0, 0, 1], { opacity: 0 })]))).toEqual([0, 0, 1, 1]);
    expect(at(documentOf([base, filled('b', [1, 0, 0, 1])]), undefined, { hidden: new Set(['b']) })).toEqual([0, 0, 1, 1]);
  });

  test.each([8, 16] as const)('a single layer of %d bit comes back to the sample', (depth) => {
    const shelf = new TileShelf();
    const most = depth === 8 ? 255 : 65535;
    const random = noise(3);
    const region = { x: 200, y: 190, width: 120, height: 110 };
    const sample = (): Straight => [random() * most, random() * most, random() * most, 1 + random() * (most - 1)].map(Math.floor) as unknown as Straight;
    const kept: number[] = [];
    const raster = shelf.raster(region, () => {
      const value = sample();
      kept.push(...value);
      return value;
    }, depth);
    expect([...pixelsOf(compositeGroup(documentOf([painted('a', raster)]), region, shelf.access), depth).data]).toEqual(kept);
  });

  test('a mask scales a layer, and a disabled one does not', () => {
    const shelf = new TileShelf();
    const mask = shelf.mask({ x: 3, y: 3, width: 1, height: 1 }, () => 51, 0);
    const record = documentOf([filled('a', [1, 1, 1, 1], { mask })]);
    expect(at(record, shelf)).toEqual([0.2, 0.2, 0.2, 0.2]);
    expect(at(record, shelf, {}, { ...pixel, x: 4 })).toEqual([0, 0, 0, 0]);
    expect(at(documentOf([filled('a', [1, 1, 1, 1], { mask: { ...mask, enabled: false } })]), shelf)).toEqual([1, 1, 1, 1]);
    expect(at(documentOf([filled('a', [1, 1, 1, 1], { mask: { ...mask, outside: 255, tiles: {} } })]), shelf)).toEqual([1, 1, 1, 1]);
  });

  test('a clipped layer shows only where its base has paint, without fringes', () => {
    const ground = filled('g', blue);
    const half = filled('b', [0, 1, 0, 0.5]);
    const clipped = filled('c', [1, 0, 0, 1], { clip: true });
    expect(at(documentOf([ground, half, clipped]))).toEqual([0.5, 0, 0.5, 1]);
    expect(at(documentOf([ground, filled('b', [0, 1, 0, 1], { opacity: 0.5 }), clipped]))).toEqual([0.5, 0, 0.5, 1]);
    expect(at(documentOf([ground, filled('b', [0, 1, 0, 0]), clipped]))).toEqual([0, 0, 1, 1]);
    expect(at(documentOf([ground, filled('b', [0, 1, 0, 1], { visible: false }), clipped]))).toEqual([0, 0, 1, 1]);
    expect(at(documentOf([clipped]))).toEqual([1, 0, 0, 1]);
  });

  test('the blend mode of a base counts for what is clipped to it', () => {
    const record = documentOf([filled('g', [0.5, 0.5, 0.5, 1]), filled('b', [1, 1, 1, 1], { blend: 'multiply' }), filled('c', [0.5, 1, 1, 1], { clip: true })]);
    expect(at(record)).toEqual([0.25, 0.5, 0.5, 1]);
  });

  test.each(blendModes)('a group of one normal layer equals the layer under %s', (blend) => {
    const leaf: Straight = [0.8, 0.3, 0.1, 0.6];
    const ground = filled('g', [0.3, 0.5, 0.7, 1]);
    const alone = at(documentOf([ground, filled('a', leaf, { blend, opacity: 0.5 })]));
    const inGroup = at(documentOf([ground, filled('a', leaf), grouped('group', ['a'], { blend, opacity: 0.5 })], ['g', 'group']));
    expect(inGroup).toEqual(alone);
  });

  test('a group is isolated: its modes see its own layers alone', () => {
    const record = documentOf([filled('g', [0.5, 0.5, 0.5, 1]), filled('m', [0.2, 0.2, 0.2, 1], { blend: 'multiply' }), grouped('group', ['m'])], ['g', 'group']);
    expect(at(record)).toEqual([0.2, 0.2, 0.2, 1]);
  });

  test('a part equals the crop of the whole, bit for bit', () => {
    const { record, shelf } = rich();
    const whole = compositeGroup(record, { x: -20, y: -30, width: 520, height: 500 }, shelf.access);
    for (const part of [{ x: 250, y: 240, width: 31, height: 47 }, { x: -5, y: 7, width: 300, height: 1 }, { x: 400, y: 300, width: 64, height: 64 }]) {
      expect(compositeGroup(record, part, shelf.access).data).toEqual(cropSurface(whole, part).data);
    }
  });

  test.each(['ground', 'clipped', 'base', 'masked', 'group', 'top'])('beneath, itself and above make the whole, split at %s', (id) => {
    const { record, shelf } = rich();
    const region = { x: 30, y: 40, width: 90, height: 80 };
    const split = clippingBase(record, id);
    const beneath = compositeGroup(record, region, shelf.access, { beneath: split });
    const kept = beneath.data.slice();
    const itself = compositeGroup(record, region, shelf.access, { only: split, over: beneath });
    const above = compositeGroup(record, region, shelf.access, { above: split, over: itself });
    expect(above.data).toEqual(compositeGroup(record, region, shelf.access).data);
    expect(beneath.data).toEqual(kept);
  });

  test('beneath a clipped layer lies its base, as a glaze sees it', () => {
    const record = documentOf([filled('b', [0, 1, 0, 0.5]), filled('c', [1, 0, 0, 1], { clip: true })]);
    expect(at(record, undefined, { beneath: 'c' })).toEqual([0, 0.5, 0, 0.5]);
  });

  test('names a layer in a group without being told which', () => {
    const { record, shelf } = rich();
    const region = { x: 60, y: 80, width: 20, height: 20 };
    const beneath = compositeGroup(record, region, shelf.access, { beneath: 'tint' }).data;
    const without = compositeGroup(record, region, shelf.access, { group: 'group', hidden: new Set(['tint']) }).data;
    // A base with something clipped to it is a surface of its own first: rounded once more.
    expect(Math.max(...beneath.map((value, at) => Math.abs(value - (without[at] ?? NaN))))).toBeLessThan(2 ** -22);
  });

  test('says which layer is missing', () => {
    const record = documentOf([filled('a', blue)], ['a', 'gone']);
    expect(() => at(record)).toThrow(/document\.corrupt.*gone/);
    expect(() => at(documentOf([]), undefined, { above: 'x' })).toThrow(/document\.corrupt/);
    expect(() => layerSurface(record, 'gone', pixel, new TileShelf().access)).toThrow(/document\.corrupt/);
  });

  test('a layer by itself is without opacity, clipping and visibility', () => {
    const record = documentOf([filled('a', [1, 0, 0, 0.5], { opacity: 0.1, visible: false, clip: true, blend: 'screen' })]);
    expect([...layerSurface(record, 'a', pixel, new TileShelf().access).data]).toEqual([0.5, 0, 0, 0.5]);
  });
});

describe('neededAssets', () => {
  test('names exactly the tiles that compositing asks for', () => {
    const { record, shelf } = rich();
    for (const options of [{}, { beneath: 'masked' }, { only: 'base' }, { hidden: new Set(['base', 'top']) }] satisfies CompositeOptions[]) {
      const region = { x: 200, y: 100, width: 100, height: 10 };
      const asked = new Set<string>();
      compositeGroup(record, region, { raster: shelf.access.raster, bytes: (id) => (asked.add(id), shelf.bytes(id)) }, options);
      expect(neededAssets(record, region, shelf.access.raster, options).sort()).toEqual([...asked].sort());
    }
  });
});

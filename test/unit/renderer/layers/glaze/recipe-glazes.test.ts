// From a recipe to glazes: styles found by what they are, all of them or none, in one step.
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../../../../src-main/contract/changes.ts';
import { documentSchema, type Layer, type Mask } from '../../../../../src-main/contract/document.ts';
import type { GlazeRecipe, RecipeMask, RecipeStyle } from '../../../../../src-main/contract/recipe.ts';
import { addGlazes, glazeOfRecipe, matchRecipe } from '../../../../../src-renderer/layers/glaze/recipe-glazes.ts';
import { galleryStyle, openedDocument } from '../../../../support/scripted-gallery.ts';

const hash = (digit: string): string => digit.repeat(64);
const style = (name: string, id: string, more: Partial<RecipeStyle> = {}): RecipeStyle => ({ name, id: hash(id), kind: 'code', weight: 1, ...more });
const glaze = (styles: readonly RecipeStyle[], more: Partial<GlazeRecipe> = {}): GlazeRecipe => ({ styles, strength: 0.4, keepColours: 0.2, strokePercent: 60, seed: 7, noise: 0.5, opacity: 1, blend: 'normal', ...more });
const names = (list: readonly RecipeStyle[]): string[] => list.map(({ name }) => name);

const gallery = [
  galleryStyle('Dunes', { id: hash('1') }),
  galleryStyle('Fog', { id: hash('2') }),
  galleryStyle('Fog@222222222222', { id: hash('3') }),
  galleryStyle('mosaic', { id: hash('4'), kind: 'foreign' }),
];

describe('styles are found', () => {
  test('by what they are, whatever they are called now', () => {
    const match = matchRecipe([glaze([style('Sand', '1'), style('Fog', '3')])], gallery);
    expect([match.found.get(hash('1'))?.name, match.found.get(hash('3'))?.name]).toEqual(['Dunes', 'Fog@222222222222']);
    expect(match).toMatchObject({ missing: [], changed: [], isUsable: true });
  });

  test('else by their name, as another version', () => {
    const match = matchRecipe([glaze([style('fog', '9'), style('Dunes', '1')])], gallery);
    expect(match.found.get(hash('9'))?.name).toBe('Fog');
    expect([names(match.changed), match.isUsable]).toEqual([['fog'], true]);
  });

  test('a network by its file, and never a preset of that name', () => {
    expect(matchRecipe([glaze([style('Mosaic.onnx', '9', { kind: 'onnx' })])], gallery).found.get(hash('9'))?.name).toBe('mosaic');
    expect(names(matchRecipe([glaze([style('dunes.onnx', '9', { kind: 'onnx' }), style('mosaic', '8')])], gallery).missing)).toEqual(['dunes.onnx', 'mosaic']);
  });

  test('all of them, or nothing can be used: what is missing is named once', () => {
    const match = matchRecipe([glaze([style('Dunes', '1'), style('Rain', '9')]), glaze([style('Rain', '9')])], gallery);
    expect([names(match.missing), match.isUsable]).toEqual([['Rain'], false]);
  });

  test('not for what no glaze can do', () => {
    const pair = matchRecipe([glaze([style('mosaic.onnx', '4', { kind: 'onnx', predictor: hash('5') })])], gallery);
    expect([names(pair.paired), names(pair.missing), pair.isUsable]).toEqual([['mosaic.onnx'], [], false]);
    const nine = [...'abcdef012'];
    const crowd = matchRecipe([glaze(nine.map((id) => style(id, id)))], nine.map((id) => galleryStyle(id, { id: hash(id) })));
    expect([crowd.isCrowded, crowd.isUsable]).toEqual([true, false]);
    expect(matchRecipe([glaze(nine.map((id) => style('Dunes', id)))], gallery)).toMatchObject({ isCrowded: false, isUsable: true });
  });
});

describe('a glaze', () => {
  const made = (recipe: GlazeRecipe) => glazeOfRecipe(recipe, matchRecipe([recipe], gallery), ({ name }) => `The ${name}`);

  test('has the settings of its recipe, with the pad where the shares are', () => {
    const { name, settings, opacity, blend } = made(glaze([style('Dunes', '1', { weight: 0.25 }), style('Fog', '2', { weight: 0.75 })], { brokenColour: 0.3, marks: 'hatching', opacity: 0.5, blend: 'screen' }));
    expect({ name, settings, opacity, blend }).toEqual({
      name: 'The Dunes', opacity: 0.5, blend: 'screen',
      settings: {
        styles: [{ style: 'Dunes', id: hash('1'), weight: 0.25 }, { style: 'Fog', id: hash('2'), weight: 0.75 }], pad: { x: 0.75, y: 0.5 },
        strength: 0.4, keepColours: 0.2, strokePercent: 60, seed: 7, noise: 0.5, light: 0, brokenColour: 0.3, marks: 'hatching',
      },
    });
  });

  test('has the masks that were placed for it', () => {
    const [own, brushed] = [0, 255].map((outside) => ({ width: 4, height: 4, grey: 'AAAA', outside }) as RecipeMask);
    const [placedOwn, placedBrushed] = [own!, brushed!].map(({ outside }) => ({ x: 0, y: 0, depth: 8, tiles: {}, outside, enabled: true }) as Mask);
    const recipe = glaze([style('Dunes', '1', { weight: 0.5 }), style('Fog', '2', { weight: 0.5, brushed: brushed! })], { masked: true, mask: own! });
    const match = matchRecipe([recipe], gallery);
    const layer = glazeOfRecipe(recipe, match, ({ name }) => name, new Map([[own!, placedOwn!], [brushed!, placedBrushed!]]));
    expect(match.losesMasks).toBe(false);
    expect([layer.mask, ...layer.settings.styles.map(({ mask }) => mask)]).toEqual([placedOwn, undefined, placedBrushed]);
  });

  test('says where masks are lost: not in the recipe, or of two styles that become one', () => {
    const brushed: RecipeMask = { width: 4, height: 4, grey: 'AAAA', outside: 0 };
    const loses = (recipe: GlazeRecipe): boolean => matchRecipe([recipe], gallery).losesMasks;
    expect([loses(glaze([style('Dunes', '1')], { masked: true })), loses(glaze([style('Dunes', '1')]))]).toEqual([true, false]);
    const two = glaze([style('Fog', '2', { weight: 0.5 }), style('fog', '9', { weight: 0.5, brushed })], { masked: true });
    expect(loses(two)).toBe(true);
    const [only] = glazeOfRecipe(two, matchRecipe([two], gallery), ({ name }) => name, new Map([[brushed, { x: 0, y: 0, depth: 8, tiles: {}, outside: 0, enabled: true }]])).settings.styles;
    expect(only).toEqual({ style: 'Fog', id: hash('2'), weight: 1 });
  });

  test('has a style of two versions once, and no strokes that no glaze has', () => {
    const { settings } = made(glaze([style('Fog', '2', { weight: 0.5 }), style('fog', '9', { weight: 0.5 })], { strokePercent: 1000 }));
    expect(settings).toMatchObject({ styles: [{ style: 'Fog', id: hash('2'), weight: 1 }], strokePercent: 800 });
  });
});

describe('glazes are added', () => {
  const recipes = [glaze([style('Dunes', '1')]), glaze([style('Fog', '2')])];
  const made = () => recipes.map((recipe) => glazeOfRecipe(recipe, matchRecipe(recipes, gallery), ({ name }) => name));
  const clipped = { ...openedDocument().record.layers['paint']!, id: 'clipped', clip: true } as Layer;
  const placed = { ...openedDocument().record.layers['paint']!, id: 'placed' } as Layer;
  const { record } = openedDocument({ layers: { clipped, placed }, children: ['paint', 'clipped', 'placed'] });
  const after = (hand: string | undefined, instead?: string) => {
    const glazes = made();
    const { changes, chosen } = addGlazes(record, glazes, hand, instead);
    const next = applyChanges(record, changes);
    v.parse(documentSchema, next);
    const shown = (id: string): string => glazes.find((each) => each.id === id)?.name ?? id;
    return { children: (next.layers['root'] as { children: string[] }).children.map(shown), chosen: chosen.map(shown), layers: Object.keys(next.layers).map(shown) };
  };

  test('above the layer in hand and what is clipped to it, lowest first', () => {
    expect(after('paint')).toMatchObject({ children: ['paint', 'clipped', 'Dunes', 'Fog', 'placed'], chosen: ['Fog'] });
    expect(after(undefined).children).toEqual(['paint', 'clipped', 'placed', 'Dunes', 'Fog']);
  });

  test('instead of a placed picture, which goes', () => {
    const { children, chosen, layers } = after('paint', 'placed');
    expect([children, chosen]).toEqual([['paint', 'clipped', 'Dunes', 'Fog'], ['Fog']]);
    expect(layers).not.toContain('placed');
  });
});

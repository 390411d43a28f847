// What a style of the gallery changes in the recipe all share.
import * as v from 'valibot';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { galleryRecipeSchema, phasesOf } from '../../../src-main/services/model-training/gallery-recipe.ts';

const recipe = v.parse(galleryRecipeSchema, JSON.parse(readFileSync('resources/models/recipes/gallery.json', 'utf8')));

it('a style takes the phases of its gallery with its own steps and the weight of its own terms', () => {
  const [refine, paint] = recipe.phases;
  const style = { slug: 'a', painting: 'a.jpg', steps: { paint: 7 }, emphasis: { style: 2 } };
  const phases = phasesOf(recipe, style);
  expect(phases.map(({ depth, steps }) => [depth, steps])).toEqual([['refine', refine!.steps], ['paint', 7]]);
  expect(phases[1]!.weights.style).toBe(2 * paint!.weights.style);
  expect(phases[1]!.weights.content).toBe(paint!.weights.content);
});

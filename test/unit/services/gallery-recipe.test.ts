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

it('weights of a style go before those of every phase, and are what its factors multiply', () => {
  const phases = phasesOf(recipe, { slug: 'a', painting: 'a.jpg', weights: { style: 130, tone: 20 }, emphasis: { style: 0.5, chroma: 2 } });
  phases.forEach(({ weights }, at) => {
    const { weights: shared } = recipe.phases[at]!;
    expect(weights).toMatchObject({ style: 65, tone: 20, chroma: 2 * shared.chroma!, content: shared.content });
  });
});

// What a plan of variants asks for.
import { expect, test } from 'vitest';
import * as v from 'valibot';
import { studioRequests } from '../../../../src-main/contract/studio-api.ts';
import { orderVariants, planOf, variantItems } from '../../../../src-renderer/compare/variant-plan.ts';

const plan = { styles: ['a', 'b'], strengths: [0.5, 1], strokes: [100, 200], seeds: [1, 2, 3] };

test('every combination is asked for once, as the host takes it', () => {
  const items = variantItems(plan, { keepColours: 0.4, styles: [{ style: 'z', weight: 1 }], pad: { x: 0, y: 0 } });
  expect(items).toHaveLength(24);
  expect(new Set(items.map((item) => JSON.stringify(item))).size).toBe(24);
  expect(items.every(({ keepColours, pad }) => keepColours === 0.4 && pad === undefined)).toBe(true);
  expect(items[0]).toMatchObject({ styles: [{ style: 'a', weight: 1 }], strength: 0.5, strokePercent: 100, seed: 1 });
  expect(v.safeParse(studioRequests['variants.render'], { document: 'd', longSidePx: 640, meters: true, items }).success).toBe(true);
});

test('the better ones come first, what could not be measured last', () => {
  const cells = [
    { name: 'unknown' },
    { name: 'strict', meters: { contentKept: 0.9, colourShift: 20 } },
    { name: 'loose', meters: { contentKept: 0.3, colourShift: 2 } },
  ];
  const names = (order: Parameters<typeof orderVariants>[1]): string[] => orderVariants(cells, order).map(({ name }) => name);
  expect(names('plan')).toEqual(['unknown', 'strict', 'loose']);
  expect(names('contentKept')).toEqual(['strict', 'loose', 'unknown']);
  expect(names('colourShift')).toEqual(['loose', 'strict', 'unknown']);
});

test('a plan begins with what is seen: the one style of a glaze, or its mix as it is', () => {
  const settings = { styles: [{ style: 'a', weight: 1 }, { style: 'b', weight: 0 }], strength: 0.7, keepColours: 0.2, strokePercent: 150, seed: 9, noise: 1 };
  const one = planOf(settings);
  expect(one).toEqual({ styles: ['a'], strengths: [0.7], strokes: [150], seeds: [9] });
  expect(variantItems(one, settings)).toMatchObject([{ strength: 0.7, strokePercent: 150, seed: 9, keepColours: 0.2, styles: [{ style: 'a' }] }]);
  expect([settings, { ...settings, light: 0.3 }, {}].map((base) => variantItems(one, base)[0]?.light)).toEqual([0, 0.3, 1]);
  expect([settings, { ...settings, brokenColour: 0.3 }, {}].map((base) => variantItems(one, base)[0]?.brokenColour)).toEqual([0, 0.3, 1]);
  const mixed = { ...settings, styles: [{ style: 'a', weight: 0.6 }, { style: 'b', weight: 0.4 }] };
  const items = variantItems({ ...planOf(mixed), styles: ['c'] }, mixed);
  expect(items.map(({ styles }) => styles)).toEqual([mixed.styles, [{ style: 'c', weight: 1 }]]);
});

// A stroke of one style of a mix: there the style takes from the others, elsewhere every share stays.
import { expect, test } from 'vitest';
import { applyChanges } from '../../../../../src-main/contract/changes.ts';
import type { DocumentRecord, GlazeStyle, LayerOf } from '../../../../../src-main/contract/document.ts';
import { readRaster } from '../../../../../src-main/raster/tiles.ts';
import { placeMasks } from '../../../../../src-main/services/stylize/stylize-masks.ts';
import { tensor } from '../../../../../src-main/engine/tensor/tensor.ts';
import { masksBeneath, styleChanges } from '../../../../../src-renderer/canvas/worker/style-shares.ts';

const envelope = { name: '', visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
const extent = { width: 600, height: 300 };
const stroke = { x: 20, y: 30, width: 50, height: 40 };
const whole = { x: 0, y: 0, ...extent };

function started(styles: readonly GlazeStyle[]) {
  const bytes = new Map<string, Uint8Array>();
  const glaze: LayerOf<'glaze'> = { ...envelope, id: 'g', kind: 'glaze', statisticsLocked: false, settings: { styles: [...styles], pad: { x: 0.3, y: 0.5 }, strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 0 } };
  let record: DocumentRecord = {
    formatVersion: 1, id: 'd', name: '', ...extent, dpi: 72, depth: 8,
    layers: { root: { ...envelope, id: 'root', kind: 'group', children: ['g'] }, g: glaze },
  };
  let held = 0;
  const settings = () => (record.layers['g'] as LayerOf<'glaze'>).settings;
  return {
    settings,
    needs: (style: number) => masksBeneath({ record, target: { layer: 'g', part: { style } }, region: stroke }),
    held: () => held,
    /** All of a rectangle, all of it covered. */
    brush(style: number, erases = false) {
      const changes = styleChanges(
        {
          record, target: { layer: 'g', part: { style } }, erases, region: stroke,
          coverage: (region) => Float32Array.from({ length: region.width * region.height }, (_, at) => {
            const [x, y] = [region.x + (at % region.width), region.y + Math.floor(at / region.width)];
            return Number(x >= stroke.x && x < stroke.x + stroke.width && y >= stroke.y && y < stroke.y + stroke.height);
          }),
        },
        (id) => bytes.get(id),
        (tiles) => new Map([...tiles].map(([place, tile]) => {
          const name = `tile-${++held}`;
          if (tile) bytes.set(name, tile);
          return [place, tile && name];
        })),
      );
      record = applyChanges(record, changes);
      return changes;
    },
    /** Shares of the styles as the engine places them, at a point. */
    shares(x: number, y: number): number[] {
      const { styles: now } = settings();
      const planes = now.map(({ mask }) => mask && {
        frame: extent,
        read: () => ({ place: whole, planes: tensor([1, 1, extent.height, extent.width], Float32Array.from(readRaster(mask, whole, (id) => bytes.get(id)).data, (value) => value / 255)) }),
      });
      const { data } = placeMasks(planes, now.map(({ weight }) => weight)).read(whole, extent);
      return now.map((_, style) => data[style * extent.width * extent.height + y * extent.width + x]!);
    },
  };
}

const near = (shares: readonly number[]) => shares.map((share) => expect.closeTo(share, 2) as number);
const [inside, outside] = [[30, 40], [400, 200]] as const;

test('the first stroke of a style is all of it there, and leaves the mix elsewhere as it was', () => {
  const mix = started([{ style: 'a', weight: 0.7 }, { style: 'b', weight: 0.3 }]);
  mix.brush(1);
  expect(mix.shares(...inside)).toEqual(near([0, 1]));
  expect(mix.shares(...outside)).toEqual(near([0.7, 0.3]));
  expect(mix.settings().pad).toBeUndefined();
  expect(mix.held()).toBe(2); // The plain value once, and what was painted.
});

test('the other style brushed over it takes the place back', () => {
  const mix = started([{ style: 'a', weight: 1 }, { style: 'b', weight: 1 }, { style: 'c', weight: 2 }]);
  mix.brush(1);
  expect(mix.needs(0).length).toBeGreaterThan(0);
  mix.brush(0);
  expect(mix.shares(...inside)).toEqual(near([1, 0, 0]));
  expect(mix.shares(...outside)).toEqual(near([0.25, 0.25, 0.5]));
});

test('brushing a style out gives its place to the others and leaves the mix elsewhere', () => {
  const mix = started([{ style: 'a', weight: 1 }, { style: 'b', weight: 1 }]);
  mix.brush(1, true);
  expect(mix.shares(...inside)).toEqual(near([1, 0]));
  expect(mix.shares(...outside)).toEqual(near([0.5, 0.5]));
});

test('a style that is everywhere by itself is not changed by brushing it in', () => {
  const mix = started([{ style: 'a', weight: 1 }]);
  expect(mix.brush(0)).toEqual([]);
});

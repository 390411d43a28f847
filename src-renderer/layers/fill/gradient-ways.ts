// Ways a gradient runs over a document, as its two ends in document px.
import type { Extent } from '../../../src-main/contract/image.ts';

export type FillType = 'solid' | 'linear' | 'radial';
export type GradientWay = 'down' | 'up' | 'right' | 'left' | 'slanted' | 'centre' | 'corner';

export const gradientWays: Readonly<Record<'linear' | 'radial', readonly GradientWay[]>> = {
  linear: ['down', 'up', 'right', 'left', 'slanted'],
  radial: ['centre', 'corner'],
};

type Point = [x: number, y: number];

export function gradientFrom(way: GradientWay, { width, height }: Extent): { from: Point; to: Point } {
  const ends: Readonly<Record<GradientWay, { from: Point; to: Point }>> = {
    down: { from: [0, 0], to: [0, height] },
    up: { from: [0, height], to: [0, 0] },
    right: { from: [0, 0], to: [width, 0] },
    left: { from: [width, 0], to: [0, 0] },
    slanted: { from: [0, 0], to: [width, height] },
    centre: { from: [width / 2, height / 2], to: [width, height] },
    corner: { from: [0, 0], to: [width, height] },
  };
  return ends[way];
}

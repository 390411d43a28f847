// The kinds of procedural pictures, how often each is drawn, and balanced sets of them.
import type { Extent } from '../../../contract/image.ts';
import { createRandom, type Random } from '../../tensor/random.ts';
import type { Picture } from '../augment.ts';
import { deadLeaves } from './dead-leaves.ts';
import type { DrawPicture } from './draw-picture.ts';
import { fields } from './fields.ts';
import { figure } from './figure.ts';
import { flatShapes } from './flat-shapes.ts';
import { garden } from './garden.ts';
import { gradients } from './gradients.ts';
import { landscape } from './landscape.ts';
import { lineDrawing } from './line-drawing.ts';
import { stillLife } from './still-life.ts';
import { street } from './street.ts';
import { type } from './type.ts';

export interface ProceduralKind {
  readonly name: string;
  readonly draw: DrawPicture;
  /** How often it is drawn, relative to the others. */
  readonly weight: number;
}

export const proceduralKinds: readonly ProceduralKind[] = [
  { name: 'landscape', draw: landscape, weight: 3 },
  { name: 'still-life', draw: stillLife, weight: 2 },
  { name: 'street', draw: street, weight: 2 },
  { name: 'figure', draw: figure, weight: 1 },
  { name: 'garden', draw: garden, weight: 1 },
  { name: 'dead-leaves', draw: deadLeaves, weight: 2 },
  { name: 'fields', draw: fields, weight: 1 },
  { name: 'line-drawing', draw: lineDrawing, weight: 1 },
  { name: 'flat-shapes', draw: flatShapes, weight: 1 },
  { name: 'gradients', draw: gradients, weight: 0.5 },
  { name: 'type', draw: type, weight: 0.5 },
];

const totalWeight = proceduralKinds.reduce((sum, { weight }) => sum + weight, 0);

/** A picture to practise on, 8-bit sRGB, of a kind drawn by weight. */
export function proceduralPicture(size: Extent, random: Random): Picture {
  let left = random.uniform() * totalWeight;
  const kind = proceduralKinds.find(({ weight }) => (left -= weight) < 0) ?? proceduralKinds[0]!;
  return kind.draw(size, random);
}

/** `count` pictures of the kinds `setKinds` names, the same for the same seed. */
export function proceduralSet(count: number, size: Extent, seed: number): Picture[] {
  const random = createRandom(seed);
  return setKinds(count).map(({ draw }) => draw(size, random));
}

/** The kinds of a set in their order: each has its share by weight to within one picture. */
export function setKinds(count: number): ProceduralKind[] {
  const drawn = proceduralKinds.map(() => 0);
  return Array.from({ length: count }, () => {
    // the kind that is furthest behind its share
    const behind = proceduralKinds.map(({ weight }, index) => (drawn[index]! + 0.5) / weight);
    const next = behind.indexOf(Math.min(...behind));
    drawn[next]!++;
    return proceduralKinds[next]!;
  });
}

// Fonts as they are chosen: families by name, each with faces of several weights, upright and italic.
import type { FontFamily as FamilyCard } from '../../contract/studio-records.ts';

/** One font of a file. */
export interface FontFace {
  readonly path: string;
  readonly index: number;
  /** Tells a file from another that took its place; absent: it never changes. */
  readonly stamp?: string;
  readonly weights: readonly [number, number];
  readonly italic: boolean;
  /** Some of its signs have colours of their own. */
  readonly hasColours?: boolean;
  /** Characters of a file that holds only part of its family; absent: the file itself says so. */
  readonly ranges?: CharacterRanges;
}

export type CharacterRanges = readonly (readonly [number, number])[];

export interface FontFamily {
  readonly name: string;
  readonly origin: FamilyCard['origin'];
  readonly faces: readonly FontFace[];
}

export const faceKey = ({ path, index, stamp = '' }: FontFace): string => `${path}#${index}#${stamp}`;

/** Faces nearest to a weight and slant; several where a family is cut into files by characters. */
export function nearestFaces({ faces }: FontFamily, weight: number, italic: boolean): readonly FontFace[] {
  const slanted = faces.filter((face) => face.italic === italic);
  const among = slanted.length > 0 ? slanted : faces;
  const distance = ({ weights: [lightest, boldest] }: FontFace): number => Math.max(lightest - weight, weight - boldest, 0);
  const nearest = Math.min(...among.map(distance));
  return among.filter((face) => distance(face) === nearest);
}

export function isWithin(ranges: CharacterRanges, character: number): boolean {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = ranges[middle]!;
    if (character < first) high = middle - 1;
    else if (character > last) low = middle + 1;
    else return true;
  }
  return false;
}

/** What the page is told of a family. */
export function cardOf({ name, origin, faces }: FontFamily): FamilyCard {
  const weights = [...new Set(faces.flatMap(({ weights: ends }) => ends))].sort((a, b) => a - b);
  return { name, origin, weights, varies: faces.some(({ weights: [lightest, boldest] }) => boldest > lightest), hasItalic: faces.some(({ italic }) => italic) };
}

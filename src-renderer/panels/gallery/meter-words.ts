// The meters of a style's card in words.
import type { StyleMeters } from '../../../src-main/contract/style-card.ts';

export interface WordedMeter {
  readonly name: 'styleMatch' | 'contentKept' | 'colourShift';
  /** Locale key below `styles`. */
  readonly words: string;
  readonly value: number;
  readonly judge: string;
}

/** From the best words to the rest, with the largest value each is said of: the spread of the shipped styles, cut in three. */
const words = {
  styleMatch: [['styleWords.close', 1.02], ['styleWords.near', 1.25], ['styleWords.far', Infinity]],
  contentKept: [['contentWords.all', 0.87], ['contentWords.most', 1], ['contentWords.some', Infinity]],
  colourShift: [['colourWords.small', 18], ['colourWords.middle', 25], ['colourWords.large', Infinity]],
} as const;

export function wordedMeters(meters: StyleMeters | undefined): WordedMeter[] {
  return (['styleMatch', 'contentKept', 'colourShift'] as const).flatMap((name) => {
    const meter = meters?.[name];
    if (!meter) return [];
    const [said] = words[name].find(([, most]) => meter.value <= most) ?? words[name][2];
    return [{ name, words: said, value: meter.value, judge: meter.judge }];
  });
}

// Meters of one picture beside another, in words first.
import type { VariantMeters } from '../../src-main/contract/studio-records.ts';
import { percentInWords } from '../locales/words.ts';

export type MeterName = keyof VariantMeters;
export const meterNames: readonly MeterName[] = ['contentKept', 'styleMatch', 'colourShift'];

/** Locale key below `compare.words` by the least value it is said of, best first; colourShift: smallest first, the most it is said of. */
const scales: Readonly<Record<MeterName, readonly (readonly [words: string, from: number])[]>> = {
  contentKept: [['keptAll', 0.85], ['keptMost', 0.65], ['keptSome', 0.4], ['keptLittle', 0]],
  styleMatch: [['styleClose', 0.75], ['styleNear', 0.5], ['styleSome', 0.25], ['styleFar', 0]],
  colourShift: [['colourSame', 3], ['colourNear', 10], ['colourOther', 22], ['colourNew', Infinity]],
};

/** What a value means; undefined where it could not be told. */
export function meterWords(name: MeterName, value: number | undefined): string | undefined {
  if (value === undefined || Number.isNaN(value)) return undefined;
  const scale = scales[name];
  const found = name === 'colourShift' ? scale.find(([, most]) => value <= most) : scale.find(([, least]) => value >= least);
  return (found ?? scale.at(-1))?.[0];
}

/** 0..1 for a bar; ΔE of 40 fills it. */
export function meterShare(name: MeterName, value: number): number {
  return Math.min(1, Math.max(0, name === 'colourShift' ? value / 40 : value));
}

export function meterNumber(name: MeterName, value: number): string {
  return name === 'colourShift' ? `ΔE ${value.toFixed(1)}` : percentInWords(value);
}

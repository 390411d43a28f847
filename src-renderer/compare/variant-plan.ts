// Which variants a plan asks for, and how they are ordered when they have been measured.
import { preparationSettings, type GlazeSettings, type GlazeStyle } from '../../src-main/contract/document.ts';
import type { VariantMeters } from '../../src-main/contract/studio-records.ts';
import { newGlaze } from '../layers/glaze/glaze-changes.ts';

/** Every combination of these is a variant. */
export interface VariantPlan {
  /** A mix that comes before the styles, as it is. */
  readonly mix?: readonly GlazeStyle[] | undefined;
  readonly styles: readonly string[];
  /** 0..1. */
  readonly strengths: readonly number[];
  /** In %. */
  readonly strokes: readonly number[];
  readonly seeds: readonly number[];
}

/** So many at once the host takes (the request's schema). */
export const mostVariants = 400;

/** What the artist sees: the styles of a glaze with its strength, stroke size and seed. */
export function planOf({ styles, strength, strokePercent, seed }: GlazeSettings): VariantPlan {
  const seen = styles.filter(({ weight }) => weight > 0);
  const [only] = seen;
  const values = { strengths: [strength], strokes: [strokePercent], seeds: [seed] };
  if (seen.length > 1) return { mix: seen, styles: [], ...values };
  return { styles: only ? [only.style] : [], ...values };
}

/** Row by row: styles, within them strengths, strokes, seeds. What the plan does not vary is taken from `base`. */
export function variantItems({ mix, styles, strengths, strokes, seeds }: VariantPlan, base: Partial<GlazeSettings> = {}): GlazeSettings[] {
  const { styles: _styles, pad: _pad, ...same } = base;
  const kept = base.styles ? { ...same, ...preparationSettings(base) } : same;
  const painted = [...(mix ? [mix] : []), ...styles.map((style) => [{ style, weight: 1 }])];
  return painted.flatMap((mixed) =>
    strengths.flatMap((strength) =>
      strokes.flatMap((strokePercent) =>
        seeds.map((seed) => newGlaze('', mixed, { ...kept, strength, strokePercent, seed }).settings),
      ),
    ),
  );
}

export const variantOrders = ['plan', 'contentKept', 'styleMatch', 'colourShift'] as const;
export type VariantOrder = (typeof variantOrders)[number];

/** The better ones first; what could not be measured last. */
export function orderVariants<T extends { readonly meters?: VariantMeters | undefined }>(cells: readonly T[], order: VariantOrder): T[] {
  if (order === 'plan') return [...cells];
  const sign = order === 'colourShift' ? 1 : -1;
  const rank = (cell: T): number => (cell.meters?.[order] === undefined ? Infinity : sign * cell.meters[order]);
  return [...cells].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

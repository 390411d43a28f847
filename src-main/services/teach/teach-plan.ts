// From what the artist asks for to a recipe: depths, steps, rates and weights.
import type { TeachRequest } from '../../contract/teaching.ts';
import { depths, type Depth, type LossWeights, type Phase, type StyleMemory } from '../../contract/training.ts';

/** Seconds of teaching where none are asked for. */
const defaultSeconds = 240;
/** Long side of the paintings in px: the stroke size that is learned. */
export const defaultStyleSizePx = 512;
/** Side of a training crop and of the rim no loss looks at, in px. */
export const defaultCropPx = 160;
export const cropMarginPx = 16;
/** Shares of strokes as they are and twice as large in what is learned of them: the larger count more. */
export const styleScaleShares = [0.4, 1] as const;
/** Statistics are compared over many crops, and a little for each (docs/decisions.md). */
export const styleMemory: StyleMemory = { crops: 32, own: 0.12 };

/** Share of a fitting part of the painting in what a crop aims at, and how far content crops are taken from (docs/decisions.md). */
export const regional = 0.7;
const contentScale = [0.9, 2.6] as const;

/** Scale-free weights (FACTS A.3): one set serves every painting. */
const perceptual = { content: 1, tone: 11, chroma: 2, style: 110, roughness: 9, smoothness: 0.3, lattice: 25000, adversarial: 0, identity: 0, r1: 0 } satisfies LossWeights;

interface DepthDefaults {
  /** Part of the budget. */
  readonly share: number;
  readonly rates: Pick<Phase, 'generatorRate' | 'codeRate' | 'discriminatorRate'>;
  readonly weights: LossWeights & { readonly tone: number; readonly chroma: number };
}

const table: Readonly<Record<Depth, DepthDefaults>> = {
  sketch: { share: 0.1, rates: { generatorRate: 0, codeRate: 2e-2, discriminatorRate: 0 }, weights: perceptual },
  refine: { share: 0.45, rates: { generatorRate: 2e-3, codeRate: 2e-3, discriminatorRate: 0 }, weights: perceptual },
  paint: {
    share: 0.45,
    rates: { generatorRate: 5e-4, codeRate: 5e-4, discriminatorRate: 5e-4 },
    weights: { ...perceptual, smoothness: 0.05, adversarial: 3.5 },
  },
};

/** The depths a request goes through in turn: from `sketch` over a base or an earlier style, from `refine` without one. */
export function depthsOf({ base, depth = 'paint', continueStyle }: Pick<TeachRequest, 'base' | 'depth' | 'continueStyle'>): Depth[] {
  const first = base === 'none' && continueStyle === undefined ? 1 : 0;
  return depths.slice(first, depths.indexOf(depth) + 1);
}

/** Time of one step per depth in ms, as measured on this machine. */
export type StepTimes = Readonly<Partial<Record<Depth, number>>>;

/** Phases of a request. A budget in seconds needs step times; from then on only steps count, so that the run can be repeated. */
export function planPhases(request: TeachRequest, times: StepTimes): Phase[] {
  const wanted = depthsOf(request);
  const total = wanted.reduce((sum, depth) => sum + table[depth].share, 0);
  const budgetMs = 1000 * (request.seconds ?? defaultSeconds);
  let before = 0;
  return wanted.map((depth) => {
    const share = table[depth].share / total;
    const after = before + share;
    // Rounded at the borders, so that the steps of all phases make up those that were asked for.
    const asked = (steps: number): number => Math.round(after * steps) - Math.round(before * steps);
    const steps = request.steps === undefined ? Math.round((share * budgetMs) / (times[depth] ?? 50)) : asked(request.steps);
    before = after;
    return phaseOf(request, depth, Math.max(1, steps));
  });
}

/** One phase with the request's own rates and weights. */
export function phaseOf(request: TeachRequest, depth: Depth, steps: number): Phase {
  const { rates, weights } = table[depth];
  const content = request.contentWeight ?? weights.content;
  const factor = request.learningRate === undefined ? 1 : request.learningRate / table.refine.rates.generatorRate;
  return {
    depth,
    steps,
    generatorRate: rates.generatorRate * factor,
    codeRate: rates.codeRate * factor,
    discriminatorRate: rates.discriminatorRate * factor,
    weights: {
      ...weights,
      style: request.styleWeight ?? weights.style,
      content,
      // light and dark are of the picture as well, and so is what differs in colour
      tone: (weights.tone * content) / weights.content,
      chroma: (weights.chroma * content) / weights.content,
      r1: depth === 'paint' ? (request.r1 ?? 0) : 0,
    },
    regional,
    contentScale,
  };
}
